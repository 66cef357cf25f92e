"""Whoever left the chat is told by one short letter that an answer waits there (decision O27)."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from bot import outbound
from bot.actions import localized_receipt
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
        letter = _letter(tx, row, waiting, ticket)
        again = _is_the_last(tx.db, row, letter)
        if unread.settle(tx, waiting.message_id, "told" if again else "letter"):
            unread.settle_all(tx, row.id, "together")
            if not again:
                _queue(tx, row, waiting, letter)


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


def _letter(tx: Transaction, row: ConversationRow, waiting: UnreadRow, ticket: Ticket | None) -> AnswerWaiting:
    """No word of the answer, of the request or of the person: only how many there are, or none yet, and where."""
    no_news = tx.policy.reach.no_news
    facts = {
        "link": tx.deps.chat_url or tx.deps.base_url,
        "care": kinds.care(tx.policy, ticket) if ticket is not None and kinds.may_be_hurt(tx.policy, ticket) else "",
        "no_news": unread.kinds(tx.db, row.id) <= set(no_news),
        "answers": unread.answers(tx.db, row, no_news),
        "next_update": _next_update(tx, ticket),
    }
    subject, body = _in_their_language(tx, ticket, facts) or _in_english(facts)
    to = Place(address=reach.address_of(conversations.memory_of(row).user))
    return AnswerWaiting(to=to, subject=subject, text=body, conversation=row.public_id, number=waiting.number)


def _in_english(facts: Mapping[str, object]) -> tuple[str, str]:
    text = notices.fill("answer_waiting", facts)
    return text.subject, text.body


def _in_their_language(tx: Transaction, ticket: Ticket | None, facts: Mapping[str, object]) -> tuple[str, str] | None:
    """None where we have no texts of it; and without a request that is open nothing can be told of it but in English."""
    no_news = bool(facts["no_news"])
    if ticket is None or (no_news and not ticket.is_open):
        return None
    lines = tx.deps.assistant().script.lines
    return localized_receipt.waits(tx.policy, lines, ticket, str(facts["link"]), no_news=no_news)


def _is_the_last(db: Session, row: ConversationRow, letter: AnswerWaiting) -> bool:
    """True where the last letter said the very same and nothing was read since: it still is true."""
    stored = unread.last_letter(db, row, letter.kind)
    last = outbound.read(stored.kind, stored.payload) if stored is not None else None
    if not isinstance(last, AnswerWaiting):
        return False
    return (last.to, last.subject, last.text) == (letter.to, letter.subject, letter.text)


def _queue(tx: Transaction, row: ConversationRow, waiting: UnreadRow, letter: AnswerWaiting) -> None:
    number = row.ticket_number
    outbox.put(tx, MAIL, letter.to.address, letter, ticket_number=number, message_id=waiting.message_id)
    tickets.record(tx.db, [Event(LetterSent(waiting.number), CLOCK, tx.now)], conversation_id=row.id, number=number)
