"""Rows of incidents and of whom they affect."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import Row


class IncidentRow(Row):
    """Like issues of several people in a short time: suspected, then confirmed by a person or dismissed, then over."""

    __tablename__ = "incidents"
    id: Mapped[int] = mapped_column(primary_key=True)
    issue: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(20))
    """suspected, confirmed, dismissed or over."""
    opened_at: Mapped[datetime]
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
