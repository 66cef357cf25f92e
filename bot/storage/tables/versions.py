"""Rows by which an earlier state is known again: the keys and the versions of the intents."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.columns import Encrypted
from bot.storage.tables.base import Row


class SealRow(Row):
    """A known word under one of the keys: a wrong key is noticed at the start and not at the first message."""

    __tablename__ = "seals"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    sealed: Mapped[bytes]


class CatalogRow(Row):
    """A version of the intents that was in force, so that any reading can be replayed."""

    __tablename__ = "catalogs"
    version: Mapped[str] = mapped_column(String(64), primary_key=True)
    files: Mapped[Any] = mapped_column(Encrypted)
    first_used_at: Mapped[datetime]
