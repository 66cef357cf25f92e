"""A conversation with the bot alone that went quiet."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, select

from bot.actions.deps import Deps
from bot.actions.transaction import Transaction
from bot.actions.units import Resting, Work
from bot.storage import conversations, incidents, tickets
from bot.storage.tables import ConversationRow
from handoff.events import ConversationClosed
from handoff.ticket import CLOCK, Event


def _quiet(deps: Deps, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ConversationRow.closed_at.is_(None),
        ConversationRow.ticket_number.is_(None),
        ConversationRow.last_at <= now - deps.policy.lifecycle.idle_conversation_after,
        ~incidents.is_awaited(ConversationRow.id),
    )


def _next_quiet(tx: Transaction, resting: Resting) -> int | None:
    quiet = select(ConversationRow.id).where(*_quiet(tx.deps, tx.now), ConversationRow.id.not_in(resting))
    return tx.db.scalars(quiet.order_by(ConversationRow.last_at).limit(1)).first()


def _close_conversation(tx: Transaction, conversation: int) -> None:
    """A conversation with the bot alone that went quiet closes: as silent, or as solved when the user had said so. Who
    waits to hear that an incident is over is not closed before it."""
    row = conversations.lock(tx.db, conversation)
    still = select(ConversationRow.id).where(ConversationRow.id == conversation, *_quiet(tx.deps, tx.now))
    if tx.db.scalars(still).first() is None:
        return
    memory = conversations.memory_of(row)
    how: Literal["solved", "silent"] = "solved" if memory.state == "solved" else "silent"
    row.closed_at = tx.now
    conversations.keep_memory(row, replace(memory, buttons=()))
    tickets.record(tx.db, [Event(ConversationClosed(how), CLOCK, tx.now)], conversation_id=row.id)


CLOSE_CONVERSATION = Work("close_conversation", _next_quiet, _close_conversation)
