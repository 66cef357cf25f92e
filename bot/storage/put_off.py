"""Work that raised: put off piece by piece, so that one bad row stops nothing else, and kept where people see it."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from bot.storage.changes import publish
from bot.storage.tables import PutOffRow
from bot.storage.unit_of_work import UnitOfWork

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=1))
FORGOTTEN = timedelta(minutes=10)
"""So long after its time nobody has found the piece due again: it has gone away by itself."""


def resting(kind: str, now: datetime) -> Select[int]:
    """The pieces of this kind of work that are not to be tried yet."""
    return select(PutOffRow.unit).where(PutOffRow.kind == kind, PutOffRow.next_at > now)


def of(db: Session, kind: str, unit: int) -> PutOffRow | None:
    """What is known of a piece that has raised before; None for one that has not."""
    return db.get(PutOffRow, (kind, unit))


def known(db: Session, kind: str, unit: int) -> bool:
    """True for a piece that has raised before."""
    return of(db, kind, unit) is not None


def keep(work: UnitOfWork, kind: str, unit: int, error: str) -> int:
    """Put a piece off once more; returns how often it has been put off."""
    row = of(work.db, kind, unit)
    if row is None:
        row = PutOffRow(kind=kind, unit=unit, tries=0, since=work.now, next_at=work.now, error="")
        work.db.add(row)
    row.tries += 1
    row.next_at = work.now + PAUSES[min(row.tries, len(PAUSES)) - 1]
    row.error = error[:100]
    work.db.flush()
    publish(work.db, "desk")
    return row.tries


def done(db: Session, kind: str, unit: int) -> None:
    """It went well."""
    db.execute(delete(PutOffRow).where(PutOffRow.kind == kind, PutOffRow.unit == unit))
    publish(db, "desk")


def forget(work: UnitOfWork) -> None:
    """Drop what nobody has found due again."""
    work.db.execute(delete(PutOffRow).where(PutOffRow.next_at < work.now - FORGOTTEN))


def forgotten(work: UnitOfWork) -> bool:
    """True when there is anything to drop."""
    return (
        work.db.scalars(select(PutOffRow.kind).where(PutOffRow.next_at < work.now - FORGOTTEN).limit(1)).first()
        is not None
    )


def at_once(work: UnitOfWork, kind: str, unit: int) -> bool:
    """Let it be tried now; False when it is not put off any more."""
    row = of(work.db, kind, unit)
    if row is None:
        return False
    row.next_at = work.now
    work.db.flush()
    publish(work.db, "outbox")
    return True


def everything(db: Session) -> list[PutOffRow]:
    """All that is put off, the oldest first."""
    return list(db.scalars(select(PutOffRow).order_by(PutOffRow.since, PutOffRow.kind, PutOffRow.unit)))
