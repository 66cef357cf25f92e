"""The gate in a process of its own, at low priority: what is learnt is learnt there, and users are not kept waiting. It stays for
some minutes after it was asked, because whoever saved once saves again, and a process that has begun answers sooner."""

import fcntl
import json
import os
import select
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO

from bot.authoring.content_paths import BOT, HANDOFF, ROOT, ContentPaths, stamp_of
from bot.authoring.verdict import verdict_on
from bot.mind import open_the_encoder
from handoff.data_files import Fault, cache_folder

LONGEST_SECONDS, IDLE_SECONDS = 600, 600
LOW_PRIORITY = 5
READ_AT_ITS_START = [BOT, HANDOFF, ROOT / "voices"]
"""A process that began before a file here was changed knows nothing of the change: another one is asked."""
Folders = Mapping[str, str]
"""The folders that are taken up while the bot runs, by the names that `ContentPaths` gives them."""


class NoWord(Exception):
    """The gate said nothing; the message says why, and what to do."""


class GateProcess:
    """Asked by one thread at a time. It ends with this process, and by itself when nothing was asked for some minutes."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = dict(environ)
        self._asked = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._complaints: IO[str] | None = None
        self._stamp: object = None

    @property
    def number(self) -> int | None:
        """The number that the machine knows the process by; None where there is none."""
        return self._process.pid if self._process else None

    def ask(self, folders: Folders) -> tuple[Fault, ...]:
        """Every fault of the files in these folders; raises NoWord."""
        with self._asked:
            process = self._ready()
            try:
                return tuple(Fault(**row) for row in json.loads(_answer(process, json.dumps(folders))))
            except TimeoutError:
                self.end()
                raise NoWord(f"the check took longer than {LONGEST_SECONDS} seconds: save again") from None
            except (OSError, ValueError):
                why = self._last_complaint()
                self.end()
                raise NoWord(f"the check could not be made: {why}") from None

    def end(self) -> None:
        """End the process, whatever it does."""
        if self._process is not None and self._complaints is not None:
            self._process.kill()
            with self._process, self._complaints:
                self._process = None

    __del__ = end

    def _ready(self) -> subprocess.Popen[str]:
        stamp = stamp_of(READ_AT_ITS_START)
        if self._process is None or self._process.poll() is not None or self._stamp != stamp:
            self.end()
            self._stamp = stamp
            self._complaints = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - it lives as long as the process
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.authoring.gate_process"],
                cwd=ROOT,
                env=self._environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
                text=True,
            )
        return self._process

    def _last_complaint(self) -> str:
        if self._process is None or self._complaints is None:
            return "it was ended"
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._complaints.seek(0)
        lines = self._complaints.read().strip().splitlines()
        return lines[-1][:200] if lines else "it ended without a word"


def _answer(process: subprocess.Popen[str], question: str) -> str:
    """One line for one line."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{question}\n")
    process.stdin.flush()
    if not select.select([process.stdout], [], [], LONGEST_SECONDS)[0]:
        raise TimeoutError
    return process.stdout.readline()


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """One process judges; the others wait for its word and find it in the cache."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "gate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> None:
    """For each line, which names folders, a line with their faults; until nothing was asked for some minutes."""
    os.nice(LOW_PRIORITY)
    cache = cache_folder(os.environ)
    encoder, _ = open_the_encoder(os.environ)
    while select.select([sys.stdin], [], [], IDLE_SECONDS)[0] and (line := sys.stdin.readline()):
        places = replace(ContentPaths(), **{name: Path(folder) for name, folder in json.loads(line).items()})
        with _alone(cache):
            verdict = verdict_on(places, encoder, cache)
        sys.stdout.write(json.dumps([asdict(fault) for fault in verdict.faults]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
