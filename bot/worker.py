"""The worker: sends what waits to be sent, watches the clocks, takes up changed files. Any number may run."""

import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from watchfiles import watch

from bot.actions.articles import ask_for_reviews
from bot.actions.clocks import sweep
from bot.actions.deliver import deliver
from bot.actions.deps import Deps
from bot.actions.paging import page_people
from bot.actions.report import make_last
from bot.actions.units import as_a_whole
from bot.channels.base import Channel
from bot.clock import Stop
from bot.storage import allowances, runs, sign_ins
from bot.storage.unit_of_work import UnitOfWork
from bot.storage.wakeups import open_ear
from bot.wiring import Current, House, utc_now

log = structlog.get_logger()
SWEEP_SECONDS = 5
IDLE_SECONDS = 1.0
"""What was put off is looked for this often; what is new rings the bell."""
BEAT_SECONDS = 15
DRAIN_SECONDS = 10
REPORT_SECONDS = 300
POLL_SECONDS = 30
REVIEWS_SECONDS = 5
CODE = (".py", ".pyc")


class Worker:
    """Runs until it is stopped; every tick claims its work in the database."""

    def __init__(self, house: House, now: Callable[[], datetime] = utc_now) -> None:
        self._house, self._now = house, now
        self._stop = Stop()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to work in the background."""
        self.beat()
        for name, seconds, tick in (
            ("sweep", SWEEP_SECONDS, self.sweep),
            ("beat", BEAT_SECONDS, self.beat),
            ("report", REPORT_SECONDS, self.report),
        ):
            self._begin(name, self._keep_ticking, _guarded(name, tick), seconds)
        for channel in self._house.channels:
            name, tick = f"poll_{channel.name}", partial(self.poll, channel)
            self._begin(name, self._keep_ticking, _guarded(name, tick), POLL_SECONDS)
        self._begin("sending", self._keep_sending)

    def _begin(self, name: str, work: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=work, args=given, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Finish what is under way and stop."""
        self._stop.set()
        ends = time.monotonic() + DRAIN_SECONDS
        for thread in self._threads:
            thread.join(timeout=max(0.0, ends - time.monotonic()))

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
        """Make the report of the week that ended last, unless it is made, ask for the reviews of articles, and drop the rows of
        sign-ins and allowances that count no more."""
        deps, now = self._house.deps, self._now()
        as_a_whole(deps, "report", lambda deps, now: make_last(deps, now) is not None, now, 1)
        as_a_whole(deps, "reviews", lambda deps, now: bool(ask_for_reviews(deps, now)), now, 1)
        as_a_whole(deps, "old_rows", _drop_old_rows, now, 1)

    def poll(self, channel: Channel) -> None:
        """Take in what waits for us at the other side of a channel."""
        channel.poll(self._now())

    def beat(self) -> None:
        """A mark of life."""
        with self._house.deps.sessions.begin() as db:
            runs.beat(UnitOfWork(db, self._now()), "worker")

    def _keep_ticking(self, tick: Callable[[], bool], seconds: float) -> None:
        """Do it every so many seconds that have really passed, whatever the clock of the machine says; runs until stopped."""
        while not self._stop.wait(seconds):
            tick()

    def _keep_sending(self) -> None:
        """Send as soon as the bell rings; runs until stopped."""
        send = _guarded("send", self.send)
        while not self._stop.is_set():
            _guarded("bell", lambda: self._send_at_each_ring(send))()
            self._stop.wait(IDLE_SECONDS)

    def _send_at_each_ring(self, send: Callable[[], object]) -> None:
        """Until stopped, or until the bell cannot be heard any more: then it is listened for anew."""
        send()
        ear = open_ear(self._house.engine)
        try:
            while not self._stop.is_set():
                send()
                ear.wait(IDLE_SECONDS)
        finally:
            ear.close()


def _drop_old_rows(deps: Deps, now: datetime) -> bool:
    with deps.sessions.begin() as db:
        sign_ins.forget_over(UnitOfWork(db, now))
        allowances.forget_whole(UnitOfWork(db, now))
    return True


def _guarded(name: str, tick: Callable[[], object]) -> Callable[[], bool]:
    """What raises is told in the log, and the next tick comes all the same; true when nothing did."""

    def run() -> bool:
        try:
            tick()
        except Exception:
            log.exception("tick_raised", tick=name)
            return False
        return True

    return run


def watch_files(current: Current, folders: list[Path], stop: threading.Event) -> None:
    """Take up changed files about a second after they were saved, and sign-offs and a new day some seconds after; runs until
    `stop` is set, whatever is in the files and whatever becomes of the folders."""
    look_again, renew = _guarded("reviews", current.look_again), _guarded("files", current.renew)
    current.watch()
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
    """Names, times and sizes of everything under the folders but code: a change that no event told of is seen too."""
    found = {}
    for folder in folders:
        for path in (path for path in folder.rglob("*") if path.suffix not in CODE):
            try:
                facts = path.stat()
            except OSError:
                continue
            found[str(path)] = (facts.st_mtime_ns, facts.st_size)
    return found
