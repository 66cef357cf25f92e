"""How often somebody has done something, over all processes: one row per person and kind, no list of moments."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.storage.database import insert_new
from bot.storage.tables import AllowanceRow

FRESH = {"populate_existing": True}


def use(db: Session, key: str, most: int, seconds: float, now: datetime) -> float:
    """Count one of at most so many within so many seconds; 0 when it was allowed, else how long to wait, nothing counted."""
    db.execute(insert_new(db, AllowanceRow, key=key, whole_at=now))
    found = select(AllowanceRow).where(AllowanceRow.key == key).with_for_update()
    row = db.scalars(found, execution_options=FRESH).one()
    window = timedelta(seconds=seconds)
    impossible = row.whole_at > now + 2 * window  # written before the clock was set back
    used = now if impossible else max(row.whole_at, now)
    after = used + window / most
    if after > now + window:
        return (after - now - window).total_seconds()
    row.whole_at = after
    db.flush()
    return 0.0


def forget_whole(db: Session, now: datetime) -> None:
    """Drop the rows of those who may do everything again."""
    db.execute(delete(AllowanceRow).where(AllowanceRow.whole_at <= now))
