"""Answers that a user of the chat may not have seen: watched from the moment they are said, settled once."""

from collections.abc import Collection
from datetime import datetime

from cryptography.fernet import InvalidToken
from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.orm import Session

from bot.storage.database import claimed, insert_new
from bot.storage.tables import ConversationRow, LettersOffRow, MessageRow, OutboxRow, UnreadRow
from bot.storage.tables.work import SENT, WAITING
from bot.storage.unit_of_work import UnitOfWork
from handoff.policy.model import Policy


def watch(work: UnitOfWork, policy: Policy, row: ConversationRow, message: MessageRow) -> None:
    """Look after a while whether the user has read this line, where the transcript is the delivery."""
    if row.address:
        return
    due = work.now + policy.reach.unread_for
    work.db.add(UnreadRow(message_id=message.id, conversation_id=row.id, number=message.number, due_at=due))
    work.db.flush()


def next_due(work: UnitOfWork, resting: Select[int]) -> int | None:
    """The first answer whose time to be read is over, by its message."""
    waiting = select(UnreadRow.message_id).where(*_due(work.now), UnreadRow.message_id.not_in(resting))
    return work.db.scalars(waiting.order_by(UnreadRow.due_at, UnreadRow.message_id).limit(1)).first()


def still_due(work: UnitOfWork, message_id: int) -> UnreadRow | None:
    """This answer, unless it was settled or put off meanwhile."""
    return work.db.scalars(select(UnreadRow).where(UnreadRow.message_id == message_id, *_due(work.now))).first()


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (UnreadRow.settled.is_(None), UnreadRow.due_at <= now)


def settle(work: UnitOfWork, message_id: int, how: str) -> bool:
    """Settle one answer; True for the caller who did it, False when it was settled before."""
    open_ = update(UnreadRow).where(UnreadRow.message_id == message_id, UnreadRow.settled.is_(None))
    return claimed(work.db, open_.values(settled=how, settled_at=work.now))


def kinds(db: Session, conversation_id: int) -> set[str]:
    """What kinds of lines wait to be read in a conversation."""
    waiting = select(MessageRow.kind).join(UnreadRow, UnreadRow.message_id == MessageRow.id)
    return set(db.scalars(waiting.where(UnreadRow.conversation_id == conversation_id, UnreadRow.settled.is_(None))))


def answers(db: Session, row: ConversationRow, no_news: Collection[str]) -> int:
    """How many answers the user has not read, whether they were told of them or not."""
    waiting = select(func.count()).select_from(UnreadRow).join(MessageRow, UnreadRow.message_id == MessageRow.id)
    theirs = (UnreadRow.conversation_id == row.id, UnreadRow.number > row.read_number)
    return db.scalar(waiting.where(*theirs, MessageRow.kind.not_in(no_news))) or 0


def last_letter(db: Session, row: ConversationRow, kind: str) -> OutboxRow | None:
    """The last letter of this kind about a line of the conversation that went out or is on its way, where nothing was read
    since; None where it cannot be read."""
    found = select(OutboxRow).join(MessageRow, OutboxRow.message_id == MessageRow.id)
    theirs = (MessageRow.conversation_id == row.id, MessageRow.number > row.read_number)
    found = found.where(OutboxRow.kind == kind, OutboxRow.state.in_((WAITING, SENT)), *theirs)
    try:
        return db.scalars(found.order_by(OutboxRow.id.desc()).limit(1)).first()
    except (InvalidToken, ValueError):
        return None


def settle_all(work: UnitOfWork, conversation_id: int, how: str) -> None:
    """The other answers of the conversation that wait: one letter tells of them all."""
    waiting = update(UnreadRow).where(UnreadRow.conversation_id == conversation_id, UnreadRow.settled.is_(None))
    work.db.execute(waiting.values(settled=how, settled_at=work.now))


def put_off(db: Session, message_id: int, until: datetime) -> None:
    """Look again later: the quiet hours are not over."""
    db.execute(update(UnreadRow).where(UnreadRow.message_id == message_id).values(due_at=until))


def letters_off(db: Session, user_id: str) -> bool:
    """True for a user who wants no such letters."""
    return db.get(LettersOffRow, user_id) is not None


def turn_letters(db: Session, user_id: str, *, on: bool, now: datetime) -> None:
    """No letters any more, or letters again; the same word twice is one."""
    if on:
        db.execute(delete(LettersOffRow).where(LettersOffRow.user_id == user_id))
        return
    db.execute(insert_new(db, LettersOffRow, user_id=user_id, at=now))
