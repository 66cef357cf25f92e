"""The worker: sends what waits to be sent, watches the clocks, takes up changed files. Any number may run."""

import signal
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from watchfiles import watch

from bot.actions.clocks import sweep
from bot.actions.deliver import deliver
from bot.storage import runs
from bot.wiring import Current, House, utc_now

log = structlog.get_logger()
UTC = ZoneInfo("UTC")
SWEEP_SECONDS = 5
SEND_SECONDS = 0.25
BEAT_SECONDS = 15


class Worker:
    """Runs until it is stopped; every tick claims its work in the database."""

    def __init__(self, house: House, now: Callable[[], datetime] = utc_now) -> None:
        self._house, self._now = house, now
        self._stop = threading.Event()
        self._ticks = BackgroundScheduler(timezone=UTC)

    def start(self) -> None:
        """Begin to work in the background."""
        for name, seconds, tick in (
            ("send", SEND_SECONDS, self.send),
            ("sweep", SWEEP_SECONDS, self.sweep),
            ("beat", BEAT_SECONDS, self.beat),
        ):
            self._ticks.add_job(
                self._guarded(name, tick),
                IntervalTrigger(seconds=seconds, timezone=UTC),
                id=name,
                coalesce=True,
                misfire_grace_time=None,
                max_instances=1,
            )
        self.beat()
        self._ticks.start()

    def stop(self) -> None:
        """Finish what is under way and stop."""
        self._stop.set()
        if self._ticks.running:
            self._ticks.shutdown(wait=True)

    def run(self) -> None:
        """Work until a signal says stop."""
        signal.signal(signal.SIGTERM, lambda *_: self._stop.set())
        signal.signal(signal.SIGINT, lambda *_: self._stop.set())
        self.start()
        self._stop.wait()
        self.stop()

    def send(self) -> None:
        """Empty the outbox."""
        while deliver(self._house.deps, self._now()) and not self._stop.is_set():
            pass

    def sweep(self) -> None:
        """Do what has come due."""
        sweep(self._house.deps, self._now())

    def beat(self) -> None:
        """A mark of life."""
        with self._house.deps.sessions.begin() as db:
            runs.beat(db, "worker", self._now())

    def _guarded(self, name: str, tick: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                tick()
            except Exception:
                log.exception("tick_raised", tick=name)

        return run


def watch_files(current: Current, folders: list[Path], stop: threading.Event) -> None:
    """Take up changed intents and articles about a second after they were saved; runs until `stop` is set."""
    for _ in watch(*folders, stop_event=stop, debounce=400, step=100, raise_interrupt=False):
        current.renew()
