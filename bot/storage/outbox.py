"""Messages for the world outside: written with what caused them, leased, sent, marked; in order per address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import uniform
from typing import Any

from cryptography.fernet import InvalidToken
from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased, defer

from bot import outbound
from bot.outbound import Outbound, SendFailed, UserMessage
from bot.storage.changes import publish
from bot.storage.database import Sessions, claimed
from bot.storage.tables import ConversationRow, MessageRow, OutboxRow, TicketRow
from bot.storage.tables.work import DEAD, DISMISSED, SENT, WAITING
from bot.storage.unit_of_work import UnitOfWork
from handoff.policy.names import URGENT

LEASE = timedelta(seconds=60)
LONGEST_LEASE = 2 * LEASE
"""A lease that ends later was given by a clock that has been set back since; what nobody has tried yet is due whatever it says."""
PAUSES = (1, 2, 4, 8, 15, 30, 60, 120, 300, 600, 1800, 3600)
"""Seconds after the first failed try, the second, and so on: somebody waits for an answer, so it begins with seconds."""
MOST_TRIES = 48
"""About a day and a half."""
MOST_REFUSED = 10
"""Some ten minutes, for a refusal that we do not know."""
MOST_RAISED = 6
"""A row that makes our own code raise will hardly go better: after half a minute it no longer holds up those behind it."""
MEND_PAUSE = 30
MOST_TO_MEND = 10_000
"""Some three days and a half for people to mend what is broken, looked at every half minute."""
BATCH = 20
WITHOUT_CONTENT = defer(OutboxRow.payload)
"""What is only listed is not decrypted: one that cannot be read would hide all the others."""
UNREADABLE = "unreadable"


def put(
    work: UnitOfWork,
    channel: str,
    address: str,
    message: Outbound,
    *,
    ticket_number: int | None = None,
    message_id: int | None = None,
) -> OutboxRow:
    """A message to be sent after this transaction commits."""
    row = OutboxRow(
        channel=channel,
        address=address,
        kind=message.kind,
        payload=outbound.written(message),
        due_at=work.now,
        leased_until=work.now,
        made_at=work.now,
        ticket_number=ticket_number,
        message_id=message_id,
    )
    work.db.add(row)
    work.db.flush()
    publish(work.db, "outbox")
    return row


def put_line(work: UnitOfWork, row: ConversationRow, message: MessageRow, ticket_number: int | None = None) -> None:
    """A line of a transcript to the conversation's address, by its channel. Where the address is empty the transcript is the
    delivery: the user reads it there."""
    if row.address:
        line = UserMessage(message=message.id, to=outbound.place_of(row.address))
        put(work, row.channel, line.to.address, line, ticket_number=ticket_number, message_id=message.id)


@dataclass(frozen=True)
class Lane:
    """Some of the ways out, which are sent one after another: these ways, or with `but` all but these."""

    ways: frozenset[str] = frozenset()
    but: bool = True

    def has(self, way: str) -> bool:
        """True for a way of this lane."""
        return (way in self.ways) != self.but

    def is_of_row(self) -> ColumnElement[bool]:
        """The same, asked of a row."""
        return OutboxRow.channel.not_in(self.ways) if self.but else OutboxRow.channel.in_(self.ways)


EVERY_WAY = Lane()


def _sendable(work: UnitOfWork) -> tuple[ColumnElement[bool], ...]:
    """Due and leased to nobody; and another condition: no earlier one for the same address is unsent."""
    earlier = aliased(OutboxRow)
    blocked = exists().where(
        and_(
            earlier.address == OutboxRow.address,
            earlier.channel == OutboxRow.channel,
            earlier.state == WAITING,
            earlier.id < OutboxRow.id,
        )
    )
    due = or_(OutboxRow.due_at <= work.now, OutboxRow.due_at == OutboxRow.made_at)
    unleased = or_(OutboxRow.leased_until <= work.now, OutboxRow.leased_until > work.now + LONGEST_LEASE)
    return (OutboxRow.state == WAITING, due, or_(unleased, OutboxRow.leased_until == OutboxRow.made_at), ~blocked)


def ways_due(work: UnitOfWork) -> set[str]:
    """The ways by which something can be sent now."""
    return set(work.db.scalars(select(OutboxRow.channel).where(*_sendable(work)).distinct()))


def claim(work: UnitOfWork, lane: Lane = EVERY_WAY) -> list[OutboxRow]:
    """Rows to send now by these ways, leased to the caller alone, what cannot wait before the rest; none while an earlier one for
    the same address is unsent."""
    *free, in_turn = _sendable(work)
    priority = select(TicketRow.priority).where(TicketRow.number == OutboxRow.ticket_number).scalar_subquery()
    urgency = case(*((priority == name, place) for place, name in enumerate(URGENT)), else_=len(URGENT))
    ids = work.db.scalars(
        select(OutboxRow.id)
        .where(*free, in_turn, lane.is_of_row())
        .order_by(urgency, OutboxRow.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    if not ids:
        return []
    take = update(OutboxRow).where(OutboxRow.id.in_(ids), *free)  # the condition again: SQLite ignores FOR UPDATE
    leased = take.values(leased_until=work.now + LEASE, attempts=OutboxRow.attempts + 1).returning(OutboxRow.id)
    mine = set(work.db.scalars(leased, execution_options={"synchronize_session": False}))
    return [row for row_id in ids if row_id in mine and (row := _read(work, row_id)) is not None]


def _read(work: UnitOfWork, row_id: int) -> OutboxRow | None:
    """The row; None for one that cannot be decrypted, which waits for the right key and holds up nobody else."""
    try:
        return work.db.get_one(OutboxRow, row_id, populate_existing=True)
    except (InvalidToken, ValueError):
        failed(work, row_id, SendFailed(UNREADABLE, mend="way"))
        return None


def still_ours(sessions: Sessions, row: OutboxRow, now: datetime) -> bool:
    """Looked at again before each send: True while at least half of the lease is left, or where it could be renewed; False when
    somebody else may have the row by now."""
    if row.leased_until - now >= LEASE / 2:
        return True
    renewed = update(OutboxRow).values(leased_until=now + LEASE).where(OutboxRow.id == row.id)
    with sessions.begin() as db:
        return claimed(db, renewed.where(OutboxRow.state == WAITING, OutboxRow.leased_until == row.leased_until))


def sent(work: UnitOfWork, row_id: int, external_id: str) -> None:
    """The message has arrived."""
    work.db.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id)
        .values(state=SENT, sent_at=work.now, external_id=external_id, last_error=None, to_mend=False)
    )


def failed(work: UnitOfWork, row_id: int, failure: SendFailed, most: int = MOST_TRIES) -> bool:
    """The message has not arrived: a later try, or the dead letters. True when it is dead. A wait is not a try. What is to
    be mended by people is tried again every half minute for days."""
    attempts = work.db.scalars(select(OutboxRow.attempts).where(OutboxRow.id == row_id)).one() - (not failure.tried)
    mend = bool(failure.mend)
    dead = failure.permanent or attempts >= (MOST_TO_MEND if mend else most)
    pause = failure.retry_after if failure.retry_after is not None else PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]
    if mend:
        pause = MEND_PAUSE
    at = work.now + timedelta(seconds=pause * uniform(1.0, 1.2))  # noqa: S311 - jitter, not a secret
    state = DEAD if dead else WAITING
    put_back = update(OutboxRow).where(OutboxRow.id == row_id, OutboxRow.state == WAITING)
    values = {"state": state, "attempts": attempts, "last_error": failure.code[:100], "to_mend": mend and not dead}
    return claimed(work.db, put_back.values(**values, due_at=at, leased_until=at)) and dead


def came_back(work: UnitOfWork, row_id: int, error: str) -> None:
    """The message was sent, and did not reach anybody: a dead letter, whatever stood of it before."""
    values = {"state": DEAD, "last_error": error[:100], "to_mend": False, "due_at": work.now, "leased_until": work.now}
    claimed(
        work.db, update(OutboxRow).where(OutboxRow.id == row_id, OutboxRow.state.in_((SENT, WAITING))).values(**values)
    )


@dataclass(frozen=True)
class Fault:
    """Something that people must mend, and what waits for it or died of it."""

    channel: str
    error: str
    rows: int
    since: datetime


def faults(db: Session) -> list[Fault]:
    """Everything that is to be mended, the oldest first."""
    counted = select(OutboxRow.channel, OutboxRow.last_error, func.count(), func.min(OutboxRow.made_at))
    waiting = counted.where(OutboxRow.state == WAITING, OutboxRow.to_mend)
    rows = db.execute(waiting.group_by(OutboxRow.channel, OutboxRow.last_error)).all()
    return sorted((Fault(way, error or "", n, since) for way, error, n, since in rows), key=lambda fault: fault.since)


def send_again(work: UnitOfWork, row_id: int) -> OutboxRow | None:
    """Let a dead letter be tried now; None when it is none any more. The count begins at one, not at nothing: an earlier
    try may have arrived, and the sender must look for it."""
    return _settle(work.db, row_id, state=WAITING, attempts=1, due_at=work.now, leased_until=work.now)


def dismiss(db: Session, row_id: int) -> OutboxRow | None:
    """Somebody has seen to it otherwise; None when it is no dead letter any more."""
    return _settle(db, row_id, state=DISMISSED)


def _settle(db: Session, row_id: int, **values: object) -> OutboxRow | None:
    mine = update(OutboxRow).where(OutboxRow.id == row_id, OutboxRow.state == DEAD).values(**values)
    if not claimed(db, mine):
        return None
    publish(db, "outbox")
    return db.get_one(OutboxRow, row_id, options=[WITHOUT_CONTENT])


def backlog(db: Session) -> dict[str, int]:
    """How many rows are in each state."""
    counted = db.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state)).all()
    return dict(counted)


def dead_letters(db: Session, limit: int = 200) -> list[OutboxRow]:
    """What could not be delivered, newest first; its content is left where it is."""
    dead = select(OutboxRow).where(OutboxRow.state == DEAD).options(WITHOUT_CONTENT)
    return list(db.scalars(dead.order_by(OutboxRow.id.desc()).limit(limit)))


def dead_letters_of(db: Session, teams: Collection[str], limit: int, offset: int = 0) -> list[OutboxRow]:
    """What could not be delivered about these teams' tickets or about none, newest first; its content is left where it is."""
    dead = _dead_of(select(OutboxRow), teams).options(WITHOUT_CONTENT)
    return list(db.scalars(dead.order_by(OutboxRow.id.desc()).limit(limit).offset(offset)))


def count_dead_of(db: Session, teams: Collection[str]) -> int:
    """How many those are."""
    return int(db.scalars(_dead_of(select(func.count(OutboxRow.id)), teams)).one())


def dead_alike(db: Session, teams: Collection[str]) -> list[Fault]:
    """The faults of which several of these died, each with how many, the most first."""
    how_many = func.count(OutboxRow.id)
    counted = select(OutboxRow.channel, OutboxRow.last_error, how_many, func.min(OutboxRow.made_at))
    alike = counted.where(OutboxRow.id.in_(_dead_of(select(OutboxRow.id), teams)))
    alike = alike.group_by(OutboxRow.channel, OutboxRow.last_error).having(how_many > 1).order_by(how_many.desc())
    return [Fault(way, error or "", n, since) for way, error, n, since in db.execute(alike).all()]


def dead_of_fault(db: Session, channel: str, error: str, teams: Collection[str]) -> list[int]:
    """Those that died of one fault, the oldest first."""
    same = (OutboxRow.channel == channel, func.coalesce(OutboxRow.last_error, "") == error)
    return list(db.scalars(_dead_of(select(OutboxRow.id), teams).where(*same).order_by(OutboxRow.id)))


def _dead_of(what: Select[Any], teams: Collection[str]) -> Select[Any]:
    whole = what.select_from(OutboxRow).join(TicketRow, TicketRow.number == OutboxRow.ticket_number, isouter=True)
    return whole.where(OutboxRow.state == DEAD, or_(TicketRow.number.is_(None), TicketRow.team.in_(teams)))
