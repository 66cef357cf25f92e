"""A file of the user: known by its content, capped, stored encrypted, and put on the transcript and the ticket."""

from datetime import datetime
from uuid import uuid4

import filetype
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.receive import Incoming, Received, receive
from bot.storage import conversations
from bot.storage.conversations import WIDGET, Line
from bot.storage.tables import AttachmentRow, ConversationRow
from bot.understanding.typed import displayable
from handoff.ticket import User

MOST_BYTES = 10 * 2**20
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf")
PLAIN = "text/plain"


class FileRefused(ValueError):
    """A file that is too large, empty, or of no kind that we take."""


def kind_of(content: bytes) -> str:
    """The type of a file by its content, never by its name; raises FileRefused."""
    if not 0 < len(content) <= MOST_BYTES:
        raise FileRefused("size")
    guessed = filetype.guess(content)
    if guessed is not None:
        if guessed.mime not in PICTURES:
            raise FileRefused(guessed.mime)
        return str(guessed.mime)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FileRefused("unknown") from error
    if "\x00" in text or "<html" in text[:2000].lower() or "<svg" in text[:2000].lower() or "<script" in text.lower():
        raise FileRefused("markup")
    return PLAIN


def attach(
    deps: Deps,
    conversation: str,
    user: User,
    name: str,
    content: bytes,
    client_id: str | None,
    now: datetime,
    channel: str = WIDGET,
) -> Received:
    """Take in a file; raises FileRefused with nothing stored, LookupError for no such conversation."""
    kind_of(content)
    shown = _shown(name)
    with deps.sessions.begin() as db:
        row = _own_row(db, conversation, user)
        earlier = conversations.by_client_id(db, row.id, client_id) if client_id else None
        if earlier is not None:
            return Received(row, earlier, again=True)
        stored = _stored(db, row, shown, content, now)
    return receive(
        deps, Incoming(user, channel, shown, client_id=client_id, conversation=conversation, attachment_id=stored), now
    )


def keep_beside(
    deps: Deps, conversation: str, user: User, name: str, content: bytes, client_id: str, now: datetime
) -> None:
    """Keep a file that came with words of the user: it stands on the transcript, and answers no question. Raises as `attach`."""
    kind_of(content)
    shown = _shown(name)
    with deps.sessions.begin() as db:
        row = _own_row(db, conversation, user)
        if conversations.by_client_id(db, row.id, client_id) is None:
            stored = _stored(db, row, shown, content, now)
            line = Line("user", user.name, shown, visible_to_user=True, client_id=client_id, attachment_id=stored)
            conversations.append(db, row, line, now)


def _shown(name: str) -> str:
    return displayable(name).replace("/", "_").replace("\\", "_").strip()[:120] or "file"


def _own_row(db: Session, conversation: str, user: User) -> ConversationRow:
    row = conversations.by_public_id(db, conversation, for_update=True)
    if row is None or row.user_id != user.id:
        raise LookupError(conversation)
    return row


def _stored(db: Session, row: ConversationRow, shown: str, content: bytes, now: datetime) -> int:
    file = AttachmentRow(
        public_id=uuid4().hex,
        conversation_id=row.id,
        name=shown,
        type=kind_of(content),
        size=len(content),
        content=content,
        at=now,
    )
    db.add(file)
    db.flush()
    return file.id


def attachment_by_public_id(deps: Deps, public_id: str) -> AttachmentRow | None:
    """A stored file."""
    with deps.reading.begin() as db:
        return db.scalars(select(AttachmentRow).where(AttachmentRow.public_id == public_id)).first()
