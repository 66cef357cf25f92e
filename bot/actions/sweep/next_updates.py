"""An update that was announced to the user, and that no person gave by then."""

from sqlalchemy import ColumnElement, select, update

from bot.actions.ticket_notices import keep_and_tell
from bot.actions.transaction import Transaction
from bot.actions.units import Resting, Work
from bot.storage import conversations, tickets
from bot.storage.tables import DeadlineRow, TicketRow
from handoff import desk
from handoff.policy.names import NEXT_UPDATE
from handoff.ticket import CLOCK


def _missed_update() -> tuple[ColumnElement[bool], ...]:
    fired = (DeadlineRow.fired_at.is_not(None), DeadlineRow.met_at.is_(None), DeadlineRow.paused.is_(False))
    return (DeadlineRow.kind == NEXT_UPDATE, DeadlineRow.percent == 100, *fired)


def _next_update(tx: Transaction, resting: Resting) -> int | None:
    return tx.db.scalars(
        select(DeadlineRow.id).where(*_missed_update(), DeadlineRow.id.not_in(resting)).limit(1)
    ).first()


def _send_update(tx: Transaction, deadline: int) -> None:
    """An update that was announced and that no person gave: an honest one goes out, with the time of the next."""
    number = tx.db.get_one(DeadlineRow, deadline).ticket_number
    row = conversations.lock(tx.db, tx.db.get_one(TicketRow, number).conversation_id)
    ticket = tickets.lock(tx.db, number)
    still = select(DeadlineRow.id).where(DeadlineRow.id == deadline, *_missed_update())
    if ticket is None or tx.db.scalars(still).first() is None:
        return
    handled = desk.keep_informed(tx.policy, ticket, tx.now)
    if handled is None:
        tx.db.execute(update(DeadlineRow).where(DeadlineRow.id == deadline).values(met_at=tx.now))
        return
    keep_and_tell(tx, row, handled, by=CLOCK)


UPDATE = Work("next_update", _next_update, _send_update)
