"""A question on the way to a person that nobody answered."""

from sqlalchemy import select

from bot.actions.outcome import apply
from bot.actions.transaction import Transaction
from bot.actions.units import Resting, Work
from bot.dialogue import catalog_migration
from bot.dialogue.conversation import Message
from bot.dialogue.handing_over import handover
from bot.dialogue.in_danger import safety
from bot.dialogue.reply import Reply
from bot.storage import conversations
from bot.storage.tables import ConversationRow
from bot.understanding.reading import NOTHING_READ


def _next_unanswered(tx: Transaction, resting: Resting) -> int | None:
    waiting = select(ConversationRow.id).where(
        ConversationRow.hand_over_at <= tx.now, ConversationRow.id.not_in(resting)
    )
    return tx.db.scalars(waiting.order_by(ConversationRow.hand_over_at).limit(1)).first()


def _hand_over(tx: Transaction, conversation: int) -> None:
    """A question on the way to a person that nobody answered: the ticket is opened with what is known. And people hear of who was
    asked whether there is danger, and did not answer."""
    row = conversations.lock(tx.db, conversation)
    if row.hand_over_at is None or row.hand_over_at > tx.now:
        return
    row.hand_over_at = None
    script = tx.deps.assistant().script
    reply = Reply(
        script, catalog_migration.fitted(conversations.memory_of(row), script), NOTHING_READ, Message(""), tx.now
    )
    if reply.conversation.state == "gathering":
        handover.hand_over(reply)
        apply(tx, row, reply.outcome())
    elif reply.conversation.state == "checking":
        safety.tell_people(reply)
        apply(tx, row, reply.outcome())


HAND_OVER = Work("hand_over", _next_unanswered, _hand_over)
