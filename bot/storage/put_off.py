"""Work that raised: put off piece by piece, so that one bad row stops nothing else, and kept where people see it."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from bot.storage.tables import PutOffRow
from bot.storage.wakeups import ring

PAUSES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=1))
FORGOTTEN = timedelta(minutes=10)
"""So long after its time nobody has found the piece due again: it has gone away by itself."""


def resting(kind: str, now: datetime) -> Select[int]:
    """The pieces of this kind of work that are not to be tried yet."""
    return select(PutOffRow.unit).where(PutOffRow.kind == kind, PutOffRow.next_at > now)


def rests(db: Session, kind: str, unit: int, now: datetime) -> bool:
    """True while this piece is not to be tried yet."""
    row = db.get(PutOffRow, (kind, unit))
    return row is not None and row.next_at > now


def known(db: Session, kind: str, unit: int) -> bool:
    """True for a piece that has raised before."""
    return db.get(PutOffRow, (kind, unit)) is not None


def keep(db: Session, kind: str, unit: int, error: str, now: datetime) -> int:
    """Put a piece off once more; returns how often it has been put off."""
    row = db.get(PutOffRow, (kind, unit))
    if row is None:
        row = PutOffRow(kind=kind, unit=unit, tries=0, since=now, next_at=now, error="")
        db.add(row)
    row.tries += 1
    row.next_at = now + PAUSES[min(row.tries, len(PAUSES)) - 1]
    row.error = error[:100]
    db.flush()
    ring(db, "desk")
    return row.tries


def done(db: Session, kind: str, unit: int) -> None:
    """It went well."""
    db.execute(delete(PutOffRow).where(PutOffRow.kind == kind, PutOffRow.unit == unit))
    ring(db, "desk")


def forget(db: Session, now: datetime) -> None:
    """Drop what nobody has found due again."""
    db.execute(delete(PutOffRow).where(PutOffRow.next_at < now - FORGOTTEN))


def forgotten(db: Session, now: datetime) -> bool:
    """True when there is anything to drop."""
    return db.scalars(select(PutOffRow.kind).where(PutOffRow.next_at < now - FORGOTTEN).limit(1)).first() is not None


def at_once(db: Session, kind: str, unit: int, now: datetime) -> bool:
    """Let it be tried now; False when it is not put off any more."""
    row = db.get(PutOffRow, (kind, unit))
    if row is None:
        return False
    row.next_at = now
    db.flush()
    ring(db, "outbox")
    return True


def everything(db: Session) -> list[PutOffRow]:
    """All that is put off, the oldest first."""
    return list(db.scalars(select(PutOffRow).order_by(PutOffRow.since, PutOffRow.kind, PutOffRow.unit)))
