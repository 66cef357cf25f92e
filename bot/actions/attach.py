"""A file of the user: known by its content, capped, stored encrypted, and put on the transcript and the ticket."""

from datetime import datetime
from uuid import uuid4

import filetype
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.limits import load_limits
from bot.actions.pictures import FORMATS, PictureRefused, cleaned
from bot.actions.receive import Incoming, Received, receive
from bot.actions.transaction import Transaction, transaction
from bot.storage import conversations
from bot.storage.conversations import WIDGET, Line
from bot.storage.tables import AttachmentRow, ConversationRow
from bot.understanding.text.typed import displayable
from handoff.ticket import User

MOST_BYTES = load_limits().files.most_bytes
PDF, PLAIN = "application/pdf", "text/plain"


class FileRefused(ValueError):
    """A file that is too large, empty, or of no kind that we take."""


class TooManyFiles(FileRefused):
    """The conversation holds as many files, or as much, as one may."""


def kind_of(content: bytes) -> str:
    """The type of a file by its content, never by its name; raises FileRefused."""
    if not 0 < len(content) <= MOST_BYTES:
        raise FileRefused("size")
    guessed = filetype.guess(content)
    if guessed is not None:
        if guessed.mime not in (*FORMATS, PDF):
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
    content, kind = _taken(content)
    shown = _shown(name)
    with transaction(deps, now) as tx:
        row = _own_row(tx.db, conversation, user)
        earlier = conversations.by_client_id(tx.db, row.id, client_id) if client_id else None
        if earlier is not None:
            return Received(row, earlier, again=True)
        stored = _stored(tx, row, shown, content, kind)
    return receive(
        deps, Incoming(user, channel, shown, client_id=client_id, conversation=conversation, attachment_id=stored), now
    )


def keep_beside(
    deps: Deps, conversation: str, user: User, name: str, content: bytes, client_id: str, now: datetime
) -> None:
    """Keep a file that came with words of the user: it stands on the transcript, and answers no question. Raises as `attach`."""
    content, kind = _taken(content)
    shown = _shown(name)
    with transaction(deps, now) as tx:
        row = _own_row(tx.db, conversation, user)
        if conversations.by_client_id(tx.db, row.id, client_id) is None:
            stored = _stored(tx, row, shown, content, kind)
            line = Line("user", user.name, shown, visible_to_user=True, client_id=client_id, attachment_id=stored)
            conversations.append(tx, row, line)


def _taken(content: bytes) -> tuple[bytes, str]:
    """What is stored of a file, and its type: a picture without what the camera wrote into it."""
    kind = kind_of(content)
    if kind not in FORMATS:
        return content, kind
    try:
        return cleaned(content, kind)
    except PictureRefused as error:
        raise FileRefused(str(error)) from error


def _shown(name: str) -> str:
    return displayable(name).replace("/", "_").replace("\\", "_").strip()[:120] or "file"


def _own_row(db: Session, conversation: str, user: User) -> ConversationRow:
    row = conversations.by_public_id(db, conversation, for_update=True)
    if row is None or row.user_id != user.id:
        raise LookupError(conversation)
    return row


def _stored(tx: Transaction, row: ConversationRow, shown: str, content: bytes, kind: str) -> int:
    _must_have_room(tx.db, row.id, len(content))
    file = AttachmentRow(
        public_id=uuid4().hex,
        conversation_id=row.id,
        name=shown,
        type=kind,
        size=len(content),
        content=content,
        at=tx.now,
    )
    tx.db.add(file)
    tx.db.flush()
    return file.id


def _must_have_room(db: Session, conversation: int, size: int) -> None:
    """Nobody fills the disk with one conversation; the caller holds its lock."""
    most = load_limits().files
    count, used = db.execute(
        select(func.count(), func.coalesce(func.sum(AttachmentRow.size), 0)).where(
            AttachmentRow.conversation_id == conversation
        )
    ).one()
    if count >= most.most_in_conversation or used + size > most.most_bytes_in_conversation:
        raise TooManyFiles("full")


def attachment_by_public_id(deps: Deps, public_id: str) -> AttachmentRow | None:
    """A stored file."""
    with deps.reading.begin() as db:
        return db.scalars(select(AttachmentRow).where(AttachmentRow.public_id == public_id)).first()
