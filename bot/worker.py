"""The worker: sends what waits to be sent, watches the clocks, takes up changed files. Any number may run."""

import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog

from bot.actions.answer_reviews import ask_to_read
from bot.actions.articles import ask_for_reviews
from bot.actions.deliver import deliver
from bot.actions.deps import Deps
from bot.actions.paging import page_people
from bot.actions.report import make_last
from bot.actions.sweep.sweep import sweep
from bot.actions.transaction import reading
from bot.actions.units import as_a_whole
from bot.bulkhead import guarded
from bot.channels.base import Channel
from bot.clock import Stop
from bot.storage import changes, heartbeats, outbox, rate_limits, sign_ins
from bot.storage.changes import open_listener
from bot.storage.outbox import Lane
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import Runtime, utc_now

log = structlog.get_logger()
SWEEP_SECONDS = 5
IDLE_SECONDS = 1.0
"""What was put off is looked for this often; what is new is told of."""
BEAT_SECONDS = 15
DRAIN_SECONDS = 10
REPORT_SECONDS = 300
POLL_SECONDS = 30
THREADS = "worker_"
"""How the names of its threads begin."""


class Worker:
    """Runs until it is stopped; every tick claims its work in the database."""

    def __init__(self, runtime: Runtime, now: Callable[[], datetime] = utc_now) -> None:
        self._runtime, self._now = runtime, now
        self._stop = Stop()
        self._threads: list[threading.Thread] = []
        self._lanes = tuple((lane, threading.Event()) for lane in _lanes(runtime.deps))

    def start(self) -> None:
        """Begin to work in the background."""
        self.beat()
        for name, seconds, tick in (
            ("sweep", SWEEP_SECONDS, self.sweep),
            ("beat", BEAT_SECONDS, self.beat),
            ("report", REPORT_SECONDS, self.report),
        ):
            self._begin(name, self._keep_ticking, guarded(name, tick), seconds)
        for channel in self._runtime.channels:
            name, tick = f"poll_{channel.name}", partial(self.poll, channel)
            self._begin(name, self._keep_ticking, guarded(name, tick), POLL_SECONDS)
        for lane, woken in self._lanes:
            name = "rest" if lane.but else "_".join(lane.ways)
            self._begin(f"send_{name}", self._keep_sending, lane, woken)
        self._begin("listening", self._keep_listening)

    def _begin(self, name: str, work: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=work, args=given, name=f"{THREADS}{name}", daemon=True)
        thread.start()
        self._threads.append(thread)

    def stop(self) -> None:
        """Finish what is under way and stop."""
        self._stop.set()
        for _, woken in self._lanes:
            woken.set()
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
        deps = self._runtime.deps
        while (page_people(deps, self._now()) or deliver(deps, self._now())) and not self._stop.is_set():
            pass

    def _page(self) -> None:
        while page_people(self._runtime.deps, self._now()) and not self._stop.is_set():
            pass

    def _send(self, lane: Lane) -> None:
        """Empty the outbox of these ways."""
        while deliver(self._runtime.deps, self._now(), lane, self._now) and not self._stop.is_set():
            pass

    def _wake(self) -> None:
        """Wake those who send by a way by which something is due."""
        with reading(self._runtime.deps, self._now()) as tx:
            due = outbox.ways_due(tx)
        for lane, woken in self._lanes:
            if any(map(lane.has, due)):
                woken.set()

    def sweep(self) -> None:
        """Do what has come due."""
        sweep(self._runtime.deps, self._now())

    def report(self) -> None:
        """Make the report of the week that ended last, unless it is made, ask for articles and answers to be read again, and drop
        the rows of sign-ins and rate limits that count no more."""
        deps, now = self._runtime.deps, self._now()
        as_a_whole(deps, "report", lambda deps, now: make_last(deps, now) is not None, now, 1)
        as_a_whole(deps, "reviews", lambda deps, now: bool(ask_for_reviews(deps, now)), now, 1)
        as_a_whole(deps, "answers", lambda deps, now: bool(ask_to_read(deps, now)), now, 1)
        as_a_whole(deps, "old_rows", _drop_old_rows, now, 1)

    def poll(self, channel: Channel) -> None:
        """Take in what waits for us at the other side of a channel."""
        channel.poll(self._now())

    def beat(self) -> None:
        """A mark of life, given while every thread lives: of a worker that does half of its work people must hear."""
        if ended := [thread.name for thread in self._threads if not thread.is_alive()]:
            log.error("worker_threads_ended", threads=ended)
            return
        with self._runtime.deps.sessions.begin() as db:
            heartbeats.beat(UnitOfWork(db, self._now()), "worker")

    def _keep_ticking(self, tick: Callable[[], bool], seconds: float) -> None:
        """Do it every so many seconds that have really passed, whatever the clock of the machine says; runs until stopped."""
        while not self._stop.wait(seconds):
            tick()

    def _keep_sending(self, lane: Lane, woken: threading.Event) -> None:
        """Send by these ways whenever there is something; runs until stopped. A way that hangs holds up nobody on another."""
        send = guarded("send", lambda: self._send(lane))
        while not self._stop.is_set():
            woken.wait()
            woken.clear()
            if not self._stop.is_set():
                send()

    def _keep_listening(self) -> None:
        """Page and wake who sends as soon as something changes; runs until stopped."""
        while not self._stop.is_set():
            guarded("changes", self._wake_at_each_change)()
            self._stop.wait(IDLE_SECONDS)

    def _wake_at_each_change(self) -> None:
        """Until stopped, or until changes cannot be heard of any more: then it listens anew."""
        page, wake = guarded("page", self._page), guarded("wake", self._wake)
        listener = open_listener(self._runtime.engine, "outbox")
        try:
            while not self._stop.is_set():
                page()
                wake()
                listener.wait(IDLE_SECONDS)
        finally:
            listener.close()


def _lanes(deps: Deps) -> tuple[Lane, ...]:
    """One for each way that is set up, and one for the rest."""
    ways = frozenset(deps.senders)
    return (*(Lane(frozenset({way}), but=False) for way in sorted(ways)), Lane(ways))


def _drop_old_rows(deps: Deps, now: datetime) -> bool:
    with deps.sessions.begin() as db:
        sign_ins.forget_over(UnitOfWork(db, now))
        rate_limits.forget_whole(UnitOfWork(db, now))
        changes.forget_old(db)
    return True
