"""A resolved ticket that nobody answered."""

from sqlalchemy import select

from bot.actions.rating import settle
from bot.actions.ticket_notices import keep_and_tell
from bot.actions.transaction import Transaction
from bot.actions.units import Resting, Work
from bot.storage import conversations, tickets
from bot.storage.tables import TicketRow
from handoff import desk
from handoff.ticket import CLOCK


def _next_silent_ticket(tx: Transaction, resting: Resting) -> int | None:
    before = tx.now - tx.policy.lifecycle.close_silently_after
    silent = select(TicketRow.number).where(TicketRow.status == "resolved", TicketRow.resolved_at <= before)
    return tx.db.scalars(
        silent.where(TicketRow.number.not_in(resting)).order_by(TicketRow.resolved_at).limit(1)
    ).first()


def _close_ticket(tx: Transaction, number: int) -> None:
    """A resolved ticket that nobody answered closes as silent (decision O16)."""
    row = conversations.lock(tx.db, tx.db.get_one(TicketRow, number).conversation_id)
    ticket = tickets.lock(tx.db, number)
    assert ticket is not None
    handled = desk.close_if_silent(tx.policy, ticket, tx.now)
    if not handled.events:
        return
    keep_and_tell(tx, row, handled, by=CLOCK)
    settle(row, ticket.number)


CLOSE_TICKET = Work("close_ticket", _next_silent_ticket, _close_ticket)
