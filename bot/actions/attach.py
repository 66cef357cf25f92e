"""A file of the user: known by its content, capped, stored encrypted, and put on the transcript and the ticket."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import filetype
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.message_limits import load_limits
from bot.actions.pictures import FORMATS, PictureRefused, cleaned
from bot.actions.receive import Incoming, NoSuchConversation, Received, receive
from bot.actions.transaction import Transaction, transaction
from bot.storage import conversations
from bot.storage.conversations import Line
from bot.storage.tables import AttachmentRow, ConversationRow, MessageRow
from bot.understanding.text.typed import displayable
from handoff.ticket import User

MOST_BYTES = load_limits().files.most_bytes
PDF, PLAIN = "application/pdf", "text/plain"
DIRECTING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that turn the direction of writing: with them a name shows another ending than it has."""


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


@dataclass(frozen=True)
class Upload:
    """A file as it came in: for which conversation, by its public id, and who sends it; the same `client_id` is the same file."""

    conversation: str
    user: User
    name: str
    content: bytes
    client_id: str | None = None

    @property
    def shown(self) -> str:
        """Its name, as people may see it."""
        return DIRECTING.sub("", displayable(self.name)).replace("/", "_").replace("\\", "_").strip()[:120] or "file"


def attach(deps: Deps, upload: Upload, now: datetime) -> Received:
    """Take in a file; raises FileRefused with nothing stored, NoSuchConversation for no such conversation."""
    content, kind = _taken(upload.content)
    with transaction(deps, now) as tx:
        row, earlier = _place(tx.db, upload)
        if earlier is not None:
            return Received(row, earlier, again=True)
        stored = _stored(tx, row, upload.shown, content, kind)
    incoming = Incoming(
        upload.user,
        row.channel,
        upload.shown,
        client_id=upload.client_id,
        conversation=upload.conversation,
        attachment_id=stored,
    )
    return receive(deps, incoming, now)


def keep_beside(deps: Deps, upload: Upload, now: datetime) -> None:
    """Keep a file that came with words of the user: it stands on the transcript, and answers no question. Raises as `attach`."""
    content, kind = _taken(upload.content)
    with transaction(deps, now) as tx:
        row, earlier = _place(tx.db, upload)
        if earlier is not None:
            return
        stored = _stored(tx, row, upload.shown, content, kind)
        line = Line(
            "user",
            upload.user.name,
            upload.shown,
            visible_to_user=True,
            client_id=upload.client_id,
            attachment_id=stored,
        )
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


def _place(db: Session, upload: Upload) -> tuple[ConversationRow, MessageRow | None]:
    """The user's own conversation, held, and the line of this file when it stands there already."""
    row = conversations.by_public_id(db, upload.conversation, for_update=True)
    if row is None or row.user_id != upload.user.id:
        raise NoSuchConversation(upload.conversation)
    known = conversations.by_client_id(db, row.id, upload.client_id) if upload.client_id else None
    return row, known


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
