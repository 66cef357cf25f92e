"""Whoever left the chat is told by one short letter that an answer waits there (decision O27)."""

from sqlalchemy.orm import Session

from bot.actions.transaction import Transaction
from bot.actions.units import Resting, Work
from bot.actions.ways import MAIL
from bot.outbound import AnswerWaiting, Place
from bot.storage import conversations, outbox, tickets, unread
from bot.storage.tables import ConversationRow, UnreadRow
from handoff import kinds, notices, reach
from handoff.events import LetterSent
from handoff.ticket import CLOCK, Event, Ticket


def _next_waiting(tx: Transaction, resting: Resting) -> int | None:
    return unread.next_due(tx, resting)


def _tell_absent(tx: Transaction, message_id: int) -> None:
    """Settle one answer that has waited long enough: it was read, or a letter goes."""
    waiting = unread.still_due(tx, message_id)
    if waiting is None:
        return
    row = conversations.lock(tx.db, waiting.conversation_id)
    ticket = _ticket(tx.db, row)
    needless = _needless(tx, row, waiting)
    later = reach.may_send(tx.policy, ticket, conversations.memory_of(row).user.zone, tx.now)
    if needless:
        unread.settle(tx, waiting.message_id, needless)
    elif later > tx.now:
        unread.put_off(tx.db, waiting.message_id, later)
    else:
        no_news = unread.kinds(tx.db, row.id) <= set(tx.policy.reach.no_news)
        if unread.settle(tx, waiting.message_id, "letter"):
            unread.settle_all(tx, row.id, "together")
            _queue_letter(tx, row, waiting, ticket, no_news=no_news)


ABSENT = Work("answer_waiting", _next_waiting, _tell_absent)


def _needless(tx: Transaction, row: ConversationRow, waiting: UnreadRow) -> str:
    """Why no letter goes; empty when one does."""
    if row.read_number >= waiting.number:
        return "read"
    if not tx.deps.mail or not reach.address_of(conversations.memory_of(row).user):
        return "no_address"
    return "off" if unread.letters_off(tx.db, row.user_id) else ""


def _ticket(db: Session, row: ConversationRow) -> Ticket | None:
    found = tickets.get(db, row.ticket_number) if row.ticket_number else None
    return tickets.ticket_of(found) if found else None


def _next_update(tx: Transaction, ticket: Ticket | None) -> str:
    if ticket is None or not ticket.is_open:
        return ""
    home = tx.policy.hours.zone
    return notices.clock_time(notices.promised_at(tx.policy, ticket), ticket.request.user.zone, home)


def _queue_letter(
    tx: Transaction, row: ConversationRow, waiting: UnreadRow, ticket: Ticket | None, *, no_news: bool
) -> None:
    """No word of the answer, of the request or of the person: only that there is one, or none yet, and where."""
    danger = ticket is not None and kinds.may_be_hurt(tx.policy, ticket)
    care = kinds.care(tx.policy, ticket) if ticket is not None and danger else ""
    link = tx.deps.chat_url or tx.deps.base_url
    facts = {"link": link, "care": care, "no_news": no_news, "next_update": _next_update(tx, ticket)}
    text = notices.fill("answer_waiting", facts)
    address = reach.address_of(conversations.memory_of(row).user)
    letter = AnswerWaiting(
        to=Place(address=address),
        subject=text.subject,
        text=text.body,
        conversation=row.public_id,
        number=waiting.number,
    )
    outbox.put(tx, MAIL, address, letter, ticket_number=row.ticket_number, message_id=waiting.message_id)
    tickets.record(
        tx.db,
        [Event(LetterSent(waiting.number), CLOCK, tx.now)],
        conversation_id=row.id,
        number=row.ticket_number,
    )
