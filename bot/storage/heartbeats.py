"""Marks of life: when a part of the program was last there, and what it told then."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.database import FRESH, insert_new
from bot.storage.tables import HeartbeatRow
from bot.storage.unit_of_work import UnitOfWork


def beat(work: UnitOfWork, name: str, **data: object) -> None:
    """A mark of life."""
    row = held(work, name)
    row.at, row.data = work.now, data
    work.db.flush()


def held(work: UnitOfWork, name: str) -> HeartbeatRow:
    """The mark, held until the transaction ends; made now when there is none."""
    work.db.execute(insert_new(work.db, HeartbeatRow, name=name, at=work.now, data={}))
    found = select(HeartbeatRow).where(HeartbeatRow.name == name).with_for_update()
    return work.db.scalars(found, execution_options=FRESH).one()


def last(db: Session, name: str) -> datetime | None:
    """When the last mark of life was."""
    row = db.get(HeartbeatRow, name)
    return row.at if row else None


def last_told(db: Session, name: str) -> dict[str, Any]:
    """What the last mark of life told; nothing where there was none."""
    row = db.get(HeartbeatRow, name)
    return dict(row.data) if row else {}
