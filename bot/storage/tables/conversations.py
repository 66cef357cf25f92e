"""Rows of conversations: what was said, how it came in, and whether it was read and helped."""

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import Encrypted, EncryptedBytes
from bot.storage.tables.base import Row
from handoff.events import About

Speaker = Literal["user", "bot", "staff"]


class ConversationRow(Row):
    """One conversation of one user on one channel; `memory` is what the dialogue knows."""

    __tablename__ = "conversations"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    user_id: Mapped[str] = mapped_column(String(200))
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[dict[str, Any]]
    """Where on the channel answers go; empty where the user reads the transcript itself."""
    memory: Mapped[object] = mapped_column(Encrypted)
    last_number: Mapped[int] = mapped_column(default=0)
    ticket_number: Mapped[int | None] = mapped_column(default=None)
    opened_at: Mapped[datetime]
    last_at: Mapped[datetime]
    hand_over_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    """When a ticket is opened with what is known, should the user not answer any more."""
    place: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """Where on the channel: a user has one open conversation for each Slack thread. Empty where there is one place."""
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    read_number: Mapped[int] = mapped_column(default=0, server_default="0")
    """Up to which line the user's client has read."""
    __table_args__ = (
        Index(
            "one_open_conversation",
            "user_id",
            "channel",
            "place",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("conversations_of_user", "user_id", "channel", "id"),
        Index("quiet_conversations", "closed_at", "last_at"),
    )


class MessageRow(Row):
    """One line of a transcript. The number counts within the conversation and is given out under its lock."""

    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    number: Mapped[int]
    said_by: Mapped[Speaker] = mapped_column(String(10))
    author: Mapped[str] = mapped_column(Encrypted)
    body: Mapped[str] = mapped_column(Encrypted)
    buttons: Mapped[list[Any]] = mapped_column(default=list)
    source: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    """The approved texts that a bot message is made of: file, id, hash, catalog version."""
    reading: Mapped[Any | None] = mapped_column(Encrypted, default=None)
    client_id: Mapped[str | None] = mapped_column(String(100), default=None)
    kind: Mapped[str] = mapped_column(String(30), default="message")
    rating: Mapped[About | None] = mapped_column(String(10), default=None)
    """What the buttons below it ask a vote about."""
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"), default=None)
    visible_to_user: Mapped[bool] = mapped_column(default=False)
    ticket_number: Mapped[int | None] = mapped_column(default=None)
    """The ticket that it is part of; None for what led to none, or to none so far."""
    at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("conversation_id", "number"),
        UniqueConstraint("conversation_id", "client_id"),
    )

    @hybrid_property
    def by_user(self) -> bool:
        """True for a line of the user; of the class, the condition of a query."""
        return self.said_by == "user"


class AttachmentRow(Row):
    """A file of a user: sniffed, capped, encrypted."""

    __tablename__ = "attachments"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    name: Mapped[str] = mapped_column(Encrypted)
    type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(EncryptedBytes)
    at: Mapped[datetime]


class ReceivedRow(Row):
    """The keys of what came in: the same key twice is one message. It knows the line that came of it."""

    __tablename__ = "received"
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(default=None)
    message_number: Mapped[int | None] = mapped_column(default=None)
    at: Mapped[datetime]


class UnreadRow(Row):
    """An answer that the user may not have seen: settled once, by their reading it or by a letter that tells them of it."""

    __tablename__ = "unread"
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), primary_key=True, autoincrement=False)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    number: Mapped[int]
    due_at: Mapped[datetime]
    settled: Mapped[str | None] = mapped_column(String(12), default=None)
    """read, letter, together, told, no_address, or off; None while it is watched."""
    settled_at: Mapped[datetime | None] = mapped_column(default=None)
    __table_args__ = (Index("unread_due", "settled", "due_at"),)


class LettersOffRow(Row):
    """A user who wants no letters about answers that wait."""

    __tablename__ = "letters_off"
    user_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    at: Mapped[datetime]


class RatingRow(Row):
    """One vote per conversation answered by the bot or per resolution; changeable."""

    __tablename__ = "ratings"
    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    about: Mapped[str] = mapped_column(String(10))
    ticket_number: Mapped[int] = mapped_column(default=0)
    cycle: Mapped[int] = mapped_column(default=0)
    helpful: Mapped[bool]
    score: Mapped[int | None] = mapped_column(default=None)
    at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("conversation_id", "about", "ticket_number", "cycle"),)
