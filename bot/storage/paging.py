"""Whom nobody has answered yet: the rows of the calls about Critical tickets."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from bot.storage.changes import publish
from bot.storage.database import claimed
from bot.storage.tables import EventRow, PageRow, TicketRow
from bot.storage.unit_of_work import UnitOfWork
from handoff import on_call
from handoff.ticket import Ticket
from handoff.ticket_events import Paged


def keep(work: UnitOfWork, ticket: Ticket) -> None:
    """Begin the order of calling for a ticket that people must be called about, or end it; the caller holds the ticket."""
    row = work.db.get(PageRow, ticket.number)
    if on_call.is_paged(ticket):
        if row is None:
            work.db.add(PageRow(ticket_number=ticket.number, round=0, next_at=work.now, begun_at=work.now))
        elif row.next_at is None:
            row.round, row.next_at, row.begun_at = 0, work.now, work.now
        else:
            return
        publish(work.db, "outbox")
    elif row is not None:
        row.next_at = None
    work.db.flush()


def due(work: UnitOfWork, resting: Select[int]) -> int | None:
    """The ticket whose next round is due longest, if any; without those that rest."""
    found = select(PageRow.ticket_number).where(PageRow.next_at <= work.now, PageRow.ticket_number.not_in(resting))
    return work.db.scalars(found.order_by(PageRow.next_at).limit(1)).first()


def claim(db: Session, row: PageRow, next_at: datetime) -> int | None:
    """The number of the round that the caller alone now sends; None when somebody else was first."""
    mine = update(PageRow).where(
        PageRow.ticket_number == row.ticket_number, PageRow.round == row.round, PageRow.next_at == row.next_at
    )
    number = row.round + 1
    return number if claimed(db, mine.values(round=number, next_at=next_at)) else None


def unanswered_of(db: Session, teams: Collection[str]) -> list[PageRow]:
    """The same, of these teams' tickets alone."""
    found = select(PageRow).join(TicketRow, TicketRow.number == PageRow.ticket_number)
    found = found.where(PageRow.next_at.is_not(None), TicketRow.team.in_(teams))
    return list(db.scalars(found.order_by(PageRow.begun_at)))


def rounds_sent(db: Session, number: int) -> int:
    """How many rounds of calls about a ticket went out by any way."""
    found = select(EventRow.data).where(EventRow.ticket_number == number, EventRow.kind == Paged.kind)
    return sum(bool(data.get("ways")) for data in db.scalars(found))


def unanswered(db: Session) -> list[PageRow]:
    """Tickets that people are being paged about and that nobody has acknowledged, oldest first."""
    return list(db.scalars(select(PageRow).where(PageRow.next_at.is_not(None)).order_by(PageRow.begun_at)))
