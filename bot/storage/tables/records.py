"""Rows of what is kept besides tickets and conversations: reports and what they ask for, reviews, settings, marks of life."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import Row


class WeeklyReportRow(Row):
    """The report of a week: made once, with the action items that it listed, and reviewed once."""

    __tablename__ = "weekly_reports"
    week: Mapped[str] = mapped_column(String(8), primary_key=True)
    made_at: Mapped[datetime | None] = mapped_column(default=None)
    items: Mapped[list[Any]] = mapped_column(default=list)
    reviewed_at: Mapped[datetime | None] = mapped_column(default=None)
    reviewed_by: Mapped[str] = mapped_column(String(200), default="")
    """The name of who reviewed it."""
    reviewer_id: Mapped[str] = mapped_column(String(200), default="")


class ActionItemRow(Row):
    """What a report asks for, or the lead's own, until somebody says that it is done."""

    __tablename__ = "action_items"
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    since: Mapped[str] = mapped_column(String(8))
    """The week from which on it is open."""
    by: Mapped[str] = mapped_column(String(200), default="")
    """Who wrote it; empty for one of a report."""
    rank: Mapped[int]
    told: Mapped[str] = mapped_column(String(8), default="")
    """The week whose figures its words tell; empty where they tell none."""
    at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    done_by: Mapped[str] = mapped_column(String(200), default="")


class ArticleReviewRow(Row):
    """Somebody has read a page of the help center and found it right, as its text was then."""

    __tablename__ = "article_reviews"
    page: Mapped[str] = mapped_column(String(100), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    by: Mapped[str] = mapped_column(String(200))
    text_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class ClockSettingsRow(Row):
    """Settings that due times and figures are made of, from this moment on."""

    __tablename__ = "clock_settings"
    at: Mapped[datetime] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(20), primary_key=True)
    parts: Mapped[dict[str, Any]]


class HeartbeatRow(Row):
    """A part of the program was alive then, or has heard everything up to then; and what it told besides."""

    __tablename__ = "heartbeats"
    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    at: Mapped[datetime]
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)


class SlackMessageRow(Row):
    """A message of ours in Slack that stands for a ticket or an incident. The newest one of a ticket is its card."""

    __tablename__ = "slack_messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    ts: Mapped[str] = mapped_column(String(40))
    ticket_number: Mapped[int | None] = mapped_column(index=True, default=None)
    incident_id: Mapped[int | None] = mapped_column(index=True, default=None)
    at: Mapped[datetime]
    to_tell: Mapped[bool] = mapped_column(default=False)
    """The card stands in another channel now, and this message does not say so yet."""
    __table_args__ = (UniqueConstraint("channel", "ts"),)
