"""The records that reports are made of: the event log, and of tickets and messages only what the log cannot say."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from bot.storage.news import DONE
from bot.storage.tables import ConversationRow, EventRow, MessageRow, OutboxRow, TicketRow
from bot.storage.tables.work import WAITING
from bot.storage.unit_of_work import UnitOfWork
from bot.understanding.intents.names import PERSON, UNKNOWN
from handoff.clock_history import Happened
from handoff.events import (
    ConversationClosed,
    Corrected,
    EmergencyHeard,
    HandoverBegun,
    IssueRaised,
    IssueSolved,
    Payload,
    Rated,
    read,
)
from handoff.policy.model import Policy
from handoff.policy.names import PRIORITIES, Priority
from handoff.report.figures import Records, Unclear, is_not_understood
from handoff.report.outcomes import Talk
from handoff.report.times import Answered
from handoff.ticket_events import (
    Closed,
    Escalated,
    InProgress,
    PriorityChanged,
    Resolved,
    StaffReplied,
    TicketOpened,
    Triaged,
    UserAnswered,
    WaitBegan,
)
from handoff.weeks import records_from, span_of, weeks_shown

OF_CONVERSATIONS = (
    *(IssueRaised, IssueSolved, HandoverBegun, EmergencyHeard, Corrected, ConversationClosed, Rated),
    *(TicketOpened, Resolved, Closed, InProgress, Escalated),
)
OF_TICKETS = (
    *(TicketOpened, Triaged, PriorityChanged, StaffReplied, WaitBegan, UserAnswered),
    *(Escalated, Resolved, InProgress, Closed),
)
Safe = Callable[[str], str]
"""Makes a user's words safe to show outside their conversation."""
FEWEST_LETTERS = 4
AT_ONCE = 500


def records(db: Session, policy: Policy, week: str, safe: Safe) -> Records:
    """What the report of this week reads; pages and review dates are added by who knows them."""
    span, first = span_of(policy, week), records_from(policy, week)
    line = span_of(policy, weeks_shown(policy, week)[0]).start
    recent = _is(OF_CONVERSATIONS) & (EventRow.at >= first)
    opened = (EventRow.kind == Triaged.kind) & (EventRow.at >= line)
    log = _events(db, select(EventRow).where(EventRow.at < span.end, or_(recent, opened)))
    tickets = _tickets(db, span.start, span.end)
    known = {event.conversation for event in log if event.conversation is not None}
    known |= {events[0].conversation for events in tickets.values() if events[0].conversation is not None}
    unclear = {e.conversation: e.at for e in log if is_not_understood(e) and span.has(e.at) and e.conversation}
    return Records(
        log=log,
        tickets=tickets,
        talks=_talks(db, known),
        issues=_issues(db, {event.ticket for event in log if event.ticket is not None}),
        answers=tuple(_answers(db, span.start, span.end)),
        unclear=tuple(_unclear(db, unclear, span.start, safe)),
    )


def _is(forms: tuple[type[Payload], ...]) -> ColumnElement[bool]:
    return EventRow.kind.in_([form.kind for form in forms])


def _events(db: Session, found: Select[EventRow]) -> tuple[Happened, ...]:
    return tuple(
        Happened(read(row.kind, row.data), row.at, row.conversation_id, row.ticket_number)
        for row in db.scalars(found.order_by(EventRow.id))
    )


def _tickets(db: Session, start: datetime, end: datetime) -> dict[int, tuple[Happened, ...]]:
    """The whole log of every ticket that was opened before `end` and was not over before `start`."""
    not_over = or_(TicketRow.resolved_at.is_(None), TicketRow.resolved_at >= start)
    numbers = select(TicketRow.number).where(TicketRow.opened_at < end, not_over)
    found = select(EventRow).where(EventRow.ticket_number.in_(numbers), _is(OF_TICKETS))
    logs: dict[int, list[Happened]] = defaultdict(list)
    for event in _events(db, found):
        if event.ticket is not None:
            logs[event.ticket].append(event)
    return {number: tuple(events) for number, events in logs.items() if isinstance(events[0].payload, TicketOpened)}


def _talks(db: Session, ids: Iterable[int]) -> dict[int, Talk]:
    talks: dict[int, Talk] = {}
    for part in _parts(sorted(ids)):
        found = select(ConversationRow.id, ConversationRow.user_id, ConversationRow.channel)
        for number, user, channel in db.execute(found.where(ConversationRow.id.in_(part))):
            talks[number] = Talk(user, channel)
    return talks


def _issues(db: Session, numbers: Iterable[int]) -> dict[int, str]:
    issues: dict[int, str] = {}
    for part in _parts(sorted(numbers)):
        found = db.execute(select(TicketRow.number, TicketRow.issue).where(TicketRow.number.in_(part)))
        issues.update((row.number, row.issue) for row in found)
    return issues


def _parts(ids: list[int]) -> Iterable[list[int]]:
    return (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))


def _answers(db: Session, start: datetime, end: datetime) -> Iterable[Answered]:
    """First question and first answer of each conversation; outside the app an answer counts when it was delivered."""
    asked = (
        select(MessageRow.conversation_id, func.min(MessageRow.number).label("number"))
        .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
        .where(MessageRow.by_user, ConversationRow.opened_at < end, ConversationRow.last_at >= start)
        .group_by(MessageRow.conversation_id)
        .subquery()
    )
    question, answer = aliased(MessageRow), aliased(MessageRow)
    found = (
        select(question.at, answer.at, OutboxRow.sent_at)
        .join(asked, (question.conversation_id == asked.c.conversation_id) & (question.number == asked.c.number))
        .join(answer, (answer.conversation_id == question.conversation_id) & (answer.number == asked.c.number + 1))
        .outerjoin(OutboxRow, OutboxRow.message_id == answer.id)
        .where(answer.said_by == "bot", question.at >= start, question.at < end)
    )
    for at, said, sent in db.execute(found):
        yield Answered(at, sent or said)


def _unclear(db: Session, given_up: Mapping[int, datetime], start: datetime, safe: Safe) -> Iterable[Unclear]:
    """What was typed and not understood before the assistant gave up: the nearest issue, and words safe to show."""
    for part in _parts(sorted(given_up)):
        found = select(MessageRow).where(MessageRow.conversation_id.in_(part), MessageRow.by_user)
        for row in db.scalars(found.order_by(MessageRow.id)):
            reading = row.reading if start <= row.at <= given_up[row.conversation_id] else None
            if reading and not reading["sure"] and reading["decision"] in ("choose", "handoff"):
                near = reading["candidates"][0]["issue"]
                words = tuple(word for word in safe(row.body).lower().split() if _telling(word))
                yield Unclear("" if near in (UNKNOWN, PERSON) else near, words)


def _telling(word: str) -> bool:
    return len(word) >= FEWEST_LETTERS and word.isalpha()


def open_counts(work: UnitOfWork) -> tuple[dict[Priority, int], int]:
    """Open tickets by priority now, and how many of them are overdue."""
    open_now = TicketRow.status.not_in(DONE)
    counted = dict(
        work.db.execute(select(TicketRow.priority, func.count()).where(open_now).group_by(TicketRow.priority)).all()
    )
    late = work.db.scalar(select(func.count()).select_from(TicketRow).where(open_now, TicketRow.due_at < work.now))
    return {name: counted.get(name, 0) for name in PRIORITIES}, late or 0


def waiting_longest(work: UnitOfWork) -> timedelta:
    """How long the oldest unsent message has been waiting to be sent."""
    oldest = work.db.scalar(select(func.min(OutboxRow.made_at)).where(OutboxRow.state == WAITING))
    return max(timedelta(), work.now - oldest) if oldest else timedelta()
