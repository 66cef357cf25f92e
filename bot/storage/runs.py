"""Things done once per name and period, and marks of life: whoever inserts the row first does the work."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.storage.database import claimed, insert_new
from bot.storage.tables import ReceivedRow, RunRow
from bot.storage.unit_of_work import UnitOfWork

BEAT = "beat"


def once(work: UnitOfWork, name: str, period: str, **data: object) -> bool:
    """True for the first caller with this name and period, false for everybody after."""
    return _first(work.db, RunRow, name=name, period=period, at=work.now, data=data)


def first_seen(work: UnitOfWork, key: str) -> bool:
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


def beat(work: UnitOfWork, name: str, **data: object) -> None:
    """A mark of life."""
    row = work.db.get(RunRow, (name, BEAT))
    if row is None:
        work.db.add(RunRow(name=name, period=BEAT, at=work.now, data=data))
    else:
        row.at, row.data = work.now, data
    work.db.flush()


def last_beat(db: Session, name: str) -> datetime | None:
    """When the last mark of life was."""
    row = db.get(RunRow, (name, BEAT))
    return row.at if row else None


def last_told(db: Session, name: str) -> dict[str, Any]:
    """What the last mark of life told; nothing where there was none."""
    row = db.get(RunRow, (name, BEAT))
    return dict(row.data) if row else {}


def spend(db: Session, name: str, period: str, not_before: datetime) -> dict[str, Any] | None:
    """Use up a one-time row: its data for the first caller within the time, None for everybody else."""
    row = db.scalars(
        select(RunRow).where(RunRow.name == name, RunRow.period == period, RunRow.at >= not_before)
    ).first()
    if row is None:
        return None
    data = dict(row.data)
    return data if claimed(db, delete(RunRow).where(RunRow.name == name, RunRow.period == period)) else None
