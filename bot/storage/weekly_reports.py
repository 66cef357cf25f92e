"""Weekly reports: made once each, with the action items that they listed, and reviewed once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.storage.database import claimed, insert_new
from bot.storage.tables import WeeklyReportRow
from bot.storage.unit_of_work import UnitOfWork
from handoff.names import with_id


def is_made(db: Session, week: str) -> bool:
    """True once the report of the week is made."""
    row = db.get(WeeklyReportRow, week)
    return row is not None and row.made_at is not None


def make(work: UnitOfWork, week: str) -> bool:
    """True for the one caller who makes the report of the week."""
    _be_there(work, week)
    mine = update(WeeklyReportRow).where(WeeklyReportRow.week == week, WeeklyReportRow.made_at.is_(None))
    return claimed(work.db, mine.values(made_at=work.now))


def keep_items(work: UnitOfWork, week: str, items: Sequence[dict[str, Any]]) -> None:
    """The action items as the report lists them."""
    work.db.execute(update(WeeklyReportRow).where(WeeklyReportRow.week == week).values(items=list(items)))


def items_of(db: Session, week: str) -> list[dict[str, Any]] | None:
    """The action items as the report listed them; None while it is not made."""
    row = db.get(WeeklyReportRow, week)
    return list(row.items) if row and row.made_at else None


def review(work: UnitOfWork, week: str, by: str, reviewer_id: str) -> bool:
    """Put on record who reviewed the week; False when somebody has."""
    _be_there(work, week)
    mine = update(WeeklyReportRow).where(WeeklyReportRow.week == week, WeeklyReportRow.reviewed_at.is_(None))
    return claimed(work.db, mine.values(reviewed_at=work.now, reviewed_by=by, reviewer_id=reviewer_id))


def reviewed_by(db: Session, week: str) -> str:
    """Who reviewed the week, by name and id; empty when nobody has."""
    row = db.get(WeeklyReportRow, week)
    return with_id(row.reviewed_by, row.reviewer_id) if row else ""


def _be_there(work: UnitOfWork, week: str) -> None:
    new = insert_new(work.db, WeeklyReportRow, week=week, items=[], reviewed_by="", reviewer_id="")
    work.db.execute(new)
