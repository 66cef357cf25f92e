"""Settings and clocks agree: what is open follows a change, finished weeks keep their figures, each promise tells its own breach."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.actions import staff
from bot.actions.deps import Deps
from bot.actions.report import shown_report, weekly_report
from bot.actions.sweep.sweep import sweep
from bot.storage import tickets
from bot.storage.tables import EventRow, TicketRow
from handoff import sla
from handoff.policy.model import Policy
from tests.actions.test_clock_stories import NEW_YORK, due, opened, sweeps, told
from tests.makers import ALEX, DONE, MARIA, NINE, hours, minutes

FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)
MONDAY = date(2026, 11, 23)


def closed_on(policy: Policy, day: date) -> Policy:
    """The guide with one more day on which support is closed."""
    holidays = policy.hours.holidays
    more = holidays.model_copy(update={"also_closed": {**holidays.also_closed, day: "moving house"}})
    return policy.model_copy(update={"hours": policy.hours.model_copy(update={"holidays": more})})


def with_first_response(policy: Policy, priority: str, within: timedelta, resolution: timedelta) -> Policy:
    """The guide with another row of the SLA table."""
    row = policy.sla.response[priority].model_copy(update={"first_response": within, "resolution": resolution})  # type: ignore[index]
    table = {**policy.sla.response, priority: row}
    return policy.model_copy(update={"sla": policy.sla.model_copy(update={"response": table})})


def test_a_new_holiday_moves_what_is_due_and_its_alarm_with_it(deps: Deps) -> None:
    number = opened(deps, "low", FRIDAY)
    sweep(deps, FRIDAY)
    before = due(deps, number, "channel_response")
    restarted = replace(deps, policy=closed_on(deps.policy, MONDAY))
    assert before.astimezone(NEW_YORK).date() == MONDAY

    sweep(restarted, FRIDAY + hours(1))

    after = due(restarted, number, "channel_response")
    with deps.reading.begin() as db:
        row = db.get_one(TicketRow, number)
        shown = next(
            c.due_at for c in sla.clocks(restarted.policy, tickets.ticket_of(row)) if c.kind == "channel_response"
        )
        moved = db.scalars(select(EventRow.kind).where(EventRow.ticket_number == number)).all()
    assert after == shown and after.astimezone(NEW_YORK).date() == date(2026, 11, 24) and "clocks_moved" in moved
    sweeps(restarted, before + minutes(1))
    assert 100 not in told(restarted, number, "channel_response")
    sweeps(restarted, after + minutes(1))
    assert told(restarted, number, "channel_response")[-1] == 100


def test_a_changed_sla_table_moves_open_tickets_once_and_leaves_those_that_are_over(deps: Deps) -> None:
    over, going = opened(deps, "medium", NINE), opened(deps, "medium", NINE, replace(MARIA, id="u-2"))
    staff.resolve(staff.Command(deps, over, ALEX, NINE + minutes(5)), DONE)
    sweep(deps, NINE + minutes(6))
    restarted = replace(deps, policy=with_first_response(deps.policy, "medium", hours(1), hours(24)))

    for n in range(3):
        sweep(restarted, NINE + minutes(7 + n))

    assert due(restarted, going, "resolution") == NINE + hours(24)
    with deps.reading.begin() as db:
        moved = [row.ticket_number for row in db.scalars(select(EventRow)) if row.kind == "clocks_moved"]
    assert moved == [going]


def test_a_priority_that_is_lowered_after_its_breach_still_tells_the_breach_of_the_new_one(deps: Deps) -> None:
    number = opened(deps, "critical", NINE)
    sweeps(deps, NINE + minutes(16))
    assert told(deps, number, "first_response") == [50, 80, 100]

    staff.set_priority(staff.Command(deps, number, ALEX, NINE + minutes(20)), "high", "not that urgent")
    sweeps(deps, NINE + minutes(59))
    assert told(deps, number, "first_response").count(100) == 1
    sweeps(deps, NINE + minutes(61), NINE + hours(3))
    assert told(deps, number, "first_response").count(100) == 2


def test_a_finished_week_keeps_its_figures_when_the_table_changes(deps: Deps) -> None:
    at = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
    number = opened(deps, "medium", at)
    staff.reply(staff.Command(deps, number, ALEX, at + hours(3)), "I am on it.")
    staff.resolve(staff.Command(deps, number, ALEX, at + hours(30)), DONE)
    now = NINE + hours(1)
    text, before = weekly_report(deps, "2026-W47", now), shown_report(deps, "2026-W47", now)["r"]

    stricter = replace(deps, policy=with_first_response(deps.policy, "medium", hours(1), hours(24)))
    sweep(stricter, now + hours(1))

    assert weekly_report(stricter, "2026-W47", now + hours(1)) == text
    assert shown_report(stricter, "2026-W47", now + hours(1))["r"] == before
    with deps.reading.begin() as db:
        assert db.scalars(select(EventRow.kind).where(EventRow.kind == "clocks_moved")).all() == []
