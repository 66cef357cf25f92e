"""One mail becomes a message of its conversation, or a ticket without an answer, or a note on the record why nobody is told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from bot.actions.attach import MOST_BYTES, FileRefused, attach, keep_beside
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, open_conversation, receive
from bot.actions.saying import send_to_channel
from bot.actions.transaction import transaction
from bot.channels.email.limits import MOST_AN_HOUR, repeats, too_many, too_many_strangers
from bot.channels.email.machine import BOUNCE, CALENDAR, LIST, PERHAPS
from bot.channels.email.mime_parts import File
from bot.channels.email.parse import MOST_CHARACTERS, Mail
from bot.channels.email.quiet import NO_ADDRESS, NOT_PROVEN, STRANGERS, put_before_people
from bot.channels.email.texts import load_email_words
from bot.channels.email.tokens import Tokens
from bot.dialogue.conversation import Source
from bot.dialogue.lines import fingerprint
from bot.storage import conversations, outbox, runs, tickets
from bot.storage.conversations import Line
from bot.storage.tables import ConversationRow, MessageRow, OutboxRow, ReceivedRow
from bot.storage.tables.work import DEAD
from bot.storage.unit_of_work import UnitOfWork
from bot.storage.wakeups import ring
from handoff import reach
from handoff.events import DeliveryFailed, MailNotAnswered
from handoff.ticket import BOT, CLOCK, Event, User

CHANNEL = "email"
LONGEST_ID = 200
FOR_PEOPLE = frozenset({LIST, PERHAPS, CALENDAR, "too_many", "repeats", "own_address", "unreadable"})
"""Not answered, yet somebody should look: a person may be behind it."""
ON_A_TICKET = frozenset({NOT_PROVEN, NO_ADDRESS, STRANGERS})
"""Not answered, and people have it on a ticket."""


@dataclass(frozen=True)
class Taken:
    """What became of a mail: answered, or why not; `unread` when words may be in it that we could not read."""

    silent: str = ""
    unread: bool = False

    @property
    def to_look_at(self) -> bool:
        """True when a person should look at the mail itself."""
        return self.unread or self.silent in FOR_PEOPLE | ON_A_TICKET


class Intake:
    """Takes mails in, each once."""

    def __init__(self, deps: Deps, tokens: Tokens, most_an_hour: int = MOST_AN_HOUR) -> None:
        self._deps, self._tokens, self._most_an_hour = deps, tokens, most_an_hour

    def take_in(self, mail: Mail, now: datetime) -> Taken:
        """Store the mail with everything that follows from it; the same mail again changes nothing."""
        mail = replace(mail, reply_to="") if not mail.address or self._tokens.is_ours(mail.reply_to) else mail
        with self._deps.sessions.begin() as db:
            place = self._conversation(db, mail)
            user = _user(mail, place)
            seen = db.get(ReceivedRow, f"mail:{mail.key}") is not None
            silent = mail.machine or ("" if seen else self._why_silent(db, mail, user, place, now))
            if silent and silent not in ON_A_TICKET:
                self._put_on_record(db, mail, silent, place, now)
                return Taken(silent)
            quiet = place is not None and bool(place.address.get("quiet"))
            address = {"address": mail.answer_to, "in_reply_to": mail.message_id, "references": " ".join(mail.parents)}
            if place is not None and place.channel == CHANNEL and not silent:
                place.address = {**address, "quiet": True} if quiet else address
            elif place is None and seen:
                return Taken()
            known = place.public_id if place else None
            number = place.ticket_number if place else None
        if silent or quiet:
            self._put_on_ticket(mail, silent or NOT_PROVEN, known if quiet else None, number, now)
            return Taken(silent, unread=bool(mail.unread))
        try:
            self._receive(mail, user, known, address, now)
        except LookupError:  # closed in the meantime
            self._receive(mail, _user(mail, None), None, address, now)
        return Taken(unread=bool(mail.unread))

    def _why_silent(self, db: Session, mail: Mail, user: User, place: ConversationRow | None, now: datetime) -> str:
        if self._tokens.outbox_ids(mail.message_id):
            return "loop"
        if not mail.address:
            return NO_ADDRESS
        if self._tokens.is_ours(mail.answer_to):
            return "own_address"
        if too_many(db, mail.answer_to, self._most_an_hour, now):
            return "too_many"
        if mail.proof == "failed":
            return NOT_PROVEN
        if repeats(db, user.id, mail.text):
            return "repeats"
        return STRANGERS if place is None and too_many_strangers(db, user.id, now) else ""

    def _conversation(self, db: Session, mail: Mail) -> ConversationRow | None:
        """By the signed word in our address, else by our own Message-ID, else the writer's open one; never by subject."""
        named = [found for address in mail.recipients if (found := self._tokens.conversation_of(address))]
        rows = [conversations.by_public_id(db, public_id, for_update=True) for public_id in named[:3]]
        for header in (*reversed(mail.parents), *mail.returned):
            rows += [self._of_outbox(db, outbox_id) for outbox_id in self._tokens.outbox_ids(header)]
        for row in rows:
            if row is not None and (mail.machine or (_may_write(mail, row) and row.closed_at is None)):
                return row
        return None if mail.machine else conversations.lock_open(db, _user(mail, None).id, CHANNEL, mail.answer_to)

    def _of_outbox(self, db: Session, outbox_id: int) -> ConversationRow | None:
        row = db.get(OutboxRow, outbox_id)
        message = db.get(MessageRow, row.message_id) if row and row.message_id else None
        return conversations.lock(db, message.conversation_id) if message else None

    def _put_on_record(self, db: Session, mail: Mail, why: str, place: ConversationRow | None, now: datetime) -> None:
        if not runs.first_seen(UnitOfWork(db, now), f"silent:{mail.key}"):
            return
        number = place.ticket_number if place else None
        events = [Event(MailNotAnswered(why), CLOCK, now)]
        came_back = [i for header in mail.returned for i in self._tokens.outbox_ids(header)] if why == BOUNCE else []
        for outbox_id in dict.fromkeys(came_back):
            row = db.get(OutboxRow, outbox_id)
            if row is None or row.state == DEAD:
                continue
            outbox.failed(UnitOfWork(db, now), outbox_id, "bounced", permanent=True)
            number = row.ticket_number or number
            events.append(Event(DeliveryFailed(outbox_id, CHANNEL, row.kind, "bounced"), CLOCK, now))
        tickets.record(db, events, conversation_id=place.id if place else None, number=number)
        ring(db, "desk")

    def _put_on_ticket(self, mail: Mail, why: str, place: str | None, number: int | None, now: datetime) -> None:
        text, rest = self._words(mail, place)
        previous = number if place is None else None
        row = put_before_people(self._deps, mail, text, why, now, place=place, previous=previous)
        if row is not None:
            user = User(id=row.user_id, name=mail.name)
            for number_of, file in enumerate(_files(mail, text, rest), 1):
                self._keep(row.public_id, user, file, f"{number_of}:{mail.key}", now)

    def _receive(self, mail: Mail, user: User, known: str | None, address: dict[str, str], now: datetime) -> None:
        text, rest = self._words(mail, known)
        if text or not mail.files:
            key = f"mail:{mail.key}"
            incoming = Incoming(user, CHANNEL, text or mail.subject, key=key, conversation=known, address=address)
            known = receive(self._deps, incoming, now).conversation.public_id
            self._hear_danger(rest, incoming, known, now)
        elif known is None:
            known = open_conversation(self._deps, user, CHANNEL, now, dict(address)).public_id
        for number, file in enumerate(_files(mail, text, rest), 1):
            self._file(known, user, file, bool(text), f"{number}:{mail.key}", now)
        if mail.unread:
            texts = load_email_words().texts
            source = Source("bot/channels/email/texts.yml", "unread", fingerprint(texts["unread"]))
            self._tell(known, f"mail:unread:{mail.key}", texts["unread"], source, now)

    def _words(self, mail: Mail, known: str | None) -> tuple[str, str]:
        """What is read at once, and what is left; a first mail often says in its subject what the matter is, that of a reply
        is ours."""
        text = mail.text
        if known is None and not mail.is_reply and mail.subject and mail.subject.lower() not in mail.text.lower():
            text = f"{mail.subject}\n\n{mail.text}".strip()
        return text[:MOST_CHARACTERS], f"{text[MOST_CHARACTERS:]}{mail.rest}"

    def _hear_danger(self, rest: str, incoming: Incoming, known: str, now: datetime) -> None:
        """Danger that is told late in a long mail is answered as if it stood at its beginning."""
        for at in range(0, len(rest), MOST_CHARACTERS):
            part = rest[at : at + MOST_CHARACTERS]
            if self._deps.assistant().read(part).decision == "emergency":
                late = replace(incoming, text=part, key=f"{incoming.key}:{at}", conversation=known)
                receive(self._deps, late, now)
                return

    def _file(self, known: str, user: User, file: File, has_words: bool, key: str, now: datetime) -> None:
        """A file that came with words answers no question, and a picture in the design of the mail is not spoken of."""
        if has_words and (file.decoration or self._is_asking(known)):
            return self._keep(known, user, file, key, now)
        try:
            attach(self._deps, known, user, file.name, file.content, key, now, CHANNEL)
        except FileRefused:
            text, source = self._deps.assistant().script.lines.line("file_refused", limit=MOST_BYTES // 2**20)
            self._tell(known, f"mail:{key}", text, source, now)
        return None

    def _keep(self, known: str, user: User, file: File, key: str, now: datetime) -> None:
        """Each decoration once in a conversation, however many mails bring it."""
        name = f"picture:{sha256(file.content).hexdigest()[:40]}" if file.decoration else key
        try:
            keep_beside(self._deps, known, user, file.name, file.content, name, now)
        except FileRefused:
            if not file.decoration:
                text, source = self._deps.assistant().script.lines.line("file_refused", limit=MOST_BYTES // 2**20)
                self._tell(known, f"mail:{key}", text, source, now)

    def _is_asking(self, known: str) -> bool:
        with self._deps.reading.begin() as db:
            row = conversations.by_public_id(db, known)
            return row is not None and conversations.memory_of(row).state == "gathering"

    def _tell(self, conversation: str, key: str, text: str, source: Source, now: datetime) -> None:
        """An approved line about the mail itself, once; nothing where nobody is answered."""
        texts = [{"file": source.file, "id": source.id, "hash": source.hash}]
        with transaction(self._deps, now) as tx:
            row = conversations.by_public_id(tx.db, conversation, for_update=True)
            if row is None or row.address.get("quiet") or not runs.first_seen(tx, key):
                return
            line = Line("bot", BOT.name, text, visible_to_user=True, source={"texts": texts})
            send_to_channel(tx, row, conversations.append(tx, row, line))


def _user(mail: Mail, place: ConversationRow | None) -> User:
    """Who writes. What was sent for somebody else is theirs with this sender alone: it never meets their own mails. An answer
    to a letter about a chat is said by the user of that chat."""
    if place is not None and place.channel != CHANNEL:
        return conversations.memory_of(place).user
    identity = f"mail:{mail.address}" + (f" for {mail.reply_to}" if mail.reply_to else "")
    if len(identity) > LONGEST_ID:
        identity = f"mail:{sha256(identity.encode()).hexdigest()}"
    return User(id=place.user_id if place else identity, name=mail.name, email=mail.answer_to)


def _may_write(mail: Mail, row: ConversationRow) -> bool:
    """True for the user of a conversation, and for the address that its signed words were sent to; in a chat for its user,
    whose signed identity has this very address (they answer a letter of ours)."""
    if row.channel != CHANNEL:
        user = conversations.memory_of(row).user
        return not mail.reply_to and reach.address_of(user).lower() == mail.address.lower() != ""
    return row.user_id == _user(mail, None).id or row.place == mail.address != ""


def _files(mail: Mail, text: str, rest: str) -> Iterator[File]:
    """The files of a mail, and the whole of one that is too long to be shown at once."""
    yield from mail.files
    if rest:
        yield File(load_email_words().texts["whole_mail"], f"{text}{rest}".encode())
