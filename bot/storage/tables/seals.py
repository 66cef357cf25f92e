"""The row by which a key is known again."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables.base import Row


class SealRow(Row):
    """A known word under one of the keys: a wrong key is noticed at the start and not at the first message."""

    __tablename__ = "seals"
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    sealed: Mapped[bytes]
