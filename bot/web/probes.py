"""What the parts say of themselves: each asked in a thread of its own, for a bounded time, and not again for a while."""

import asyncio
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from errno import errorcode
from typing import Protocol, TypeAlias

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.base import OFF, OK
from bot.outbound import SendFailed

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
    channel: str = ""
    """The channel that brought it."""


class PartWords(Protocol):
    """What is said of a part that raised something, by the part, a short word for what it was, the channel that brought the
    part, and whether the other side was not heard at all."""

    def __call__(self, part: str, code: str, /, *, channel: str, unreached: bool) -> str: ...


def _only_code(_part: str, code: str, /, **_how: object) -> str:
    return code


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
    words: PartWords = _only_code
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
            asked.answer = self._threads.submit(self._said, name)

    def _said(self, name: str) -> Said:
        """The answer; of what was raised only its kind, for its words may be anybody's."""
        try:
            return self.probes[name].ask()
        except Exception as error:  # noqa: BLE001 - whatever a part raises is its answer
            code = code_of(error)
            log.warning("probe_failed", part=name, error=code)
            return self._in_words(name, code, unreached=is_unreached(error))

    def _in_words(self, name: str, code: str, *, unreached: bool) -> str:
        """The code alone where there are no words to be had: a part that fails is told of all the same."""
        try:
            return self.words(name, code, channel=self.probes[name].channel, unreached=unreached)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the words, the part is told
            log.error("probe_without_words", part=name, error=code_of(error))
            return code

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


def code_of(error: Exception) -> str:
    """A short word for what was raised."""
    if isinstance(error, SendFailed):
        return error.code
    if isinstance(error, SQLAlchemyError):
        return "database"
    number = error.errno if type(error) is OSError else None
    return errorcode.get(number or 0, type(error).__name__)


def is_unreached(error: Exception) -> bool:
    """Whether the other side was not heard at all, or no more."""
    return error.unreached if isinstance(error, SendFailed) else isinstance(error, OSError)
