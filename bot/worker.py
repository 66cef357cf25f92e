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

from bot.actions.articles import ask_for_reviews
from bot.actions.clocks import sweep
from bot.actions.deliver import deliver
from bot.actions.paging import page_people
from bot.actions.report import make_last
from bot.actions.units import as_a_whole
from bot.storage import runs
from bot.storage.wakeups import open_ear
from bot.wiring import Current, House, inbox_of, utc_now

log = structlog.get_logger()
UTC = ZoneInfo("UTC")
SWEEP_SECONDS = 5
IDLE_SECONDS = 1.0
"""What was put off is looked for this often; what is new rings the bell."""
BEAT_SECONDS = 15
DRAIN_SECONDS = 10
REPORT_SECONDS = 300
MAILBOX_SECONDS = 30
REVIEWS_SECONDS = 5


class Worker:
    """Runs until it is stopped; every tick claims its work in the database."""

    def __init__(self, house: House, now: Callable[[], datetime] = utc_now) -> None:
        self._house, self._now = house, now
        self._inbox = inbox_of(house)
        self._stop = threading.Event()
        self._ticks = BackgroundScheduler(timezone=UTC)
        self._sending = threading.Thread(target=self._keep_sending, name="sending", daemon=True)

    def start(self) -> None:
        """Begin to work in the background."""
        for name, seconds, tick in (
            ("sweep", SWEEP_SECONDS, self.sweep),
            ("beat", BEAT_SECONDS, self.beat),
            ("report", REPORT_SECONDS, self.report),
            *((("mailbox", MAILBOX_SECONDS, self.fetch_mail),) if self._inbox else ()),
        ):
            self._ticks.add_job(
                _guarded(name, tick),
                IntervalTrigger(seconds=seconds, timezone=UTC),
                id=name,
                coalesce=True,
                misfire_grace_time=None,
                max_instances=1,
            )
        self.beat()
        self._ticks.start()
        self._sending.start()

    def stop(self) -> None:
        """Finish what is under way and stop."""
        self._stop.set()
        if self._ticks.running:
            self._ticks.shutdown(wait=True)
            self._sending.join(timeout=DRAIN_SECONDS)

    def run(self) -> None:
        """Work until a signal says stop."""
        signal.signal(signal.SIGTERM, lambda *_: self._stop.set())
        signal.signal(signal.SIGINT, lambda *_: self._stop.set())
        self.start()
        self._stop.wait()
        self.stop()

    def send(self) -> None:
        """Call people who must be called at once, and empty the outbox."""
        deps = self._house.deps
        while (page_people(deps, self._now()) or deliver(deps, self._now())) and not self._stop.is_set():
            pass

    def sweep(self) -> None:
        """Do what has come due."""
        sweep(self._house.deps, self._now())

    def report(self) -> None:
        """Make the report of the week that ended last, unless it is made, and ask for the reviews of articles."""
        deps, now = self._house.deps, self._now()
        as_a_whole(deps, "report", lambda deps, now: make_last(deps, now) is not None, now, 1)
        as_a_whole(deps, "reviews", lambda deps, now: bool(ask_for_reviews(deps, now)), now, 1)

    def fetch_mail(self) -> None:
        """Take in what has come into the mailbox."""
        if self._inbox is not None:
            self._inbox.fetch_new(self._now())

    def beat(self) -> None:
        """A mark of life."""
        with self._house.deps.sessions.begin() as db:
            runs.beat(db, "worker", self._now())

    def _keep_sending(self) -> None:
        """Send as soon as the bell rings; runs until stopped."""
        send = _guarded("send", self.send)
        while not self._stop.is_set():
            _guarded("bell", lambda: self._send_at_each_ring(send))()
            self._stop.wait(IDLE_SECONDS)

    def _send_at_each_ring(self, send: Callable[[], None]) -> None:
        """Until stopped, or until the bell cannot be heard any more: then it is listened for anew."""
        send()
        ear = open_ear(self._house.engine)
        try:
            while not self._stop.is_set():
                send()
                ear.wait(IDLE_SECONDS)
        finally:
            ear.close()


def _guarded(name: str, tick: Callable[[], object]) -> Callable[[], None]:
    """What raises is told in the log, and the next tick comes all the same."""

    def run() -> None:
        try:
            tick()
        except Exception:
            log.exception("tick_raised", tick=name)

    return run


def watch_files(current: Current, folders: list[Path], stop: threading.Event) -> None:
    """Take up changed files about a second after they were saved, and sign-offs and a new day some seconds after; runs until
    `stop` is set, whatever is in the files and whatever becomes of the folders."""
    look_again, renew = _guarded("reviews", current.look_again), _guarded("files", current.renew)
    seen = stamp_of(folders)
    if any(written / 1e9 >= current.since for written, _ in seen.values()):
        seen = {}  # something was saved while the version in force was being made
    look_again()
    while not stop.is_set():
        if (now := stamp_of(folders)) != seen:
            seen = now
            renew()
        _guarded("watch", lambda: _wait_for_change(folders, stop))()
        look_again()


def _wait_for_change(folders: list[Path], stop: threading.Event) -> None:
    """Until something under the folders changes, or some seconds have gone."""
    there = [folder for folder in folders if folder.exists()]
    if not there:
        stop.wait(REVIEWS_SECONDS)
        return
    changes = watch(
        *there,
        stop_event=stop,
        debounce=400,
        step=100,
        rust_timeout=REVIEWS_SECONDS * 1000,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    next(changes, None)


def stamp_of(folders: list[Path]) -> dict[str, tuple[int, int]]:
    """Names, times and sizes of everything under the folders: a change that no event told of is seen too."""
    found = {}
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                facts = path.stat()
            except OSError:
                continue
            found[str(path)] = (facts.st_mtime_ns, facts.st_size)
    return found
