"""Rows of the worker's work: what goes out, what is put off, what was done."""

from datetime import datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import Encrypted
from bot.storage.tables.base import Row

WAITING, SENT, DEAD, DISMISSED = "waiting", "sent", "dead", "dismissed"
"""What can be the state of a message for the world outside; people dismiss what is dead."""


class OutboxRow(Row):
    """One message for the world outside, in order per address."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    address: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[object] = mapped_column(Encrypted)
    ticket_number: Mapped[int | None] = mapped_column(default=None)
    message_id: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(String(10), default=WAITING)
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


class RingRow(Row):
    """When a topic rang last, as a number that grows with each ring; PostgreSQL calls by itself and writes none."""

    __tablename__ = "rings"
    topic: Mapped[str] = mapped_column(String(60), primary_key=True)
    rung: Mapped[int]
    __table_args__ = (Index("rings_rung", "rung"),)


class RunRow(Row):
    """What is done once for a name and a period: whoever inserts the row does it."""

    __tablename__ = "runs"
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    period: Mapped[str] = mapped_column(String(100), primary_key=True)
    at: Mapped[datetime]
