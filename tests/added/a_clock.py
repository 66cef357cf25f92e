"""With the clock of a_clock.yml: it runs, it is warned of, and whoever takes the ticket stops it."""

from sqlalchemy import select

from bot.storage import conversations, tickets
from bot.storage.database import open_database, sessions_of
from bot.storage.tables import DeadlineRow
from bot.storage.unit_of_work import UnitOfWork
from handoff import desk, sla
from handoff.lifecycle import CommandContext
from handoff.policy.model import Policy
from tests.makers import ALEX, MARIA, NINE, a_request, hours, minutes


def test_it_is_due_after_its_time_and_stops_when_somebody_takes_the_ticket(policy: Policy) -> None:
    ticket = desk.open_ticket(policy, 1001, a_request(), NINE).ticket
    taken = desk.take(CommandContext(policy, ALEX, NINE + minutes(5)), ticket).ticket

    assert {clock.kind: clock.due_at for clock in sla.running(policy, ticket)}["taken"] == NINE + hours(2)
    assert "taken" not in {clock.kind for clock in sla.running(policy, taken)}
    assert sla.promised_response(policy, ticket) == sla.promised_response(policy, taken)


def test_its_warnings_and_its_breach_are_stored_with_the_ticket(policy: Policy, sqlite: str) -> None:
    engine = open_database(sqlite)
    with sessions_of(engine).begin() as db:
        work = UnitOfWork(db, NINE)
        talk = conversations.open_one(work, MARIA, "in_app_chat", {})
        tickets.save(work, policy, desk.open_ticket(policy, 1001, a_request(conversation_id=talk.id), NINE).ticket)
        rows = db.scalars(select(DeadlineRow).where(DeadlineRow.kind == "taken"))
        assert {row.percent: row.due_at for row in rows} == {
            50: NINE + hours(1),
            80: NINE + minutes(96),
            100: NINE + hours(2),
        }
    engine.dispose()
