"""What time brings: a question that nobody answers, a chat that goes quiet, and promises."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from bot.actions import staff
from bot.actions.deps import Deps
from bot.actions.sweep.sweep import sweep
from bot.storage import tickets
from bot.storage.tables import ConversationRow, EventRow, TicketRow
from handoff import events
from tests.actions.talks import PERSON, a_ticket, count, says
from tests.makers import ALEX, NINE, hours, minutes


@pytest.mark.guide("CX5")
def test_a_question_nobody_answers_becomes_a_ticket_with_what_is_known(deps: Deps) -> None:
    says(deps, "my authenticator code is refused")
    says(deps, PERSON)
    assert count(deps, TicketRow) == 0

    sweep(deps, NINE + minutes(11))

    assert count(deps, TicketRow) == 1


def test_a_chat_that_goes_quiet_closes_as_silent_and_never_as_solved(deps: Deps) -> None:
    says(deps, "my authenticator code is refused")

    sweep(deps, NINE + timedelta(hours=25))

    with deps.reading.begin() as db:
        assert db.scalars(select(ConversationRow)).one().closed_at is not None
        closed = db.scalars(select(EventRow).where(EventRow.kind == "conversation_closed")).one()
        assert events.read(closed.kind, closed.data) == events.ConversationClosed("silent")


@pytest.mark.guide("SLA1", "WF2.0")
def test_each_warning_and_each_breach_is_on_the_record_once(deps: Deps) -> None:
    number = a_ticket(deps)

    for late in (2, 3, 5, 5, 80, 80):
        sweep(deps, NINE + hours(late))

    with deps.reading.begin() as db:
        told = [
            (e.kind, e.data["kind"], e.data["percent"], e.data["cycle"])
            for e in tickets.events_of(db, number)
            if e.kind in ("warning", "breach")
        ]
    assert len(told) == len(set(told))
    expected = {
        ("breach", "first_response", 100, 1),
        ("warning", "resolution", 50, 1),
        ("breach", "resolution", 100, 1),
    }
    assert expected <= set(told)


def test_a_promise_that_was_met_never_fires(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.reply(staff.Command(deps, number, ALEX, NINE + minutes(10)), "On it.")

    sweep(deps, NINE + hours(30))

    with deps.reading.begin() as db:
        told = {e.data["kind"] for e in tickets.events_of(db, number) if e.kind == "breach"}
    assert "first_response" not in told and "triage" not in told


def test_a_sweep_with_nothing_to_do_waits_for_nobody_who_writes(deps: Deps, engine: Engine) -> None:
    says(deps, "my authenticator code is refused")
    sweep(deps, NINE)

    with engine.begin() as somebody:
        somebody.exec_driver_sql("UPDATE messages SET number = number")
        assert sweep(deps, NINE + minutes(1)) == 0
