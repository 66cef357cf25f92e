"""How often somebody has done something, over all processes: one row per person and kind, no list of moments."""

from datetime import timedelta

from sqlalchemy import delete, select

from bot.storage.database import FRESH, insert_new
from bot.storage.tables import RateLimitRow
from bot.storage.unit_of_work import UnitOfWork


def use(work: UnitOfWork, key: str, most: int, seconds: float) -> float:
    """Count one of at most so many within so many seconds; 0 when it was allowed, else how long to wait, nothing counted."""
    work.db.execute(insert_new(work.db, RateLimitRow, key=key, whole_at=work.now))
    found = select(RateLimitRow).where(RateLimitRow.key == key).with_for_update()
    row = work.db.scalars(found, execution_options=FRESH).one()
    window = timedelta(seconds=seconds)
    impossible = row.whole_at > work.now + 2 * window  # written before the clock was set back
    used = work.now if impossible else max(row.whole_at, work.now)
    after = used + window / most
    if after > work.now + window:
        return (after - work.now - window).total_seconds()
    row.whole_at = after
    work.db.flush()
    return 0.0


def forget_whole(work: UnitOfWork) -> None:
    """Drop the rows of those who may do everything again."""
    work.db.execute(delete(RateLimitRow).where(RateLimitRow.whole_at <= work.now))
