"""Things done once per name and period, and deliveries seen: whoever inserts the row first does the work."""

from collections.abc import Collection

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.storage.database import insert_new
from bot.storage.tables import ReceivedRow, RunRow
from bot.storage.unit_of_work import UnitOfWork


def claim_once(work: UnitOfWork, name: str, period: str) -> bool:
    """True for the first caller with this name and period, false for everybody after."""
    return _first(work.db, RunRow, name=name, period=period, at=work.now)


def claimed(db: Session, name: str) -> frozenset[str]:
    """Every period of this name that somebody claimed."""
    return frozenset(db.scalars(select(RunRow.period).where(RunRow.name == name)))


def release(db: Session, name: str, periods: Collection[str]) -> None:
    """Let these periods be claimed anew."""
    db.execute(delete(RunRow).where(RunRow.name == name, RunRow.period.in_(periods)))


def is_new_delivery(work: UnitOfWork, key: str) -> bool:
    """True when this key comes in for the first time."""
    return _first(work.db, ReceivedRow, key=key[:255], at=work.now)


def came_of(db: Session, key: str, conversation: int, number: int) -> None:
    """Remember which line a delivery became, so that a later change of it finds the line."""
    mine = update(ReceivedRow).where(ReceivedRow.key == key[:255])
    db.execute(mine.values(conversation_id=conversation, message_number=number))


def line_of(db: Session, key: str) -> tuple[int, int] | None:
    """Conversation and number of the line that a delivery became."""
    row = db.get(ReceivedRow, key[:255])
    if row is None or row.conversation_id is None or row.message_number is None:
        return None
    return row.conversation_id, row.message_number


def _first(db: Session, table: type[RunRow] | type[ReceivedRow], **values: object) -> bool:
    new = insert_new(db, table, **values).returning(table.at)
    return db.execute(new).first() is not None  # the count of rows is not told for such an insert on PostgreSQL
