"""What users wrote on open tickets since one of our people has looked: counted from the lines themselves, whatever was made of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session, aliased

from bot.storage.changes import publish
from bot.storage.tables import MessageRow, TicketRow
from bot.storage.unit_of_work import UnitOfWork
from handoff.policy.names import CONFINED, URGENT
from handoff.triage import EMERGENCY

DONE = ("resolved", "closed")


@dataclass(frozen=True)
class News:
    """So many lines of the user that nobody has seen, and when the last was written; `whole`: nobody has seen anything of it."""

    lines: int
    last: datetime
    whole: bool = False


def _unseen() -> tuple[ColumnElement[bool], ...]:
    theirs = (MessageRow.conversation_id == TicketRow.conversation_id, MessageRow.said_by == "user")
    return (*theirs, _is_for_its_people(), MessageRow.number > TicketRow.seen_number, TicketRow.status.not_in(DONE))


def _is_for_its_people() -> ColumnElement[bool]:
    """False for a line of another ticket that is its own team's alone; whoever has an emergency reads all that is written then."""
    other = aliased(TicketRow)
    confined = select(other.number).where(
        other.number == MessageRow.ticket_number, other.number != TicketRow.number, other.team.in_(CONFINED)
    )
    return ~confined.correlate(MessageRow, TicketRow).exists() | (TicketRow.reason == EMERGENCY)


def _is_unseen() -> ColumnElement[bool]:
    return select(MessageRow.id).where(*_unseen()).correlate(TicketRow).exists()


def is_urgent_news() -> ColumnElement[bool]:
    """True for a ticket that cannot wait, that somebody has seen, and whose user wrote again."""
    return TicketRow.priority.in_(URGENT) & (TicketRow.seen_number > 0) & _is_unseen()


def is_alone() -> ColumnElement[bool]:
    """True for an emergency that nobody has, or whose user wrote what nobody has seen."""
    return (
        (TicketRow.reason == EMERGENCY) & TicketRow.status.not_in(DONE) & (TicketRow.owner_id.is_(None) | _is_unseen())
    )


def of_tickets(db: Session, numbers: Collection[int]) -> Mapping[int, News]:
    """What nobody has seen yet on these tickets; one that has nothing new is not named."""
    found = select(TicketRow.number, func.count(MessageRow.id), func.max(MessageRow.at), TicketRow.seen_number)
    found = found.join(MessageRow, MessageRow.conversation_id == TicketRow.conversation_id)
    found = found.where(TicketRow.number.in_(numbers), *_unseen()).group_by(TicketRow.number)
    return {number: News(lines, last, seen == 0) for number, lines, last, seen in db.execute(found)}


def urgent(db: Session, teams: Collection[str]) -> list[int]:
    """The tickets of these teams that cannot wait and whose users wrote again, by number."""
    found = select(TicketRow.number).where(TicketRow.team.in_(teams), is_urgent_news())
    return list(db.scalars(found.order_by(TicketRow.number)))


def seen(work: UnitOfWork, ticket: int, line: int) -> None:
    """One of our people has seen every line up to this one; it never goes back."""
    fresh = (TicketRow.number == ticket, TicketRow.seen_number < line)
    work.db.execute(update(TicketRow).where(*fresh).values(seen_number=line))
    publish(work.db, "desk")
