"""The rows: everything a promise rests on."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.storage.columns import Encrypted, EncryptedBytes, UtcDateTime


class Row(DeclarativeBase):
    """All tables."""

    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012


class ConversationRow(Row):
    """One conversation of one user on one channel; `memory` is what the dialogue knows."""

    __tablename__ = "conversations"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    user_id: Mapped[str] = mapped_column(String(200))
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[dict[str, Any]]
    """Where on the channel answers go; empty where the user reads the transcript itself."""
    memory: Mapped[Any] = mapped_column(Encrypted)
    last_number: Mapped[int] = mapped_column(default=0)
    ticket_number: Mapped[int | None] = mapped_column(default=None)
    opened_at: Mapped[datetime]
    last_at: Mapped[datetime]
    hand_over_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    """When a ticket is opened with what is known, should the user not answer any more."""
    place: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """Where on the channel: a user has one open conversation for each Slack thread. Empty where there is one place."""
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_as: Mapped[str | None] = mapped_column(String(20), default=None)
    version: Mapped[int] = mapped_column(default=1)
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
    said_by: Mapped[str] = mapped_column(String(10))
    author: Mapped[Any] = mapped_column(Encrypted)
    body: Mapped[Any] = mapped_column(Encrypted)
    buttons: Mapped[list[Any]] = mapped_column(default=list)
    source: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    """The approved texts that a bot message is made of: file, id, hash, catalog version."""
    reading: Mapped[Any | None] = mapped_column(Encrypted, default=None)
    client_id: Mapped[str | None] = mapped_column(String(100), default=None)
    kind: Mapped[str] = mapped_column(String(30), default="message")
    rating: Mapped[str | None] = mapped_column(String(10), default=None)
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachments.id"), default=None)
    visible_to_user: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    __table_args__ = (
        UniqueConstraint("conversation_id", "number"),
        UniqueConstraint("conversation_id", "client_id"),
    )


class AttachmentRow(Row):
    """A file of a user: sniffed, capped, encrypted."""

    __tablename__ = "attachments"
    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(40), unique=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    name: Mapped[Any] = mapped_column(Encrypted)
    type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(EncryptedBytes)
    at: Mapped[datetime]


class TicketRow(Row):
    """A ticket; columns are for finding it, `facts` is the whole of it."""

    __tablename__ = "tickets"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    opened_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(String(20))
    priority: Mapped[str] = mapped_column(String(20))
    tier: Mapped[int]
    team: Mapped[str] = mapped_column(String(20))
    owner_id: Mapped[str | None] = mapped_column(String(100), default=None)
    issue: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(60))
    due_at: Mapped[datetime | None] = mapped_column(default=None)
    resolved_at: Mapped[datetime | None] = mapped_column(default=None)
    facts: Mapped[Any] = mapped_column(Encrypted)
    version: Mapped[int] = mapped_column(default=1)
    __table_args__ = (Index("queue", "status", "due_at"),)


class EventRow(Row):
    """One thing that happened: append-only, held by a trigger."""

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    conversation_id: Mapped[int | None] = mapped_column(index=True, default=None)
    ticket_number: Mapped[int | None] = mapped_column(index=True, default=None)
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(index=True)
    data: Mapped[dict[str, Any]]


class DeadlineRow(Row):
    """A promise of time: fires once when it has passed, unless it was met first."""

    __tablename__ = "deadlines"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_number: Mapped[int] = mapped_column(ForeignKey("tickets.number"))
    kind: Mapped[str] = mapped_column(String(40))
    percent: Mapped[int] = mapped_column(default=100)
    cycle: Mapped[int]
    due_at: Mapped[datetime]
    met_at: Mapped[datetime | None] = mapped_column(default=None)
    fired_at: Mapped[datetime | None] = mapped_column(default=None)
    paused: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (
        UniqueConstraint("ticket_number", "kind", "percent", "cycle"),
        Index("deadlines_to_fire", "fired_at", "met_at", "due_at"),
    )


class PageRow(Row):
    """A Critical ticket that people are paged about, round after round, until somebody acknowledges it."""

    __tablename__ = "pages"
    ticket_number: Mapped[int] = mapped_column(ForeignKey("tickets.number"), primary_key=True)
    round: Mapped[int] = mapped_column(default=0)
    """How many rounds have gone out."""
    next_at: Mapped[datetime | None] = mapped_column(default=None, index=True)
    """When the next round is due; None when nobody is to be paged any more."""
    begun_at: Mapped[datetime]


class IncidentRow(Row):
    """Like issues of several people in a short time: suspected, then confirmed by a person or dismissed, then over."""

    __tablename__ = "incidents"
    id: Mapped[int] = mapped_column(primary_key=True)
    issue: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(20))
    """suspected, confirmed, dismissed or over."""
    opened_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    over_at: Mapped[datetime | None] = mapped_column(default=None)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Who confirmed or ended it, and the figures that raised it."""
    __table_args__ = (
        Index(
            "one_live_incident",
            "issue",
            unique=True,
            sqlite_where=text("state IN ('suspected', 'confirmed')"),
            postgresql_where=text("state IN ('suspected', 'confirmed')"),
        ),
    )


class IncidentMemberRow(Row):
    """A conversation that an incident affects, and what its user was told of it, each once."""

    __tablename__ = "incident_members"
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    joined_at: Mapped[datetime]
    told_of_at: Mapped[datetime | None] = mapped_column(default=None)
    told_over_at: Mapped[datetime | None] = mapped_column(default=None)


class OutboxRow(Row):
    """One message for the world outside, in order per address."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[Any] = mapped_column(Encrypted)
    ticket_number: Mapped[int | None] = mapped_column(default=None)
    message_id: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    """waiting, sent, dead, or dismissed by a person."""
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime]
    last_error: Mapped[str | None] = mapped_column(String(100), default=None)
    to_mend: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """It waits for people to mend something: a token, a channel, a password. It goes out by itself when that is done."""
    external_id: Mapped[str | None] = mapped_column(String(200), default=None)
    made_at: Mapped[datetime]
    sent_at: Mapped[datetime | None] = mapped_column(default=None)
    __table_args__ = (Index("outbox_to_send", "state", "due_at"), Index("outbox_order", "address", "id"))


class PutOffRow(Row):
    """One piece of the worker's work that raised: tried again later, and shown to people until it goes well."""

    __tablename__ = "put_off"
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    unit: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The id of what it is about: a deadline, a ticket, a conversation; 0 for work without one."""
    tries: Mapped[int] = mapped_column(default=1)
    since: Mapped[datetime]
    next_at: Mapped[datetime]
    error: Mapped[str] = mapped_column(String(100))


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
    """read, letter, together, no_address, or off; None while it is watched."""
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


class CounterRow(Row):
    """Numbers given out once: ticket numbers."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[int]


class RunRow(Row):
    """Things done once per name and period: reports, one-time sign-in links, beats of the worker."""

    __tablename__ = "runs"
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    period: Mapped[str] = mapped_column(String(100), primary_key=True)
    at: Mapped[datetime]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class StaffRow(Row):
    """A member of staff who may work on tickets."""

    __tablename__ = "staff"
    id: Mapped[str] = mapped_column(String(100), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    slack_id: Mapped[str | None] = mapped_column(String(40), default=None, unique=True)


class SignInRow(Row):
    """A sign-in of staff to the console, known by a fingerprint of the word in their cookie."""

    __tablename__ = "sign_ins"
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(100), index=True)
    role: Mapped[str] = mapped_column(String(20))
    """The role they signed in with: once it is another, this sign-in is over."""
    form_word: Mapped[str] = mapped_column(String(40))
    begun_at: Mapped[datetime]
    active_at: Mapped[datetime]
    """When the person last did something; what the page fetches by itself does not count."""


class SealRow(Row):
    """A known word under one of the keys: a wrong key is noticed at the start and not at the first message."""

    __tablename__ = "seals"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    sealed: Mapped[bytes]


class AllowanceRow(Row):
    """How far somebody has used up how often they may do something: the moment at which it would be whole again."""

    __tablename__ = "allowances"
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    whole_at: Mapped[datetime] = mapped_column(index=True)


class CatalogRow(Row):
    """A version of the intents that was in force, so that any reading can be replayed."""

    __tablename__ = "catalogs"
    version: Mapped[str] = mapped_column(String(64), primary_key=True)
    files: Mapped[Any] = mapped_column(Encrypted)
    first_used_at: Mapped[datetime]
