"""What runs out: a row for each time of a ticket and for each of its warnings, told of once."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, select, update

from bot.storage.database import claimed
from bot.storage.tables import DeadlineRow
from bot.storage.unit_of_work import UnitOfWork
from handoff import sla
from handoff.policy.model import Policy
from handoff.policy.names import NEXT_UPDATE
from handoff.ticket import Ticket


def keep(work: UnitOfWork, policy: Policy, ticket: Ticket) -> bool:
    """One row per promise, warning and cycle: due times follow the ticket, met ones are marked, paused ones wait. A promise
    that was told of and moves on into the future (a lowered priority, a new holiday) is told of again in its own time.
    True when a row that there was has moved."""
    moved = False
    rows = {
        (r.kind, r.percent, r.cycle): r
        for r in work.db.scalars(select(DeadlineRow).where(DeadlineRow.ticket_number == ticket.number))
    }
    live = {(clock.kind, clock.cycle): clock for clock in sla.running(policy, ticket)}
    percents = (*policy.sla.warnings, 100)
    for (kind, cycle), clock in live.items():
        for percent in percents:
            row = rows.get((kind, percent, cycle))
            if row is None:
                row = DeadlineRow(
                    ticket_number=ticket.number, kind=kind, percent=percent, cycle=cycle, due_at=clock.passed(percent)
                )
                work.db.add(row)
            due = clock.passed(percent)
            if row.fired_at is not None and due > max(work.now, row.due_at):
                row.fired_at = None
            if row.fired_at is None:
                moved = moved or row.due_at != due
                row.due_at = due
            row.met_at, row.paused = None, False
    for row in rows.values():
        if (row.kind, row.cycle) in live:
            continue
        row.paused = ticket.waiting and row.kind in policy.lifecycle.waiting_pauses and row.cycle == ticket.cycle
        if not row.paused and row.met_at is None:
            row.met_at = work.now
    work.db.flush()
    return moved


def next_due(work: UnitOfWork, resting: Select[int]) -> int | None:
    """The first that is due and that nobody was told of."""
    due = select(DeadlineRow.id).where(*_due(work.now), DeadlineRow.id.not_in(resting))
    return work.db.scalars(due.order_by(DeadlineRow.due_at).limit(1)).first()


def claim(work: UnitOfWork, deadline: int) -> DeadlineRow | None:
    """The deadline for the caller who is to tell of it; None when somebody has, or when it is due no more."""
    mine = update(DeadlineRow).where(DeadlineRow.id == deadline, *_due(work.now)).values(fired_at=work.now)
    return work.db.get_one(DeadlineRow, deadline) if claimed(work.db, mine) else None


def is_graver_due(work: UnitOfWork, row: DeadlineRow) -> bool:
    """Whether more of the same time is over by now: after a raised priority or a standstill, "half of it is over" is no news."""
    same = (
        DeadlineRow.ticket_number == row.ticket_number,
        DeadlineRow.kind == row.kind,
        DeadlineRow.cycle == row.cycle,
    )
    graver = (DeadlineRow.percent > row.percent, DeadlineRow.met_at.is_(None), DeadlineRow.due_at <= work.now)
    return work.db.scalars(select(DeadlineRow.id).where(*same, *graver).limit(1)).first() is not None


def next_missed_update(work: UnitOfWork, resting: Select[int]) -> int | None:
    """One update that was announced to a user and that nobody gave by then."""
    missed = select(DeadlineRow.id).where(*_missed_update(), DeadlineRow.id.not_in(resting))
    return work.db.scalars(missed.limit(1)).first()


def is_missed_update(work: UnitOfWork, deadline: int) -> bool:
    """Whether this announced update is still missed: nobody gave it meanwhile, nor has it moved."""
    still = select(DeadlineRow.id).where(DeadlineRow.id == deadline, *_missed_update())
    return work.db.scalars(still).first() is not None


def ticket_of(work: UnitOfWork, deadline: int) -> int:
    """The number of the ticket that it belongs to."""
    return work.db.get_one(DeadlineRow, deadline).ticket_number


def meet(work: UnitOfWork, deadline: int) -> None:
    """Nothing is owed any more."""
    work.db.execute(update(DeadlineRow).where(DeadlineRow.id == deadline).values(met_at=work.now))


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    unsettled = (DeadlineRow.fired_at.is_(None), DeadlineRow.met_at.is_(None), DeadlineRow.paused.is_(False))
    return (*unsettled, DeadlineRow.due_at <= now)


def _missed_update() -> tuple[ColumnElement[bool], ...]:
    fired = (DeadlineRow.fired_at.is_not(None), DeadlineRow.met_at.is_(None), DeadlineRow.paused.is_(False))
    return (DeadlineRow.kind == NEXT_UPDATE, DeadlineRow.percent == 100, *fired)
