"""Mails that people must read and that nobody is answered for: each is words on a ticket, and nothing is sent by itself."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import func, select

from bot.actions.deps import Deps
from bot.actions.outcome import apply
from bot.actions.ticket_notices import keep_and_tell
from bot.actions.transaction import Transaction, transaction
from bot.channels.email import CHANNEL
from bot.channels.email.parse import Mail
from bot.channels.email.texts import load_email_words
from bot.dialogue.conversation import Outcome
from bot.storage import conversations, idempotency, tickets
from bot.storage.conversations import Line
from bot.storage.tables import ConversationRow
from bot.understanding.intents.intent_file import Intent
from bot.understanding.intents.names import EMERGENCY, UNKNOWN
from bot.understanding.reading import OPENS_MATTER, Reading
from handoff import desk
from handoff.events import MailNotAnswered
from handoff.ticket import CLOCK, Event, Request, User

NOT_PROVEN, NO_ADDRESS, STRANGERS = "not_proven", "no_address", "too_many_strangers"
FLAGS = {NOT_PROVEN: "sender_not_proven", NO_ADDRESS: "sender_not_readable", STRANGERS: "many_strangers"}
SET_ASIDE = "set_aside"
"""The flag of a mail that would not be answered by itself, and in which danger was heard."""
MOST_AN_HOUR = 20
"""So many tickets of mails whose sender is not proven or not readable; further ones stand together on one ticket."""
MOST_ON_ONE = 300
SUMMARY = 120
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Unanswered:
    """A mail that nobody is answered for, what is read of it, and why; the quiet conversation that it belongs to, or the
    ticket before."""

    mail: Mail
    words: str
    why: str
    place: str | None = None
    previous: int | None = None


def put_before_people(deps: Deps, unanswered: Unanswered, now: datetime) -> ConversationRow | None:
    """The mail on a ticket, without an answer to anybody; the conversation that it stands in. Nothing when it stands on one
    already, or when there is no room any more."""
    mail, why, place = unanswered.mail, unanswered.why, unanswered.place
    reading = deps.assistant().read(unanswered.words)
    with transaction(deps, now) as tx:
        if not idempotency.is_new_delivery(tx, f"mail:{mail.key}"):
            return None
        known = conversations.by_public_id(tx.db, place, for_update=True) if place is not None else None
        row = known or _place(tx, mail, why)
        tickets.record(tx.db, [Event(MailNotAnswered(why), CLOCK, now)], conversation_id=row.id)
        if row.last_number >= MOST_ON_ONE:
            return None
        _add(tx, row, unanswered, reading)
        return row


def _add(tx: Transaction, row: ConversationRow, unanswered: Unanswered, reading: Reading) -> None:
    """The words as a line of the conversation; then its ticket, or news for it."""
    mail, words = unanswered.mail, unanswered.words
    memory = conversations.memory_of(row)
    author = " ".join(part for part in (mail.name, f"<{mail.answer_to}>" if mail.answer_to else "") if part)
    stored = conversations.append(tx, row, Line("user", author, words or mail.subject, visible_to_user=True))
    heard = tuple(dict.fromkeys([*reading.signals, *(("emergency",) if reading.decision == "emergency" else ())]))
    new = tuple(signal for signal in heard if signal not in memory.signals)
    memory = replace(memory, signals=(*memory.signals, *new), words=(*memory.words, words)[-12:])
    if row.ticket_number is None:
        conversations.keep_memory(row, memory)
        _open_ticket(tx, row, unanswered, reading)
    else:
        outcome = Outcome(memory, for_ticket=True, new_signals=new)
        apply(tx, row, outcome, message=stored)


def _open_ticket(tx: Transaction, row: ConversationRow, unanswered: Unanswered, reading: Reading) -> None:
    memory = conversations.memory_of(row)
    intent = _intent(tx.deps, reading) if not _is_pile(row) else tx.deps.assistant().script.catalog.intents[UNKNOWN]
    request = Request(
        conversation_id=row.id,
        channel=CHANNEL,
        user=memory.user,
        issue=intent.id,
        title=intent.title,
        summary=_summary(tx.deps, row, reading, intent),
        reason="emergency" if "emergency" in memory.signals else "not_in_known_issues",
        starts_at=intent.priority,
        team=intent.team,
        signals=memory.signals,
        flags=(*intent.flags, FLAGS.get(STRANGERS if _is_pile(row) else unanswered.why, SET_ASIDE)),
        language=reading.heard.language,
        previous=unanswered.previous,
    )
    number = tickets.next_number(tx.db)
    handled = desk.open_ticket(tx.policy, number, request, tx.now)
    conversations.keep_memory(row, replace(memory, ticket=number, issue=intent.id, state="with_support"))
    keep_and_tell(tx, row, handled)


def _intent(deps: Deps, reading: Reading) -> Intent:
    """What the mail is about where that is certain; else it is for people to find out."""
    intents = deps.assistant().script.catalog.intents
    if reading.decision == "emergency":
        return intents[EMERGENCY]
    return intents[reading.issue if reading.sure and reading.decision in OPENS_MATTER else UNKNOWN]


def _summary(deps: Deps, row: ConversationRow, reading: Reading, intent: Intent) -> str:
    if _is_pile(row):
        return load_email_words().texts["many_strangers"]
    told = reading.text if reading.decision == "emergency" else deps.assistant().script.excerpt(reading.text)
    return " ".join(told.split())[:SUMMARY].strip() or intent.title


def _place(tx: Transaction, mail: Mail, why: str) -> ConversationRow:
    """Where the words stand: never in a conversation of the person that the mail says it is from."""
    user = _user(mail) if why != STRANGERS and not _many(tx) else _of_pile(tx.now)
    row = conversations.lock_open(tx.db, user.id, CHANNEL, user.email)
    if row is not None:
        return row
    thread = {"in_reply_to": mail.message_id, "references": " ".join(mail.parents)}
    address = {"address": user.email, "quiet": True, **(thread if user.email else {})}
    return conversations.open_one(tx, user, CHANNEL, address)


def _user(mail: Mail) -> User:
    """Somebody of this mail alone, or the unproven one of its address."""
    if not mail.address:
        return User(id=f"unread:{mail.key}", name=mail.name)
    return User(id=f"unproven:{sha256(mail.answer_to.encode()).hexdigest()[:40]}", name=mail.name, email=mail.answer_to)


def _of_pile(now: datetime) -> User:
    return User(id=f"pile:{now:%Y-%m-%dT%H}")


def _is_pile(row: ConversationRow) -> bool:
    return row.user_id.startswith("pile:")


def _many(tx: Transaction) -> bool:
    quiet = ConversationRow.user_id.like("unproven:%") | ConversationRow.user_id.like("unread:%")
    opened = select(func.count()).select_from(ConversationRow)
    opened = opened.where(ConversationRow.channel == CHANNEL, quiet, ConversationRow.opened_at > tx.now - HOUR)
    return (tx.db.scalar(opened) or 0) >= MOST_AN_HOUR
