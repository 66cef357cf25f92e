"""Who is signed in to the console: a row each, so that a sign-in can be ended from here."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from bot.storage.database import claimed
from bot.storage.tables import OneTimeLinkRow, SignInRow, StaffRow
from bot.storage.unit_of_work import UnitOfWork

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
OFTEN_ENOUGH = timedelta(seconds=10)
"""Activity is written down no more often than this."""


def make_link(work: UnitOfWork, fingerprint: str, staff_id: str) -> None:
    """A link that signs a person in once."""
    work.db.add(OneTimeLinkRow(fingerprint=fingerprint, staff_id=staff_id, at=work.now))
    work.db.flush()


def spend_link(db: Session, fingerprint: str, not_before: datetime) -> str | None:
    """Use a link up: its person for the first caller within the time, None for everybody else."""
    row = db.get(OneTimeLinkRow, fingerprint)
    if row is None or row.at < not_before:
        return None
    spent = claimed(db, delete(OneTimeLinkRow).where(OneTimeLinkRow.fingerprint == fingerprint))
    return row.staff_id if spent else None


def begin(work: UnitOfWork, fingerprint: str, person: StaffRow, form_word: str) -> None:
    """Sign a person in."""
    work.db.add(
        SignInRow(
            fingerprint=fingerprint,
            staff_id=person.id,
            role=person.role,
            form_word=form_word,
            begun_at=work.now,
            active_at=work.now,
        )
    )
    work.db.flush()


def of(work: UnitOfWork, fingerprint: str) -> tuple[SignInRow, StaffRow] | None:
    """The sign-in and its person; None when it is over: ended, idle, too old, the person removed or in another role."""
    row = work.db.get(SignInRow, fingerprint)
    person = work.db.get(StaffRow, row.staff_id) if row else None
    if row is None or person is None or person.role != row.role:
        return None
    return (row, person) if work.now - row.active_at <= IDLE and work.now - row.begun_at <= LONGEST else None


def was_active(work: UnitOfWork, fingerprint: str) -> None:
    """The person has just done something."""
    active = update(SignInRow).where(SignInRow.fingerprint == fingerprint, SignInRow.active_at < work.now)
    work.db.execute(active.values(active_at=work.now))


def end(db: Session, fingerprint: str) -> None:
    """End one sign-in."""
    db.execute(delete(SignInRow).where(SignInRow.fingerprint == fingerprint))


def end_all(db: Session, staff_id: str) -> None:
    """End every sign-in of a person."""
    db.execute(delete(SignInRow).where(SignInRow.staff_id == staff_id))


def forget_over(work: UnitOfWork) -> None:
    """Drop the rows that nobody can use any more."""
    work.db.execute(
        delete(SignInRow).where(or_(SignInRow.active_at < work.now - IDLE, SignInRow.begun_at < work.now - LONGEST))
    )
