"""Time travel: every row of the SLA table, on every path, over weekends, holidays and both clock changes. Nothing sleeps."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.actions import staff
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, receive
from bot.actions.sweep.sweep import sweep
from bot.mind import Mind
from bot.storage import conversations, tickets
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.tables import DeadlineRow, EventRow, OutboxRow
from bot.storage.unit_of_work import UnitOfWork
from handoff import desk, notices, sla
from handoff.policy.model import Policy
from handoff.policy.names import Priority
from handoff.ticket import Notice, User
from tests.makers import ALEX, DONE, MARIA, NINE, a_request, hours, minutes

NEW_YORK = ZoneInfo("America/New_York")
FIRST = {"critical": minutes(15), "high": hours(1), "medium": hours(4), "low": hours(24)}
RESOLUTION = {"critical": hours(4), "high": hours(24), "medium": hours(72), "low": hours(168)}
"""The guide's "Response Time SLA", written down again, on purpose."""
PRIORITIES: tuple[Priority, ...] = ("critical", "high", "medium", "low")
STARTS = {
    "a Monday morning": NINE,
    "a Friday evening": datetime(2026, 11, 20, 19, 0, tzinfo=NEW_YORK).astimezone(UTC),
    "the night before Thanksgiving": datetime(2026, 11, 25, 23, 30, tzinfo=NEW_YORK).astimezone(UTC),
    "the night when clocks go forward": datetime(2026, 3, 8, 1, 50, tzinfo=NEW_YORK).astimezone(UTC),
    "the night when clocks go back": datetime(2026, 11, 1, 1, 10, tzinfo=NEW_YORK).astimezone(UTC),
}
every_priority = pytest.mark.parametrize("priority", PRIORITIES)
every_start = pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)


def opened(deps: Deps, priority: Priority, at: datetime, user: User = MARIA, channel: str = "in_app_chat") -> int:
    """A ticket of this priority, opened at this moment; its number."""
    with deps.sessions.begin() as db:
        row = conversations.open_one(UnitOfWork(db, at), user, channel, {})
        number = tickets.next_number(db)
        request = a_request(conversation_id=row.id, starts_at=priority, user=user, channel=channel)
        handled = desk.open_ticket(deps.policy, number, request, at)
        tickets.save(UnitOfWork(db, at), deps.policy, handled.ticket)
        tickets.record(db, handled.events, conversation_id=row.id, number=number)
        conversations.keep_memory(
            row, replace(conversations.memory_of(row), ticket=number, state="with_support", issue=request.issue)
        )
        return number


def told(deps: Deps, number: int, kind: str) -> list[int]:
    """Which parts of the time were told of for a clock, in percent: 50 and 80 are warnings, 100 is the breach."""
    with deps.reading.begin() as db:
        found = db.scalars(select(EventRow).where(EventRow.ticket_number == number).order_by(EventRow.id)).all()
        clocks = [row for row in found if row.kind in ("warning", "breach") and row.data["kind"] == kind]
        assert all((row.kind == "breach") == (row.data["percent"] == 100) for row in clocks)
        return [row.data["percent"] for row in clocks]


def due(deps: Deps, number: int, kind: str, cycle: int = 1) -> datetime:
    """When a clock runs out, as its row says."""
    with deps.reading.begin() as db:
        asked = select(DeadlineRow).where(DeadlineRow.ticket_number == number, DeadlineRow.kind == kind)
        row = db.scalars(asked.where(DeadlineRow.percent == 100, DeadlineRow.cycle == cycle)).one()
        return row.due_at


def sweeps(deps: Deps, *moments: datetime) -> None:
    """The worker looks at these moments, twice each."""
    for at in moments:
        for _ in range(2):
            sweep(deps, at)


@pytest.mark.guide("SLA1", "SLA2", "SLA3", "SLA4", "O9", "WF2.0")
@every_priority
@every_start
def test_every_row_is_due_to_the_minute_around_the_clock(on_sqlite: Deps, priority: Priority, start: datetime) -> None:
    number = opened(on_sqlite, priority, start)
    assert due(on_sqlite, number, "first_response") - start == FIRST[priority]
    assert due(on_sqlite, number, "resolution") - start == RESOLUTION[priority]
    assert due(on_sqlite, number, "triage") - start == hours(1)


@pytest.mark.guide("SLA1", "SLA2", "SLA3", "SLA4")
@every_priority
def test_nobody_answers_two_warnings_and_one_breach_each_told_once(deps: Deps, priority: Priority) -> None:
    nobody_answers(deps, priority, NINE)


@pytest.mark.guide("SLA1", "SLA2", "SLA3", "SLA4")
@every_priority
@pytest.mark.parametrize(
    "start", [at for at in STARTS.values() if at != NINE], ids=[name for name in STARTS if STARTS[name] != NINE]
)
def test_so_it_is_from_any_moment_on(on_sqlite: Deps, priority: Priority, start: datetime) -> None:
    nobody_answers(on_sqlite, priority, start)


@pytest.fixture
def on_sqlite(sqlite: str, policy: Policy, mind: Mind) -> Iterator[Deps]:
    """What the actions work with where a calendar or the guide's table matters, and the database does not: that both keep
    moments to the second, and fire what is due by them, `nobody_answers` shows on both."""
    engine = open_database(sqlite)
    yield Deps(sessions_of(engine), reading_sessions_of(engine), policy, lambda: mind.assistant, "http://desk.test")
    engine.dispose()


def nobody_answers(deps: Deps, priority: Priority, start: datetime) -> None:
    """From the opening until days after the breach; what is told at each of its parts."""
    number, whole = opened(deps, priority, start), FIRST[priority]
    second = timedelta(seconds=1)

    sweeps(deps, start + whole / 2 - second)
    assert told(deps, number, "first_response") == []
    sweeps(deps, start + whole / 2, start + whole * 0.8 - second)
    assert told(deps, number, "first_response") == [50]
    sweeps(deps, start + whole * 0.8, start + whole - second)
    assert told(deps, number, "first_response") == [50, 80]
    sweeps(deps, start + whole, start + whole * 2, start + hours(24 * 9))
    assert told(deps, number, "first_response") == [50, 80, 100]
    assert told(deps, number, "resolution") == [50, 80, 100]


@every_priority
def test_an_answer_in_time_stops_the_clock_where_it_stands(deps: Deps, priority: Priority) -> None:
    for part, warned in ((0.4, []), (0.6, [50]), (0.99, [50, 80])):
        number = opened(deps, priority, NINE, replace(MARIA, id=f"u-{part}"))
        for warning in (0.4, 0.5, 0.8, 0.9):
            if warning <= part:
                sweep(deps, NINE + FIRST[priority] * warning)
        staff.reply(staff.Command(deps, number, ALEX, NINE + FIRST[priority] * part), "I am on it.")
        sweeps(deps, NINE + FIRST[priority] * 1.5)
        assert told(deps, number, "first_response") == warned


@every_priority
def test_a_resolution_in_time_is_no_breach_and_one_too_late_is(deps: Deps, priority: Priority) -> None:
    early, late = opened(deps, priority, NINE), opened(deps, priority, NINE, replace(MARIA, id="u-late"))
    staff.resolve(staff.Command(deps, early, ALEX, NINE + RESOLUTION[priority] - minutes(1)), DONE)
    sweeps(deps, NINE + RESOLUTION[priority])
    staff.resolve(staff.Command(deps, late, ALEX, NINE + RESOLUTION[priority] + minutes(1)), DONE)
    sweeps(deps, NINE + RESOLUTION[priority] * 2)

    assert 100 not in told(deps, early, "resolution")
    assert told(deps, late, "resolution").count(100) == 1


@pytest.mark.guide("O6")
@every_priority
def test_waiting_for_the_user_pauses_the_resolution_by_exactly_that_long(deps: Deps, priority: Priority) -> None:
    number, asked = opened(deps, priority, NINE), NINE + minutes(5)
    staff.ask(staff.Command(deps, number, ALEX, asked), "Which phone do you use?")
    sweeps(deps, NINE + RESOLUTION[priority] * 3)
    assert told(deps, number, "resolution") == []

    answered = NINE + RESOLUTION[priority] * 3 + minutes(7)
    receive(deps, Incoming(MARIA, "in_app_chat", "an old one"), answered)
    assert due(deps, number, "resolution") - NINE == RESOLUTION[priority] + (answered - asked)
    sweeps(deps, answered + minutes(1))
    assert 100 not in told(deps, number, "resolution")


@pytest.mark.parametrize(("priority", "to"), permutations(PRIORITIES, 2))
def test_another_priority_moves_every_due_time_from_the_opening(
    on_sqlite: Deps, priority: Priority, to: Priority
) -> None:
    number = opened(on_sqlite, priority, NINE)
    staff.set_priority(staff.Command(on_sqlite, number, ALEX, NINE + minutes(2)), to, "seen again")
    assert due(on_sqlite, number, "first_response") - NINE == FIRST[to]
    assert due(on_sqlite, number, "resolution") - NINE == RESOLUTION[to]


def test_what_is_overdue_by_a_raised_priority_is_a_breach_told_once(deps: Deps) -> None:
    number = opened(deps, "low", NINE)
    staff.set_priority(staff.Command(deps, number, ALEX, NINE + hours(1)), "critical", "it is down")
    sweeps(deps, NINE + hours(1), NINE + hours(2))
    assert told(deps, number, "first_response") == [50, 80, 100]


def test_of_all_that_passed_at_once_people_are_told_the_gravest_alone_of_each_clock(deps: Deps) -> None:
    in_slack = replace(deps, team_channels={"support": "C1", "engineering": "C1"})
    number = opened(in_slack, "low", NINE)
    staff.set_priority(staff.Command(in_slack, number, ALEX, NINE + hours(3)), "critical", "it is down")

    sweeps(in_slack, NINE + hours(3), NINE + hours(3) + minutes(1))

    with in_slack.reading.begin() as db:
        sent = [row for row in db.scalars(select(OutboxRow)) if row.kind in ("warning", "breach")]
    heard = Counter(row.payload["kind"] for row in sent)
    assert "first_response" in heard and set(heard.values()) == {1}
    assert {row.kind for row in sent if row.payload["kind"] == "first_response"} == {"breach"}
    assert told(in_slack, number, "first_response") == [50, 80, 100], "each is on record"


def test_a_lowered_priority_is_a_promise_of_its_own_with_its_own_warnings(deps: Deps) -> None:
    number = opened(deps, "high", NINE)
    sweeps(deps, NINE + minutes(31))
    staff.set_priority(staff.Command(deps, number, ALEX, NINE + minutes(32)), "medium", "a way around is there")
    sweeps(deps, NINE + hours(2), NINE + hours(3))
    assert told(deps, number, "first_response") == [50, 50]
    sweeps(deps, NINE + hours(4))
    assert told(deps, number, "first_response")[-2:] == [80, 100]


@pytest.mark.guide("O6")
@every_priority
def test_a_reopened_ticket_has_a_fresh_resolution_clock(deps: Deps, priority: Priority) -> None:
    number = opened(deps, priority, NINE)
    staff.resolve(staff.Command(deps, number, ALEX, NINE + minutes(10)), DONE)
    again = NINE + hours(30)
    receive(deps, Incoming(MARIA, "in_app_chat", "no, that did not help"), again)

    assert due(deps, number, "resolution", cycle=2) - again == RESOLUTION[priority]
    sweeps(deps, again + RESOLUTION[priority])
    assert told(deps, number, "resolution").count(100) == 1


@pytest.mark.guide("O2", "CH3")
@pytest.mark.parametrize(
    ("start", "ends"),
    [
        (
            datetime(2026, 11, 23, 9, tzinfo=NEW_YORK).astimezone(UTC),
            datetime(2026, 11, 23, 13, tzinfo=NEW_YORK).astimezone(UTC),
        ),
        (
            datetime(2026, 11, 20, 16, tzinfo=NEW_YORK).astimezone(UTC),
            datetime(2026, 11, 23, 10, tzinfo=NEW_YORK).astimezone(UTC),
        ),
        (
            datetime(2026, 11, 25, 17, tzinfo=NEW_YORK).astimezone(UTC),
            datetime(2026, 11, 27, 11, tzinfo=NEW_YORK).astimezone(UTC),
        ),
        (
            datetime(2026, 3, 6, 17, tzinfo=NEW_YORK).astimezone(UTC),
            datetime(2026, 3, 9, 11, tzinfo=NEW_YORK).astimezone(UTC),
        ),
        (
            datetime(2026, 10, 30, 17, tzinfo=NEW_YORK).astimezone(UTC),
            datetime(2026, 11, 2, 11, tzinfo=NEW_YORK).astimezone(UTC),
        ),
    ],
    ids=["a Monday", "over a weekend", "over Thanksgiving", "clocks go forward", "clocks go back"],
)
def test_the_chats_four_hours_are_business_hours_in_every_season(
    on_sqlite: Deps, start: datetime, ends: datetime
) -> None:
    number = opened(on_sqlite, "low", start)
    assert due(on_sqlite, number, "channel_response") == ends
    sweeps(on_sqlite, ends - minutes(1))
    assert 100 not in told(on_sqlite, number, "channel_response")
    sweeps(on_sqlite, ends)
    assert told(on_sqlite, number, "channel_response").count(100) == 1


@pytest.mark.guide("O3", "T2.7")
def test_a_tiers_goal_is_on_the_record_and_never_told_as_a_breach(deps: Deps) -> None:
    in_slack = replace(deps, team_channels={"support": "C1"})
    number = opened(in_slack, "low", NINE)
    sweeps(in_slack, NINE + hours(25))
    assert told(in_slack, number, "tier_target") == [50, 80, 100]
    with deps.reading.begin() as db:
        sent = db.scalars(select(OutboxRow).where(OutboxRow.kind.in_(("warning", "breach")))).all()
        kinds = {row.payload["kind"] for row in sent}
    assert "tier_target" not in kinds and "first_response" in kinds


@pytest.mark.guide("SLA1", "TE5")
@every_priority
@every_start
@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Asia/Kolkata", ""])
def test_what_the_user_is_told_is_the_moment_of_the_breach(
    policy: Policy, priority: Priority, start: datetime, zone: str
) -> None:
    request = a_request(starts_at=priority, user=replace(MARIA, zone=zone))
    ticket = desk.open_ticket(policy, 1, request, start).ticket
    soonest = min(clock.due_at for clock in sla.clocks(policy, ticket) if clock.kind in sla.RESPONSES)

    body = notices.for_user(policy, ticket, Notice("user", "initial_response"), start).body

    assert notices.clock_time(soonest, zone, "America/New_York") in body
    assert soonest <= start + FIRST[priority]
