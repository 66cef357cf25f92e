"""How many mails are answered: loops slow down and stop, and strangers are not written to without end."""

import re
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from bot.channels.email import CHANNEL
from bot.storage.tables import ConversationRow, MessageRow

MOST_AN_HOUR = 20
SPANS = ((timedelta(hours=1), 1), (timedelta(days=1), 2), (timedelta(days=7), 4))
"""In a day twice as many as in an hour, in a week four times."""
MOST_STRANGERS = 60
"""First answers in an hour, to all who never wrote before."""
SAME_AGAIN = 2
"""The same words so often before are a machine's; short words are not counted, as people answer `skip` again and again."""
FEW_WORDS = 3
_CHANGING = re.compile(r"[\W\d_]+")


def too_many(db: Session, address: str, most_an_hour: int, now: datetime) -> bool:
    """True when this address has been answered as often as one may be in an hour, a day or a week."""
    return any(_said(db, address, now - span) >= most_an_hour * times for span, times in SPANS)


def _said(db: Session, address: str, since: datetime) -> int:
    said = select(func.count()).select_from(MessageRow).join(ConversationRow)
    answered = (
        ConversationRow.channel == CHANNEL,
        ConversationRow.place == address,
        ConversationRow.user_id.like("mail:%"),
    )
    words = (MessageRow.by_user, MessageRow.attachment_id.is_(None), MessageRow.at > since)
    return db.scalar(said.where(*answered, *words)) or 0


def repeats(db: Session, user_id: str, text: str) -> bool:
    """True when the user's last mails said the very same, numbers aside."""
    words = _essence(text)
    if len(words.split()) <= FEW_WORDS:
        return False
    last = select(MessageRow).join(ConversationRow)
    last = last.where(ConversationRow.user_id == user_id, MessageRow.by_user, MessageRow.attachment_id.is_(None))
    rows = db.scalars(last.order_by(MessageRow.id.desc()).limit(SAME_AGAIN)).all()
    return len(rows) == SAME_AGAIN and all(_essence(row.body).endswith(words) for row in rows)


def _essence(text: str) -> str:
    return _CHANGING.sub(" ", text.lower()).strip()


def too_many_strangers(db: Session, user_id: str, now: datetime) -> bool:
    """True when the user never wrote by mail before and so many others like that have been answered in this hour."""
    known = select(ConversationRow.id).where(ConversationRow.user_id == user_id, ConversationRow.channel == CHANNEL)
    if db.scalars(known.limit(1)).first() is not None:
        return False
    earlier = aliased(ConversationRow)
    before = select(earlier.id).where(earlier.user_id == ConversationRow.user_id, earlier.id < ConversationRow.id)
    first = select(func.count()).select_from(ConversationRow)
    first = first.where(
        ConversationRow.channel == CHANNEL,
        ConversationRow.user_id.like("mail:%"),
        ConversationRow.opened_at > now - timedelta(hours=1),
        ~before.exists(),
    )
    return (db.scalar(first) or 0) >= MOST_STRANGERS
