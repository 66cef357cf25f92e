"""The worker: sends what waits to be sent, watches the clocks, takes up changed files. Any number may run."""

import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import structlog
from watchfiles import watch

from bot.actions.articles import ask_for_reviews
from bot.actions.clocks import sweep
from bot.actions.deliver import deliver
from bot.actions.paging import page_people
from bot.actions.report import make_last
from bot.clock import Stop
from bot.storage import allowances, runs, sign_ins
from bot.storage.wakeups import open_ear
from bot.wiring import Current, House, inbox_of, utc_now

log = structlog.get_logger()
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
        self._stop = Stop()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Begin to work in the background."""
        self.beat()
        for name, seconds, tick in (
            ("sweep", SWEEP_SECONDS, self.sweep),
            ("beat", BEAT_SECONDS, self.beat),
            ("report", REPORT_SECONDS, self.report),
            *((("mailbox", MAILBOX_SECONDS, self.fetch_mail),) if self._inbox else ()),
        ):
            self._begin(name, self._keep_ticking, _guarded(name, tick), seconds)
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
        make_last(self._house.deps, self._now())
        ask_for_reviews(self._house.deps, self._now())
        with self._house.deps.sessions.begin() as db:
            sign_ins.forget_over(db, self._now())
            allowances.forget_whole(db, self._now())

    def fetch_mail(self) -> None:
        """Take in what has come into the mailbox."""
        if self._inbox is not None:
            self._inbox.fetch_new(self._now())

    def beat(self) -> None:
        """A mark of life."""
        with self._house.deps.sessions.begin() as db:
            runs.beat(db, "worker", self._now())

    def _keep_ticking(self, tick: Callable[[], bool], seconds: float) -> None:
        """Do it every so many seconds that have really passed, whatever the clock of the machine says; runs until stopped."""
        while not self._stop.wait(seconds):
            tick()

    def _keep_sending(self) -> None:
        """Send as soon as the bell rings; runs until stopped."""
        send, ear = _guarded("send", self.send), open_ear(self._house.engine)
        listen = _guarded("listen", lambda: ear.wait(IDLE_SECONDS))
        while not self._stop.is_set():
            send()
            if not listen():
                self._stop.wait(IDLE_SECONDS)
        ear.close()


def _guarded(name: str, tick: Callable[[], None]) -> Callable[[], bool]:
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
    """Take up changed intents and articles about a second after they were saved, and sign-offs and a new day some seconds
    after; runs until `stop` is set."""
    current.watch()
    take_up = _guarded("reviews", current.take_up_reviews)
    take_up()
    changed = watch(
        *folders,
        stop_event=stop,
        debounce=400,
        step=100,
        rust_timeout=REVIEWS_SECONDS * 1000,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    for changes in changed:
        if changes:
            current.renew()
        else:
            take_up()
