"""Messages for the world outside: written with what caused them, leased, sent, marked; in order per address."""

from collections.abc import Collection
from datetime import datetime, timedelta
from random import uniform
from typing import Any

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased, defer

from bot.storage.tables import OutboxRow, TicketRow
from bot.storage.wakeups import ring

LEASE = timedelta(seconds=60)
LONGEST_LEASE = 2 * LEASE
"""A lease that ends later was given by a clock that has been set back since; what nobody has tried yet is due whatever it says."""
PAUSES = (0, 5, 30, 300, 1800, 7200, 18000, 36000)
MOST_TRIES = 10
BATCH = 20


def put(
    db: Session,
    channel: str,
    address: str,
    kind: str,
    payload: Any,
    now: datetime,
    *,
    ticket_number: int | None = None,
    message_id: int | None = None,
) -> OutboxRow:
    """A message to be sent after this transaction commits."""
    row = OutboxRow(
        channel=channel,
        address=address,
        kind=kind,
        payload=payload,
        due_at=now,
        leased_until=now,
        made_at=now,
        ticket_number=ticket_number,
        message_id=message_id,
    )
    db.add(row)
    db.flush()
    ring(db, "outbox")
    return row


def claim(db: Session, now: datetime) -> list[OutboxRow]:
    """Rows to send now, leased to the caller alone; none while an earlier one for the same address is unsent."""
    earlier = aliased(OutboxRow)
    blocked = exists().where(
        and_(
            earlier.address == OutboxRow.address,
            earlier.channel == OutboxRow.channel,
            earlier.state == "waiting",
            earlier.id < OutboxRow.id,
        )
    )
    due = or_(OutboxRow.due_at <= now, OutboxRow.due_at == OutboxRow.made_at)
    unleased = or_(OutboxRow.leased_until <= now, OutboxRow.leased_until > now + LONGEST_LEASE)
    free = (OutboxRow.state == "waiting", due, or_(unleased, OutboxRow.leased_until == OutboxRow.made_at))
    ids = db.scalars(
        select(OutboxRow.id)
        .where(*free, ~blocked)
        .order_by(OutboxRow.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    if not ids:
        return []
    take = update(OutboxRow).where(OutboxRow.id.in_(ids), *free)  # the condition again: SQLite ignores FOR UPDATE
    leased = take.values(leased_until=now + LEASE, attempts=OutboxRow.attempts + 1).returning(OutboxRow)
    return sorted(db.scalars(leased, execution_options={"synchronize_session": False}), key=lambda row: row.id)


def sent(db: Session, row_id: int, external_id: str, now: datetime) -> None:
    """The message has arrived."""
    db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id)
        .values(state="sent", sent_at=now, external_id=external_id, last_error=None)
    )


def failed(
    db: Session,
    row_id: int,
    error: str,
    now: datetime,
    *,
    permanent: bool,
    retry_after: float | None = None,
    tried: bool = True,
) -> bool:
    """The message has not arrived: a later try, or the dead letters. True when it is dead. A wait is not a try."""
    row = db.scalars(select(OutboxRow).where(OutboxRow.id == row_id)).one()
    if not tried:
        row.attempts -= 1
    dead = permanent or row.attempts >= MOST_TRIES
    pause = retry_after if retry_after is not None else PAUSES[min(row.attempts, len(PAUSES) - 1)]
    row.last_error = error[:100]
    row.state = "dead" if dead else "waiting"
    row.due_at = row.leased_until = now + timedelta(seconds=pause * uniform(1.0, 1.2))  # noqa: S311 - jitter, not a secret
    db.flush()
    return dead


def backlog(db: Session) -> dict[str, int]:
    """How many rows are in each state."""
    counted = db.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state)).all()
    return dict(counted)


def dead_letters(db: Session, limit: int = 50) -> list[OutboxRow]:
    """What could not be delivered, newest first."""
    return list(
        db.scalars(select(OutboxRow).where(OutboxRow.state == "dead").order_by(OutboxRow.id.desc()).limit(limit))
    )


def dead_letters_of(db: Session, teams: Collection[str]) -> list[OutboxRow]:
    """What could not be delivered about these teams' tickets or about none, newest first; not what it says."""
    found = select(OutboxRow).join(TicketRow, TicketRow.number == OutboxRow.ticket_number, isouter=True)
    found = found.where(OutboxRow.state == "dead", or_(OutboxRow.ticket_number.is_(None), TicketRow.team.in_(teams)))
    return list(db.scalars(found.order_by(OutboxRow.id.desc()).options(defer(OutboxRow.payload))))


def next_due(db: Session) -> datetime | None:
    """When the next waiting row may be tried."""
    return db.scalar(select(func.min(OutboxRow.due_at)).where(or_(OutboxRow.state == "waiting")))
