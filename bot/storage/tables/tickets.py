"""Rows of tickets: the deadlines of their clocks, what happened, and who is called."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import Encrypted
from bot.storage.tables.base import Row
from handoff.policy.names import ClockKind


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
    facts: Mapped[object] = mapped_column(Encrypted)
    seen_number: Mapped[int] = mapped_column(default=0, server_default="0")
    """Up to which line of the conversation one of our people has seen it; 0 while nobody has."""
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
    """Who it was, beyond a name that two may share."""
    at: Mapped[datetime] = mapped_column(index=True)
    data: Mapped[dict[str, Any]]


class DeadlineRow(Row):
    """A part of a clock's time, or all of it: fires once when it has passed, unless the clock was met first."""

    __tablename__ = "deadlines"
    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_number: Mapped[int] = mapped_column(ForeignKey("tickets.number"))
    kind: Mapped[ClockKind] = mapped_column(String(40))
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


class CounterRow(Row):
    """Numbers given out once: ticket numbers."""

    __tablename__ = "counters"
    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[int]
