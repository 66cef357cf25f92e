"""What the parts say of themselves: each asked in a thread of its own, for a bounded time, and not again for a while."""

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeAlias

import structlog

from bot.channels.base import OFF, OK

log = structlog.get_logger()
PATIENCE = 2.0
"""Nobody who asks whether we are ready waits for longer than this."""
Said: TypeAlias = str | Mapping[str, object]
"""`ok`, `off`, or what is wrong in a few words; or a mapping with that as its `status` (`ok` without one) and figures beside
it."""


@dataclass(frozen=True)
class Probe:
    """What `ask` gives counts for so many seconds. Not `needed`: without it the service still takes and delivers what is sent,
    only less well."""

    ask: Callable[[], Said]
    seconds: float
    needed: bool = True


@dataclass
class _Asked:
    answer: Future[Said] | None = None
    begun: float = 0.0
    kept: Said = ""
    at: float = 0.0


@dataclass(frozen=True)
class Probes:
    """All the probes by name."""

    probes: Mapping[str, Probe]
    seconds: Callable[[], float] = time.monotonic
    _asked: dict[str, _Asked] = field(default_factory=dict)
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(max_workers=16, thread_name_prefix="probe")
    )

    async def answers(self) -> dict[str, Said]:
        """What every part says, at most as old as its probe allows; a part that does not answer in time is told of."""
        ends = self.seconds() + PATIENCE
        for name in self.probes:
            self._ask(name)
        while any(not self._is_known(name) for name in self.probes) and self.seconds() < ends:
            await asyncio.sleep(0.01)
        return {name: self._answer(name) for name in self.probes}

    def failing(self, answers: Mapping[str, Said], *, needed: bool) -> list[str]:
        """The parts, of those that are needed or of the others, that are neither well nor off."""
        return [name for name, probe in self.probes.items() if probe.needed is needed and not _is_well(answers[name])]

    def close(self) -> None:
        """Ask no more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ask(self, name: str) -> None:
        asked = self._asked.setdefault(name, _Asked())
        if asked.answer is None and not (asked.at and self.seconds() - asked.at < self.probes[name].seconds):
            asked.begun = self.seconds()
            asked.answer = self._threads.submit(_answered, name, self.probes[name].ask)

    def _is_known(self, name: str) -> bool:
        asked = self._asked[name]
        if asked.answer is not None and asked.answer.done():
            asked.kept, asked.at, asked.answer = asked.answer.result(), self.seconds(), None
        return asked.answer is None

    def _answer(self, name: str) -> Said:
        asked = self._asked[name]
        return asked.kept if self._is_known(name) else f"no answer for {self.seconds() - asked.begun:.0f} s"


def _is_well(answer: Said) -> bool:
    said = answer.get("status", OK) if isinstance(answer, Mapping) else answer
    return said in (OK, OFF)


def _answered(name: str, ask: Callable[[], Said]) -> Said:
    """The answer; of what was raised only its kind, for its words may be anybody's."""
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 - whatever a part raises is its answer
        log.warning("probe_failed", part=name, error=type(error).__name__)
        return type(error).__name__
