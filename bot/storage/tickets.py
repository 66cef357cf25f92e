"""Tickets and their events: rows <-> the handoff's values."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import Session

from bot.storage import deadlines, news, paging
from bot.storage.changes import publish
from bot.storage.news import DONE
from bot.storage.tables import ConversationRow, CounterRow, EventRow, MessageRow, PageRow, TicketRow
from bot.storage.unit_of_work import UnitOfWork
from handoff import events, sla
from handoff.policy.model import Policy
from handoff.policy.names import PRIORITIES
from handoff.ticket import Event, Ticket, TicketChange
from handoff.ticket_events import StaffReplied

_facts = TypeAdapter(Ticket)


def next_number(db: Session) -> int:
    """A ticket number that nobody else gets."""
    found = select(CounterRow).where(CounterRow.name == "ticket").with_for_update()
    counter = db.scalars(found, execution_options={"populate_existing": True}).one()
    counter.value += 1
    return counter.value


def ticket_of(row: TicketRow) -> Ticket:
    """The ticket as the handoff knows it."""
    return _facts.validate_python(row.facts)


def lock(db: Session, number: int) -> Ticket | None:
    """The ticket, held until the transaction ends."""
    found = select(TicketRow).where(TicketRow.number == number).with_for_update()
    row = db.scalars(
        found, execution_options={"populate_existing": True}
    ).first()  # what was read before the lock is stale
    return ticket_of(row) if row else None


def get(db: Session, number: int) -> TicketRow | None:
    """The row of a ticket."""
    return db.get(TicketRow, number)


def team_of(db: Session, number: int) -> str | None:
    """The team that has a ticket."""
    return db.scalar(select(TicketRow.team).where(TicketRow.number == number))


def of_conversation(db: Session, conversation_id: int) -> list[TicketRow]:
    """The tickets of this conversation, newest first."""
    found = select(TicketRow).where(TicketRow.conversation_id == conversation_id).order_by(TicketRow.number.desc())
    return list(db.scalars(found))


def save(work: UnitOfWork, policy: Policy, ticket: Ticket) -> TicketRow:
    """Store a ticket and bring its deadline rows up to date, in one go."""
    row = work.db.get(TicketRow, ticket.number)
    if row is None:
        row = TicketRow(
            number=ticket.number, conversation_id=ticket.request.conversation_id, opened_at=ticket.opened_at
        )
        work.db.add(row)
    due = sla.next_due(policy, ticket)
    row.status, row.priority, row.tier, row.team = ticket.status, ticket.priority, ticket.tier, ticket.team
    row.owner_id = ticket.owner.id if ticket.owner else None
    row.issue, row.reason = ticket.request.issue, ticket.reason
    row.due_at = due.due_at if due else None
    row.resolved_at = ticket.resolved_at
    row.facts = _facts.dump_python(ticket, mode="json")
    work.db.flush()
    deadlines.keep(work, policy, ticket)
    paging.keep(work, ticket)
    publish(work.db, "desk")
    return row


def keep(work: UnitOfWork, policy: Policy, handled: TicketChange) -> None:
    """Store what came of something that happened to a ticket: the ticket as it is now, and its events for good."""
    ticket = handled.ticket
    save(work, policy, ticket)
    record(work.db, handled.events, conversation_id=ticket.request.conversation_id, number=ticket.number)


def redate(work: UnitOfWork, policy: Policy, number: int) -> bool:
    """Bring what is due on an open ticket in line with changed settings; True when anything moved. Raises what reading raises."""
    ticket, row = lock(work.db, number), work.db.get(TicketRow, number)
    if ticket is None or row is None or not ticket.is_open:
        return False
    due = sla.next_due(policy, ticket)
    row.due_at = due.due_at if due else None
    moved = deadlines.keep(work, policy, ticket)
    publish(work.db, "desk")
    return moved


def open_numbers(db: Session) -> list[int]:
    """Every ticket that people still work on."""
    return list(db.scalars(select(TicketRow.number).where(TicketRow.status.not_in(DONE))))


def answered_by(db: Session, line: MessageRow) -> frozenset[str]:
    """Who of our people answered the user with this line, by the id behind the name, as the record says; nobody for other lines."""
    answered = select(EventRow.actor_id).where(
        EventRow.kind == StaffReplied.kind, EventRow.conversation_id == line.conversation_id, EventRow.at == line.at
    )
    return frozenset(db.scalars(answered)) if line.said_by == "staff" else frozenset()


def record(
    db: Session, happened: Iterable[Event], *, conversation_id: int | None = None, number: int | None = None
) -> None:
    """Put events on the record, for good."""
    for event in happened:
        db.add(
            EventRow(
                kind=event.payload.kind,
                conversation_id=conversation_id,
                ticket_number=number,
                actor_kind=event.actor.kind,
                actor_id=event.actor.id,
                at=event.at,
                data={"actor": event.actor.name, **events.written(event.payload)},
            )
        )
    db.flush()


def open_of_user(db: Session, user_id: str, limit: int, offset: int = 0) -> list[TicketRow]:
    """The user's own tickets that are not closed, newest first, so many of them."""
    found = _open_of(select(TicketRow), user_id).order_by(TicketRow.number.desc())
    return list(db.scalars(found.limit(limit).offset(offset)))


def count_open_of_user(db: Session, user_id: str) -> int:
    """How many tickets of the user are not closed."""
    return db.scalar(_open_of(select(func.count(TicketRow.number)), user_id)) or 0


def _open_of(what: Select[Any], user_id: str) -> Select[Any]:
    found = what.select_from(TicketRow).join(ConversationRow, ConversationRow.id == TicketRow.conversation_id)
    return found.where(ConversationRow.user_id == user_id, TicketRow.status != "closed")


def events_of(db: Session, number: int) -> list[EventRow]:
    """What happened to a ticket, in order."""
    return list(db.scalars(select(EventRow).where(EventRow.ticket_number == number).order_by(EventRow.id)))


@dataclass(frozen=True)
class Sought:
    """What tickets are looked for by, open or done: their issue, their owner, or a part of their user's id. All that users wrote,
    and their names, are encrypted, and so not looked through."""

    issues: Collection[str]
    owners: Collection[str]
    user: str

    def condition(self) -> ColumnElement[bool]:
        """True for a ticket that has any of them."""
        user = func.lower(ConversationRow.user_id).contains(self.user.lower(), autoescape=True)
        theirs = TicketRow.conversation_id.in_(select(ConversationRow.id).where(user))
        return or_(TicketRow.issue.in_(self.issues), TicketRow.owner_id.in_(self.owners), theirs)


@dataclass(frozen=True)
class Wanted:
    """Which tickets are listed: of these teams, of one owner, the resolved and closed ones instead of those that people work
    on, only those whom nobody has said that they are on; or all, open and done, that are sought."""

    teams: Collection[str] | None = None
    owner: str = ""
    over: bool = False
    called: bool = False
    sought: Sought | None = None

    def among(self, found: Select[Any]) -> Select[Any]:
        """What a person may see is chosen before anything is counted or cut."""
        if self.sought is not None:
            found = found.where(self.sought.condition())
        else:
            found = found.where(TicketRow.status.in_(DONE) if self.over else TicketRow.status.not_in(DONE))
        if self.teams is not None:
            found = found.where(TicketRow.team.in_(self.teams))
        if self.owner:
            found = found.where(TicketRow.owner_id == self.owner)
        if self.called:
            found = found.where(TicketRow.number.in_(select(PageRow.ticket_number).where(PageRow.next_at.is_not(None))))
        return found


def queue(db: Session, wanted: Wanted = Wanted(), *, limit: int = 200, offset: int = 0) -> list[TicketRow]:
    """The tickets that are wanted, most urgent first, and among these whom nobody is with in an emergency, then those whose users
    wrote again unseen; those that are over as they were finished, newest first."""
    urgency = case({name: n for n, name in enumerate(PRIORITIES)}, value=TicketRow.priority)
    written = case((news.is_alone(), 0), (news.is_urgent_news(), 1), else_=2)
    order: tuple[Any, ...] = (urgency, written, TicketRow.due_at, TicketRow.number)
    if wanted.sought is not None:
        order = (TicketRow.status.in_(DONE), TicketRow.number.desc())
    if wanted.over:
        order = (TicketRow.resolved_at.desc().nulls_last(), TicketRow.number.desc())
    return list(db.scalars(wanted.among(select(TicketRow)).order_by(*order).limit(limit).offset(offset)))


def count(db: Session, wanted: Wanted) -> int:
    """How many tickets `queue` would list without a limit."""
    return db.scalar(wanted.among(select(func.count(TicketRow.number)))) or 0


def open_counts(db: Session, teams: Collection[str]) -> dict[str, int]:
    """How many tickets each of these teams has open."""
    return {team: count(db, Wanted([team])) for team in teams}
