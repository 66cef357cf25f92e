"""Incidents and the conversations they affect: rows that are opened once, settled once, and told once each."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.storage.database import claimed, insert_new
from bot.storage.tables import ConversationRow, EventRow, IncidentMemberRow, IncidentRow, TicketRow
from bot.storage.unit_of_work import UnitOfWork
from handoff.events import IssueRaised, read

SUSPECTED, CONFIRMED, DISMISSED, OVER = "suspected", "confirmed", "dismissed", "over"
LIVE = (SUSPECTED, CONFIRMED)


def raised(db: Session, since: datetime, until: datetime) -> dict[str, dict[str, set[int]]]:
    """Issue -> user -> conversations that raised it within the time."""
    found: dict[str, dict[str, set[int]]] = {}
    rows = select(EventRow.data, EventRow.conversation_id, ConversationRow.user_id)
    rows = rows.join(ConversationRow, ConversationRow.id == EventRow.conversation_id)
    for data, conversation, user in db.execute(
        rows.where(EventRow.kind == IssueRaised.kind, EventRow.at >= since, EventRow.at < until)
    ):
        event = read(IssueRaised.kind, data)
        if isinstance(event, IssueRaised):
            found.setdefault(event.issue, {}).setdefault(user, set()).add(conversation)
    return found


def usual(work: UnitOfWork, issue: str, window: timedelta, weeks: int) -> float:
    """People with this issue in one window, as it was at this hour of the week and the hours beside it."""
    wide, counted = window + timedelta(hours=2), 0
    for week in range(1, weeks + 1):
        middle = work.now - timedelta(weeks=week)
        counted += len(raised(work.db, middle - wide / 2, middle + wide / 2).get(issue, {}))
    return counted / weeks * (window / wide)


def live(db: Session) -> list[IncidentRow]:
    """Suspected and confirmed incidents, oldest first."""
    return list(db.scalars(select(IncidentRow).where(IncidentRow.state.in_(LIVE)).order_by(IncidentRow.id)))


def newest(db: Session, limit: int, offset: int = 0) -> list[IncidentRow]:
    """So many incidents, newest first."""
    return list(db.scalars(select(IncidentRow).order_by(IncidentRow.id.desc()).limit(limit).offset(offset)))


def count(db: Session) -> int:
    """How many incidents there have been."""
    return db.scalar(select(func.count(IncidentRow.id))) or 0


def live_of(db: Session, issue: str) -> IncidentRow | None:
    """The incident about this issue that is suspected or confirmed."""
    return db.scalars(select(IncidentRow).where(IncidentRow.state.in_(LIVE), IncidentRow.issue == issue)).first()


def confirmed_issues(db: Session) -> frozenset[str]:
    """Issues that are known to be an incident now."""
    return frozenset(db.scalars(select(IncidentRow.issue).where(IncidentRow.state == CONFIRMED)))


def latest_of(db: Session, issue: str) -> IncidentRow | None:
    """The last incident about this issue, over or not."""
    found = select(IncidentRow).where(IncidentRow.issue == issue)
    return db.scalars(found.order_by(IncidentRow.id.desc()).limit(1)).first()


def over_since(db: Session, issue: str, since: datetime) -> datetime | None:
    """When the last confirmed incident about this issue ended, if that was within the time."""
    found = select(IncidentRow.over_at).where(
        IncidentRow.issue == issue, IncidentRow.state == OVER, IncidentRow.over_at >= since
    )
    return db.scalars(found.order_by(IncidentRow.over_at.desc()).limit(1)).first()


def dismissed_since(db: Session, issue: str, since: datetime) -> IncidentRow | None:
    """The last incident about this issue that was dismissed within the time."""
    found = select(IncidentRow).where(
        IncidentRow.issue == issue, IncidentRow.state == DISMISSED, IncidentRow.over_at >= since
    )
    return db.scalars(found.order_by(IncidentRow.id.desc()).limit(1)).first()


def open_one(work: UnitOfWork, issue: str, data: dict[str, Any]) -> int | None:
    """A new suspected incident; its id, or None when there is a live one about this issue."""
    new = insert_new(work.db, IncidentRow, issue=issue, state=SUSPECTED, opened_at=work.now, data=data)
    row = work.db.execute(new.returning(IncidentRow.id)).first()
    return int(row[0]) if row else None


def lock(db: Session, incident: int) -> IncidentRow | None:
    """The incident, held until the transaction ends."""
    found = select(IncidentRow).where(IncidentRow.id == incident).with_for_update()
    return db.scalars(found, execution_options={"populate_existing": True}).first()


def join(work: UnitOfWork, incident: int, conversations: Iterable[int], *, told: bool = False) -> None:
    """These conversations are affected; one that is already stays as it is, except that it may have been told now."""
    for conversation in conversations:
        values: dict[str, object] = {"incident_id": incident, "conversation_id": conversation, "joined_at": work.now}
        if told:
            values["told_of_at"] = work.now
        work.db.execute(insert_new(work.db, IncidentMemberRow, **values))
        if told:
            mine = (IncidentMemberRow.incident_id == incident, IncidentMemberRow.conversation_id == conversation)
            untold = update(IncidentMemberRow).where(*mine, IncidentMemberRow.told_of_at.is_(None))
            work.db.execute(untold.values(told_of_at=work.now))


def is_awaited(conversation: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """True for a conversation that is still to be told that an incident is over."""
    mine = IncidentMemberRow.conversation_id == conversation
    joined = select(IncidentMemberRow.conversation_id).join(
        IncidentRow, IncidentRow.id == IncidentMemberRow.incident_id
    )
    untold = and_(IncidentRow.state == OVER, IncidentMemberRow.told_over_at.is_(None))
    return joined.where(mine, or_(IncidentRow.state == CONFIRMED, untold)).exists()


def members(db: Session, incident: int) -> list[IncidentMemberRow]:
    """Everybody who is affected, in the order in which they came."""
    found = select(IncidentMemberRow).where(IncidentMemberRow.incident_id == incident)
    return list(db.scalars(found.order_by(IncidentMemberRow.joined_at, IncidentMemberRow.conversation_id)))


def tickets_of(db: Session, incident: IncidentRow) -> dict[int, tuple[int, str]]:
    """Conversation -> the latest ticket that the incident concerns, and its team. What somebody opened a ticket about besides is
    none of it."""
    found = select(TicketRow.conversation_id, TicketRow.number, TicketRow.team).join(
        IncidentMemberRow, IncidentMemberRow.conversation_id == TicketRow.conversation_id
    )
    mine = found.where(IncidentMemberRow.incident_id == incident.id, TicketRow.issue == incident.issue)
    return {talk: (number, team) for talk, number, team in db.execute(mine.order_by(TicketRow.number))}


def size(db: Session, incident: int) -> int:
    """How many conversations are affected."""
    return (
        db.scalar(select(func.count()).select_from(IncidentMemberRow).where(IncidentMemberRow.incident_id == incident))
        or 0
    )


def untold(db: Session, among: ColumnElement[bool]) -> tuple[IncidentMemberRow, IncidentRow] | None:
    """Somebody among these who is still to be told: of a confirmed incident, or that it is over."""
    of = _of_state(CONFIRMED, among, IncidentMemberRow.told_of_at.is_(None))
    unheard = (IncidentMemberRow.told_over_at.is_(None), IncidentMemberRow.told_of_at.is_not(None))
    row = db.execute(of).first() or db.execute(_of_state(OVER, among, *unheard)).first()
    return (row[0], row[1]) if row else None


def _of_state(state: str, *conditions: ColumnElement[bool]) -> Select[IncidentMemberRow, IncidentRow]:
    joined = select(IncidentMemberRow, IncidentRow).join(IncidentRow, IncidentRow.id == IncidentMemberRow.incident_id)
    return joined.where(IncidentRow.state == state, *conditions).limit(1)


def claim_telling(work: UnitOfWork, member: IncidentMemberRow, what: Literal["of", "over"]) -> bool:
    """True for the one caller who tells this member `of` the incident, or that it is `over`."""
    column = IncidentMemberRow.told_of_at if what == "of" else IncidentMemberRow.told_over_at
    mine = update(IncidentMemberRow).where(
        IncidentMemberRow.incident_id == member.incident_id,
        IncidentMemberRow.conversation_id == member.conversation_id,
        column.is_(None),
    )
    return claimed(work.db, mine.values({column: work.now}))


def quiet_since(db: Session, before: datetime) -> IncidentRow | None:
    """A suspected incident that nobody settled and that nobody has joined since."""
    lately = exists().where(IncidentMemberRow.incident_id == IncidentRow.id, IncidentMemberRow.joined_at > before)
    found = select(IncidentRow).where(IncidentRow.state == SUSPECTED, IncidentRow.opened_at <= before, ~lately)
    return db.scalars(found.limit(1)).first()


def of_conversation(db: Session, conversation: int) -> list[IncidentRow]:
    """The incidents that affect a conversation."""
    joined = select(IncidentRow).join(IncidentMemberRow, IncidentMemberRow.incident_id == IncidentRow.id)
    return list(db.scalars(joined.where(IncidentMemberRow.conversation_id == conversation).order_by(IncidentRow.id)))
