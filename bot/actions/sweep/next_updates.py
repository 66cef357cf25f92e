"""An update that was announced to the user, and that no person gave by then."""

from bot.actions.ticket_notices import keep_and_tell
from bot.actions.transaction import Transaction
from bot.actions.units import Work
from bot.storage import conversations, deadlines, tickets
from bot.storage.tables import TicketRow
from handoff import desk
from handoff.ticket import CLOCK


def _send_update(tx: Transaction, deadline: int) -> None:
    """An update that was announced and that no person gave: an honest one goes out, with the time of the next."""
    number = deadlines.ticket_of(tx, deadline)
    row = conversations.lock(tx.db, tx.db.get_one(TicketRow, number).conversation_id)
    ticket = tickets.lock(tx.db, number)
    if ticket is None or not deadlines.is_missed_update(tx, deadline):
        return
    handled = desk.keep_informed(tx.policy, ticket, tx.now)
    if handled is None:
        deadlines.meet(tx, deadline)
        return
    keep_and_tell(tx, row, handled, by=CLOCK)


UPDATE = Work("next_update", deadlines.next_missed_update, _send_update)
