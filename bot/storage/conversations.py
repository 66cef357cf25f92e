"""Conversations and their transcripts: rows <-> the dialogue's values."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from bot.dialogue.conversation import Conversation
from bot.storage.changes import publish
from bot.storage.database import FRESH
from bot.storage.tables import ConversationRow, MessageRow
from bot.storage.tables.conversations import Speaker
from bot.storage.unit_of_work import UnitOfWork
from handoff.events import About
from handoff.ticket import User

_memory = TypeAdapter(Conversation)
WIDGET = "in_app_chat"
AT_ONCE = 500
"""So many lines are read in one go."""
PRESSABLE = 40
"""A button further up than so many lines is pressed no more: its label counts as typed."""
SENT_TOGETHER = timedelta(minutes=1)
"""A file that came so long before words of its user, or less, came with them."""


@dataclass(frozen=True)
class Line:
    """One line to be added to a transcript."""

    said_by: Speaker
    author: str
    body: str
    visible_to_user: bool = False
    kind: str = "message"
    buttons: tuple[dict[str, str], ...] = ()
    source: dict[str, Any] | None = None
    reading: Any = None
    client_id: str | None = None
    rating: About | None = None
    attachment_id: int | None = None
    ticket: int | None = None
    """The ticket that it is part of; None for that of the matter that is spoken of."""


def memory_of(row: ConversationRow) -> Conversation:
    """What the dialogue knows of this conversation."""
    return _memory.validate_python(row.memory)


def keep_memory(row: ConversationRow, conversation: Conversation) -> None:
    """Put what the dialogue knows now into the row."""
    row.memory = _memory.dump_python(conversation, mode="json")
    row.ticket_number = conversation.ticket


def open_one(work: UnitOfWork, user: User, channel: str, address: dict[str, Any]) -> ConversationRow:
    """A new conversation."""
    row = ConversationRow(
        public_id=uuid4().hex,
        user_id=user.id,
        channel=channel,
        address=address,
        place=str(address.get("address", "")),
        memory=None,
        opened_at=work.now,
        last_at=work.now,
    )
    keep_memory(row, Conversation(user, channel))
    work.db.add(row)
    work.db.flush()
    return row


def lock(db: Session, conversation_id: int) -> ConversationRow:
    """The row, held until the transaction ends; raises NoResultFound."""
    found = select(ConversationRow).where(ConversationRow.id == conversation_id).with_for_update()
    return db.scalars(found, execution_options=FRESH).one()


def lock_open(db: Session, user_id: str, channel: str, place: str = "") -> ConversationRow | None:
    """The user's open conversation on a channel, in one place of it, held until the transaction ends."""
    found = select(ConversationRow).where(
        ConversationRow.user_id == user_id,
        ConversationRow.channel == channel,
        ConversationRow.place == place,
        ConversationRow.closed_at.is_(None),
    )
    found = found.order_by(ConversationRow.id.desc()).limit(1).with_for_update()
    return db.scalars(found, execution_options=FRESH).first()


def by_public_id(db: Session, public_id: str, *, for_update: bool = False) -> ConversationRow | None:
    """The conversation with this public id."""
    found = select(ConversationRow).where(ConversationRow.public_id == public_id)
    return db.scalars(found.with_for_update() if for_update else found, execution_options=FRESH).first()


def last_in_place(db: Session, user_id: str, channel: str, place: str) -> ConversationRow | None:
    """The user's latest conversation in a place of a channel, open or closed."""
    found = select(ConversationRow).where(
        ConversationRow.user_id == user_id, ConversationRow.channel == channel, ConversationRow.place == place
    )
    return db.scalars(found.order_by(ConversationRow.id.desc()).limit(1)).first()


def of_user(
    db: Session, user_id: str, channel: str = WIDGET, *, before: int | None = None, limit: int = 100
) -> list[ConversationRow]:
    """The user's own conversations, newest first; `before`: those that are older than this one."""
    found = select(ConversationRow).where(ConversationRow.user_id == user_id, ConversationRow.channel == channel)
    if before is not None:
        found = found.where(ConversationRow.id < before)
    return list(db.scalars(found.order_by(ConversationRow.id.desc()).limit(limit)))


def said_last(db: Session, user_id: str, limit: int = 100) -> list[str]:
    """The user's own last words, in whichever conversation."""
    theirs = select(MessageRow).join(ConversationRow).where(ConversationRow.user_id == user_id, MessageRow.by_user)
    return [row.body for row in db.scalars(theirs.order_by(MessageRow.id.desc()).limit(limit))]


def with_ids(db: Session, ids: Collection[int]) -> list[ConversationRow]:
    """These conversations, newest first."""
    found = select(ConversationRow).where(ConversationRow.id.in_(ids)).order_by(ConversationRow.id.desc())
    return list(db.scalars(found)) if ids else []


def append(work: UnitOfWork, row: ConversationRow, line: Line) -> MessageRow:
    """Add a line under the next number and tell of the change; the caller holds the conversation's lock."""
    row.last_number += 1
    row.last_at = work.now
    message = MessageRow(
        conversation_id=row.id,
        number=row.last_number,
        said_by=line.said_by,
        author=line.author,
        body=line.body,
        buttons=[dict(button) for button in line.buttons],
        source=line.source,
        reading=line.reading,
        client_id=line.client_id,
        kind=line.kind,
        rating=line.rating,
        attachment_id=line.attachment_id,
        visible_to_user=line.visible_to_user,
        ticket_number=line.ticket or memory_of(row).ticket_spoken_of,
        at=work.now,
    )
    work.db.add(message)
    work.db.flush()
    publish(work.db, f"conversation:{row.id}")
    return message


def by_client_id(db: Session, conversation_id: int, client_id: str) -> MessageRow | None:
    """The message that the client sent under this id."""
    found = select(MessageRow).where(MessageRow.conversation_id == conversation_id, MessageRow.client_id == client_id)
    return db.scalars(found).first()


def line_of_file(db: Session, attachment_id: int) -> MessageRow | None:
    """The line that a file stands in."""
    return db.scalars(select(MessageRow).where(MessageRow.attachment_id == attachment_id)).first()


def put_to(db: Session, line: MessageRow, ticket: int | None) -> None:
    """A line of the user is part of what came of it, and so are the files that were sent with it, just before."""
    if ticket == line.ticket_number:
        return
    before = (MessageRow.conversation_id == line.conversation_id, MessageRow.number < line.number)
    is_file = MessageRow.by_user & MessageRow.attachment_id.is_not(None)
    is_answer = (MessageRow.said_by == "bot") & (MessageRow.kind == "message")
    last = db.scalar(select(func.max(MessageRow.number)).where(*before, ~is_file, ~is_answer)) or 0
    together = (MessageRow.number > last, MessageRow.at >= line.at - SENT_TOGETHER)
    db.execute(update(MessageRow).where(*before, is_file, *together).values(ticket_number=ticket))
    line.ticket_number = ticket


def make_part_of(db: Session, conversation_id: int, ticket: int) -> None:
    """What was said of no ticket so far is part of this one."""
    loose = (MessageRow.conversation_id == conversation_id, MessageRow.ticket_number.is_(None))
    db.execute(update(MessageRow).where(*loose).values(ticket_number=ticket))


def last_shown(db: Session, conversation_id: int) -> MessageRow | None:
    """The last line that the user sees."""
    found = select(MessageRow).where(MessageRow.conversation_id == conversation_id, MessageRow.visible_to_user)
    return db.scalars(found.order_by(MessageRow.number.desc()).limit(1)).first()


def mark_read(db: Session, conversation_id: int, number: int) -> None:
    """The user's client has every line up to this number; it never goes back, and never beyond the last one."""
    row = ConversationRow
    fresh = (row.id == conversation_id, row.read_number < number, row.last_number >= number)
    db.execute(update(row).where(*fresh).values(read_number=number))


def transcript(
    db: Session, conversation_id: int, after: int = 0, *, visible_only: bool = True, limit: int = AT_ONCE
) -> list[MessageRow]:
    """The lines after a number, in order; internal notes only when asked for."""
    found = select(MessageRow).where(MessageRow.conversation_id == conversation_id, MessageRow.number > after)
    if visible_only:
        found = found.where(MessageRow.visible_to_user)
    return list(db.scalars(found.order_by(MessageRow.number).limit(limit)))


def recent_buttons(db: Session, row: ConversationRow) -> Iterator[dict[str, str]]:
    """The buttons that may still be pressed: those below the newest lines, the newest line first."""
    for message in reversed(transcript(db, row.id, max(0, row.last_number - PRESSABLE))):
        yield from message.buttons


def before(db: Session, conversation_id: int, number: int, limit: int, shown: ColumnElement[bool]) -> list[MessageRow]:
    """The last lines before a number of those that may be shown, in order, internal notes among them."""
    mine = (MessageRow.conversation_id == conversation_id, MessageRow.number < number)
    found = select(MessageRow).where(*mine, shown).order_by(MessageRow.number.desc()).limit(limit)
    return list(db.scalars(found))[::-1]


def count_before(db: Session, conversation_id: int, number: int, shown: ColumnElement[bool]) -> int:
    """How many lines before a number may be shown."""
    mine = (MessageRow.conversation_id == conversation_id, MessageRow.number < number)
    return db.scalar(select(func.count(MessageRow.id)).where(*mine, shown)) or 0
