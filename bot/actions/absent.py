"""Whoever left the chat is told by one short letter that an answer waits there (decision O27)."""

from datetime import datetime

from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.units import Resting, Work
from bot.actions.ways import MAIL
from bot.outbound import AnswerWaiting, Place
from bot.storage import conversations, outbox, tickets, unread
from bot.storage.tables import ConversationRow, UnreadRow
from handoff import kinds, notices, reach
from handoff.events import LetterSent
from handoff.ticket import CLOCK, Event, Ticket


def _next_waiting(db: Session, _deps: Deps, now: datetime, resting: Resting) -> int | None:
    return unread.next_due(db, now, resting)


def _tell_absent(deps: Deps, message_id: int, now: datetime) -> None:
    """Settle one answer that has waited long enough: it was read, or a letter goes."""
    with deps.sessions.begin() as db:
        waiting = unread.still_due(db, message_id, now)
        if waiting is None:
            return
        row = conversations.lock(db, waiting.conversation_id)
        ticket = _ticket(db, row)
        how = _how(db, deps, row, waiting)
        later = reach.may_send(deps.policy, ticket, conversations.memory_of(row).user.zone, now)
        if how == "letter" and later > now:
            unread.put_off(db, waiting.message_id, later)
        elif unread.settle(db, waiting.message_id, how, now) and how == "letter":
            unread.settle_all(db, row.id, "together", now)
            _put_letter(db, deps, row, waiting, ticket, now)


ABSENT = Work("answer_waiting", _next_waiting, _tell_absent)


def _how(db: Session, deps: Deps, row: ConversationRow, waiting: UnreadRow) -> str:
    """Read already; or why no letter goes; or a letter."""
    if row.read_number >= waiting.number:
        return "read"
    if not deps.mail or not reach.address_of(conversations.memory_of(row).user):
        return "no_address"
    return "off" if unread.letters_off(db, row.user_id) else "letter"


def _ticket(db: Session, row: ConversationRow) -> Ticket | None:
    found = tickets.get(db, row.ticket_number) if row.ticket_number else None
    return tickets.ticket_of(found) if found else None


def _put_letter(
    db: Session, deps: Deps, row: ConversationRow, waiting: UnreadRow, ticket: Ticket | None, now: datetime
) -> None:
    """No word of the answer, of the request or of the person: only that there is one, and where."""
    danger = ticket is not None and kinds.kind_name(deps.policy, ticket) == "emergency"
    care = kinds.care(deps.policy, ticket) if ticket is not None and danger else ""
    text = notices.fill("answer_waiting", {"link": deps.chat_url or deps.base_url, "care": care})
    address = reach.address_of(conversations.memory_of(row).user)
    letter = AnswerWaiting(
        to=Place(address=address),
        subject=text.subject,
        text=text.body,
        conversation=row.public_id,
        number=waiting.number,
    )
    outbox.put(db, MAIL, address, letter, now, ticket_number=row.ticket_number, message_id=waiting.message_id)
    tickets.record(
        db,
        [Event(LetterSent(waiting.number), CLOCK, now)],
        conversation_id=row.id,
        number=row.ticket_number,
    )
