"""Rows of who works here, who is signed in, and how often somebody may do something."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import Row


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


class OneTimeLinkRow(Row):
    """A link that signs somebody in once, known by a fingerprint of its word."""

    __tablename__ = "one_time_links"
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]


class RateLimitRow(Row):
    """How far somebody has used up how often they may do something: the moment at which it would be whole again."""

    __tablename__ = "allowances"
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    whole_at: Mapped[datetime] = mapped_column(index=True)
