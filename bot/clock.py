"""The time of this process: it never runs backwards, whatever is done to the clock of the machine."""

import select
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from socket import SHUT_WR, socket, socketpair
from weakref import finalize

JUMP = timedelta(seconds=60)
"""What is set by less is an ordinary correction."""
PACE_BEHIND = 0.5
"""While the machine's clock is behind, time goes on at this pace until the clock has caught up."""
_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Counts on while the machine sleeps, so that waking up is no jump."""


@dataclass(frozen=True)
class Jump:
    """The clock of the machine was set by so much; `at` is the time of this process then."""

    by: timedelta
    at: datetime

    def __str__(self) -> str:
        seconds = round(abs(self.by.total_seconds()))
        return f"set {'back' if self.by < timedelta() else 'forward'} by {seconds} s at {self.at:%Y-%m-%d %H:%M:%S} UTC"


def seconds_since_boot() -> float:
    """Seconds that nobody can set."""
    return time.clock_gettime(_SINCE_BOOT)


def _wall() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Follows the machine's clock forward at once; set back, it goes on slowly until the machine has caught up. So no promise
    waits for the time that comes twice, and no moment comes twice."""

    def __init__(self, wall: Callable[[], datetime] = _wall, seconds: Callable[[], float] = seconds_since_boot) -> None:
        self._wall, self._seconds = wall, seconds
        self._lock = threading.Lock()
        self._seen, self._mark = wall(), seconds()
        self._told = self._seen
        self._jump: Jump | None = None

    def now(self) -> datetime:
        """The time; never before an earlier answer."""
        with self._lock:
            seen, mark = self._wall(), self._seconds()
            passed = timedelta(seconds=max(0.0, mark - self._mark))
            by = seen - self._seen - passed
            told = max(seen, self._told + passed * PACE_BEHIND)
            if abs(by) > JUMP:
                self._jump = Jump(by, told)
            self._seen, self._mark, self._told = seen, mark, told
            return told

    def jump(self) -> Jump | None:
        """The latest time that somebody set the machine's clock, if anybody has."""
        self.now()
        return self._jump

    def ahead(self) -> timedelta:
        """How far this process is ahead of the machine's clock, since that was set back."""
        return self.now() - self._wall()


def rest(seconds: float) -> None:
    """Sleep for so long as the kernel counts it: no clock is read, so none can be set meanwhile."""
    select.select([], [], [], seconds)


class Stop:
    """A sign that threads wait for, in the same way. What it is made of is let go of with it."""

    def __init__(self) -> None:
        self._reads, self._writes = socketpair()
        finalize(self, _close, self._reads, self._writes)

    def set(self) -> None:
        """Give the sign."""
        with suppress(OSError):
            self._writes.shutdown(SHUT_WR)

    def is_set(self) -> bool:
        """Whether it was given."""
        return self.wait(0)

    def wait(self, seconds: float | None = None) -> bool:
        """True when it was given within so many seconds."""
        return bool(select.select([self._reads], [], [], seconds)[0])


def _close(*ends: socket) -> None:
    for end in ends:
        end.close()


HERE = Clock()
"""The clock of this process."""
