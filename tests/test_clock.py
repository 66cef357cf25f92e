"""The clock of the machine is set back or forth: no timer stops, nothing is done twice, and /readyz tells it."""

import gc
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.actions.deps import Deps
from bot.channels.base import OK
from bot.clock import Clock, Stop
from bot.outbound import Place, PlainText
from bot.storage import heartbeats, outbox
from bot.storage.database import sessions_of
from bot.storage.unit_of_work import UnitOfWork
from bot.web.ops import checks
from tests.makers import NINE, hours, minutes

A_TEXT = PlainText(text="hello", to=Place(address="a@example.com"))


@dataclass
class Machine:
    """A machine whose clock can be set."""

    wall: datetime = NINE
    seconds: float = 1000.0
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = Clock(lambda: self.wall, lambda: self.seconds)

    def passes(self, seconds: float) -> None:
        """Time passes."""
        self.wall += timedelta(seconds=seconds)
        self.seconds += seconds

    def is_set(self, by: timedelta) -> None:
        """Somebody sets the clock."""
        self.wall += by


def test_time_that_nobody_sets_is_the_machines() -> None:
    machine = Machine()
    for _ in range(5):
        machine.passes(7)
        assert machine.clock.now() == machine.wall
    assert machine.clock.jump() is None and checks.clock(machine.clock) == OK


def test_set_back_time_goes_on_without_a_moment_twice_until_the_machine_has_caught_up() -> None:
    machine = Machine()
    machine.passes(10)
    before = machine.clock.now()
    machine.is_set(-hours(1))
    seen = [before]
    for _ in range(3 * 60):
        machine.passes(60)
        seen.append(machine.clock.now())

    assert all(later > earlier for earlier, later in pairwise(seen))
    assert seen[1] - before <= minutes(1) and seen[-1] == machine.wall


def test_set_forward_time_follows_at_once() -> None:
    machine = Machine()
    machine.is_set(hours(1))

    assert machine.clock.now() == NINE + hours(1)


@pytest.mark.parametrize(("by", "told"), [(-hours(1), "set back by 3600 s"), (hours(2), "set forward by 7200 s")])
def test_a_clock_that_was_set_is_told_of_and_a_small_correction_is_not(by: timedelta, told: str) -> None:
    machine = Machine()
    machine.is_set(timedelta(seconds=-5))
    assert checks.clock(machine.clock) == OK
    machine.is_set(by)

    assert told in checks.clock(machine.clock)


def test_back_and_forth_again_does_not_repeat_an_hour() -> None:
    machine = Machine()
    machine.is_set(hours(1))
    ahead = machine.clock.now()
    machine.is_set(-hours(1))
    machine.passes(5)

    assert machine.clock.now() > ahead


def test_a_message_of_a_process_that_is_ahead_goes_out_at_once_and_once(engine: Engine) -> None:
    sessions = sessions_of(engine)
    with sessions.begin() as db:
        outbox.put(UnitOfWork(db, NINE + hours(1)), "email", "a@example.com", A_TEXT)
    with sessions.begin() as db:
        first = outbox.claim(UnitOfWork(db, NINE))
    with sessions.begin() as db:
        again = outbox.claim(UnitOfWork(db, NINE))

    assert (len(first), len(again)) == (1, 0)


def test_a_lease_that_was_given_before_the_clock_was_set_back_ends_all_the_same(engine: Engine) -> None:
    sessions = sessions_of(engine)
    with sessions.begin() as db:
        outbox.put(UnitOfWork(db, NINE), "email", "a@example.com", A_TEXT)
        outbox.claim(UnitOfWork(db, NINE + hours(1)))
    with sessions.begin() as db:
        assert len(outbox.claim(UnitOfWork(db, NINE + minutes(1)))) == 1


def test_a_mark_of_life_in_the_future_is_none_unless_it_moves(engine: Engine, deps: Deps) -> None:
    moment = [0.0]
    beat = checks.WorkerHeartbeat(deps, lambda: NINE, lambda: moment[0])
    for at, seconds, told in (
        (NINE + hours(1), 0, "its last sign of life is in the future"),
        (NINE + hours(1), 60, "its last sign of life is in the future"),
        (NINE + hours(1) + minutes(1), 75, OK),
        (NINE + hours(1) + minutes(1), 200, "its last sign of life is in the future"),
        (NINE - minutes(5), 210, OK),
        (NINE - minutes(5), 400, "no sign of life"),
    ):
        with sessions_of(engine).begin() as db:
            heartbeats.beat(UnitOfWork(db, at), "worker")
        moment[0] = seconds
        assert beat() == told


def test_the_worker_ticks_by_time_that_has_passed_and_not_by_the_clock(sqlite_house) -> None:
    from bot.worker import Worker

    ticked, wall = threading.Semaphore(0), [NINE]

    class Counted(Worker):
        def beat(self) -> None:
            wall[0] -= hours(1)
            ticked.release()

        def _keep_ticking(self, tick, seconds) -> None:
            super()._keep_ticking(tick, 0.05)

    worker = Counted(sqlite_house, lambda: wall[0])
    worker.start()
    try:
        assert all(ticked.acquire(timeout=30) for _ in range(20))
    finally:
        worker.stop()


def test_a_sign_to_stop_that_nobody_waits_for_any_more_leaves_nothing_open() -> None:
    sign = Stop()
    ends = (sign._reads, sign._writes)

    del sign
    gc.collect()

    assert [end.fileno() for end in ends] == [-1, -1]


@pytest.fixture
def sqlite_house(tmp_path, policy, mind):
    """Everything a worker needs, on SQLite."""
    from bot.config import load_settings
    from bot.hot_reload import ActiveVersion
    from bot.storage.database import open_database, reading_sessions_of
    from bot.storage.migrate import migrate
    from bot.wiring import HOME, Runtime

    settings = load_settings({"STATE_DIR": str(tmp_path)}, HOME, policy)
    engine = open_database(settings.database_url)
    migrate(engine)
    current = ActiveVersion(lambda: mind)
    deps = Deps(sessions_of(engine), reading_sessions_of(engine), policy, current.assistant, settings.base_url)
    yield Runtime(settings, policy, engine, deps, current, "as installed", Path(), ())
    engine.dispose()
