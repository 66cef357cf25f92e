"""One mail becomes a message of its conversation, or a ticket without an answer, or a note on the record why nobody is told."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from bot.actions.attach import MOST_BYTES, FileRefused, Upload, attach, keep_beside
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, NoSuchConversation, open_conversation, receive
from bot.actions.saying import send_to_channel
from bot.actions.transaction import transaction
from bot.channels.email import CHANNEL, said
from bot.channels.email.authentication import keeps_out, kept_proof
from bot.channels.email.auto_generated import BOUNCE, DELAY, RECEIPT
from bot.channels.email.limits import MOST_AN_HOUR, repeats, too_many, too_many_strangers
from bot.channels.email.mime_parts import TOO_LARGE
from bot.channels.email.no_auto_reply import NO_ADDRESS, NOT_PROVEN, STRANGERS, Unanswered, put_before_people
from bot.channels.email.parse import Mail
from bot.channels.email.texts import load_email_words
from bot.channels.email.tokens import Tokens
from bot.dialogue.conversation import Say, Source
from bot.dialogue.lines import fingerprint
from bot.storage import conversations, idempotency, outbox, tickets
from bot.storage.changes import publish
from bot.storage.conversations import Line
from bot.storage.quarantine import WHYS
from bot.storage.tables import ConversationRow, MessageRow, OutboxRow, ReceivedRow
from bot.storage.tables.work import DEAD
from bot.storage.unit_of_work import UnitOfWork
from bot.understanding.reading import DANGEROUS
from handoff import reach
from handoff.events import DeliveryFailed, MailNotAnswered
from handoff.ticket import BOT, CLOCK, Event, User

LONGEST_ID = 200
FOR_PEOPLE = WHYS
"""Not answered, yet somebody should look: a person may be behind it."""
NO_PERSON = frozenset({BOUNCE, DELAY, RECEIPT, "loop"})
"""Not answered, and what stands in it is ours, or of a mail server."""
NOT_HEARD = frozenset({"", NOT_PROVEN, NO_ADDRESS, STRANGERS, *NO_PERSON})
"""Where danger is heard anyhow, with the rest of the words, or where no person speaks."""
ON_A_TICKET = frozenset({NOT_PROVEN, NO_ADDRESS, STRANGERS})
"""Not answered, and people have it on a ticket."""


@dataclass(frozen=True)
class Taken:
    """What became of a mail: answered, or why not; `unread` when words may be in it that we could not read, or danger that
    nobody is answered for."""

    silent: str = ""
    unread: bool = False

    @property
    def to_look_at(self) -> bool:
        """True when a person should look at the mail itself."""
        return self.unread or self.silent in FOR_PEOPLE | ON_A_TICKET


@dataclass(frozen=True)
class Intake:
    """Takes mails in, each once."""

    deps: Deps
    tokens: Tokens
    most_an_hour: int = MOST_AN_HOUR

    def take_in(self, mail: Mail, now: datetime) -> Taken:
        """Store the mail with everything that follows from it; the same mail again changes nothing."""
        mail = replace(mail, reply_to="") if not mail.address or self.tokens.is_ours(mail.reply_to) else mail
        return _Arrival(self.deps, self.tokens, self.most_an_hour, mail, now).take_in()


@dataclass(frozen=True)
class _Arrival:
    """One mail on its way in."""

    deps: Deps
    tokens: Tokens
    most_an_hour: int
    mail: Mail
    now: datetime

    def take_in(self) -> Taken:
        """Store it with everything that follows from it."""
        mail = self.mail
        with self.deps.sessions.begin() as db:
            place = self._conversation(db)
            user = _user(mail, place)
            seen = db.get(ReceivedRow, f"mail:{mail.key}") is not None
            silent = mail.machine or ("" if seen else self._why_silent(db, user, place))
            quiet = place is not None and bool(place.address.get("quiet"))
            address = self._address(place)
            if place is not None and place.channel == CHANNEL and not silent:
                place.address = {**address, "quiet": True} if quiet else address
            elif place is None and seen and not silent:
                return Taken()
            known = place.public_id if place else None
            number = place.ticket_number if place else None
        danger = said.danger_in(self.mail, self.deps.assistant().read) if silent not in NOT_HEARD else ""
        if silent and silent not in ON_A_TICKET and not danger:
            self._put_on_record(silent, place)
            return Taken(silent)
        if silent or quiet:
            self._put_on_ticket(silent or NOT_PROVEN, known if quiet else None, number, danger)
            return Taken(silent, unread=bool(mail.unread or danger))
        try:
            self._receive(user, known, address)
        except NoSuchConversation:  # closed in the meantime
            self._receive(_user(mail, None), None, address)
        return Taken(unread=bool(mail.unread))

    def _why_silent(self, db: Session, user: User, place: ConversationRow | None) -> str:
        mail, now = self.mail, self.now
        if self.tokens.outbox_ids(mail.message_id):
            return "loop"
        if not mail.address:
            return NO_ADDRESS
        if self.tokens.is_ours(mail.answer_to):
            return "own_address"
        if too_many(db, mail.answer_to, self.most_an_hour, now):
            return "too_many"
        fenced = place is not None and keeps_out(place.address, mail.proof)
        if mail.proof == "failed" or (fenced and self._named(db) is None):
            return NOT_PROVEN
        if repeats(db, user.id, mail.text):
            return "repeats"
        return STRANGERS if place is None and too_many_strangers(db, user.id, now) else ""

    def _conversation(self, db: Session) -> ConversationRow | None:
        """The one that it names, else the writer's open one; never by subject."""
        mail = self.mail
        if (named := self._named(db)) is not None or mail.machine:
            return named
        return conversations.lock_open(db, _user(mail, None).id, CHANNEL, mail.answer_to)

    def _named(self, db: Session) -> ConversationRow | None:
        """By the signed word in our address, else by our own Message-ID: whoever has either has had our letter."""
        mail = self.mail
        named = [found for address in mail.recipients if (found := self.tokens.conversation_of(address))]
        rows = [conversations.by_public_id(db, public_id, for_update=True) for public_id in named[:3]]
        for header in (*reversed(mail.parents), *mail.returned):
            rows += [self._of_outbox(db, outbox_id) for outbox_id in self.tokens.outbox_ids(header)]
        for row in rows:
            if row is not None and (mail.machine or (_may_write(mail, row) and row.closed_at is None)):
                return row
        return None

    def _address(self, place: ConversationRow | None) -> dict[str, str]:
        mail = self.mail
        thread = {"in_reply_to": mail.message_id, "references": " ".join(mail.parents)}
        return {"address": mail.answer_to, **thread, **kept_proof(place.address if place else {}, mail.proof)}

    def _of_outbox(self, db: Session, outbox_id: int) -> ConversationRow | None:
        row = db.get(OutboxRow, outbox_id)
        message = db.get(MessageRow, row.message_id) if row and row.message_id else None
        return conversations.lock(db, message.conversation_id) if message else None

    def _put_on_record(self, why: str, place: ConversationRow | None) -> None:
        with self.deps.sessions.begin() as db:
            if idempotency.is_new_delivery(UnitOfWork(db, self.now), f"silent:{self.mail.key}"):
                self._record(db, why, place)

    def _record(self, db: Session, why: str, place: ConversationRow | None) -> None:
        mail, work = self.mail, UnitOfWork(db, self.now)
        number = place.ticket_number if place else None
        events = [Event(MailNotAnswered(why), CLOCK, self.now)]
        came_back = [i for header in mail.returned for i in self.tokens.outbox_ids(header)] if why == BOUNCE else []
        for outbox_id in dict.fromkeys(came_back):
            row = db.get(OutboxRow, outbox_id)
            if row is None or row.state == DEAD:
                continue
            outbox.came_back(work, outbox_id, "bounced")
            number = row.ticket_number or number
            events.append(Event(DeliveryFailed(outbox_id, CHANNEL, row.kind, "bounced"), CLOCK, self.now))
        tickets.record(db, events, conversation_id=place.id if place else None, number=number)
        publish(db, "desk")

    def _put_on_ticket(self, why: str, place: str | None, number: int | None, danger: str) -> None:
        text, rest = said.words(self.mail, first=place is None)
        text, rest = (danger, f"{text}{rest}") if danger and danger not in text else (text, rest)
        unanswered = Unanswered(self.mail, text, why, place, previous=number if place is None else None)
        row = put_before_people(self.deps, unanswered, self.now)
        if row is not None:
            user = User(id=row.user_id, name=self.mail.name)
            for number_of, file in enumerate(said.files(self.mail, text, rest), 1):
                upload = Upload(row.public_id, user, file.name, file.content, f"{number_of}:{self.mail.key}")
                self._keep(upload, decoration=file.decoration)

    def _receive(self, user: User, known: str | None, address: dict[str, str]) -> None:
        mail = self.mail
        text, rest = said.words(mail, first=known is None)
        own = text or self._subject_alone(known)
        if own or not (mail.files or mail.unread):
            key = f"mail:{mail.key}"
            incoming = Incoming(user, CHANNEL, own, key=key, conversation=known, address=address)
            known = receive(self.deps, incoming, self.now).conversation.public_id
            self._hear_danger(rest, replace(incoming, conversation=known))
        elif known is None:
            known = open_conversation(self.deps, user, CHANNEL, self.now, dict(address)).public_id
        for number, file in enumerate(said.files(mail, text, rest), 1):
            upload = Upload(known, user, file.name, file.content, f"{number}:{mail.key}")
            if text and (file.decoration or self._is_asking(known)):
                self._keep(upload, decoration=file.decoration)
            else:
                self._attach(upload)
        if mail.unread:
            name = "too_large" if TOO_LARGE in mail.unread else "unread"
            text = load_email_words().texts[name]
            source = Source("bot/channels/email/texts.yml", name, fingerprint(text))
            self._tell(known, f"mail:unread:{mail.key}", Say(text, (source,)))

    def _subject_alone(self, known: str | None) -> str:
        """What a mail without words that we can read says. The subject of an answer is ours: it answers no question of the
        assistant's, unless it tells of danger, and is news on a ticket."""
        mail, subject = self.mail, "" if self.mail.files else self.mail.subject
        if not (mail.unread and mail.is_reply) or self.deps.assistant().read(subject).decision in DANGEROUS:
            return subject
        with self.deps.reading.begin() as db:
            row = conversations.by_public_id(db, known or "")
            return subject if row is not None and row.ticket_number else ""

    def _hear_danger(self, rest: str, incoming: Incoming) -> None:
        """Danger that is told late in a long mail is answered as if it stood at its beginning."""
        if not (rest or self.mail.quoted):
            return
        with self.deps.reading.begin() as db:
            before = conversations.said_last(db, incoming.user.id)
        found = said.emergency_in(rest, self.mail, self.deps.assistant().read, before)
        if found is not None:
            at, part = found
            receive(self.deps, replace(incoming, text=part, key=f"{incoming.key}:{at}"), self.now)

    def _attach(self, upload: Upload) -> None:
        try:
            attach(self.deps, upload, self.now)
        except FileRefused:
            self._tell_refused(upload)

    def _keep(self, upload: Upload, *, decoration: bool) -> None:
        """A file that came with words answers no question, and a picture in the design of the mail is not spoken of: each
        decoration is kept once in a conversation, however many mails bring it."""
        picture = f"picture:{sha256(upload.content).hexdigest()[:40]}"
        try:
            keep_beside(self.deps, replace(upload, client_id=picture) if decoration else upload, self.now)
        except FileRefused:
            if not decoration:
                self._tell_refused(upload)

    def _tell_refused(self, upload: Upload) -> None:
        text, source = self.deps.assistant().script.lines.line("file_refused", limit=MOST_BYTES // 2**20)
        self._tell(upload.conversation, f"mail:{upload.client_id}", Say(text, (source,)))

    def _is_asking(self, known: str) -> bool:
        with self.deps.reading.begin() as db:
            row = conversations.by_public_id(db, known)
            return row is not None and conversations.memory_of(row).state == "gathering"

    def _tell(self, conversation: str, key: str, what: Say) -> None:
        """An approved line about the mail itself, once; nothing where nobody is answered."""
        with transaction(self.deps, self.now) as tx:
            row = conversations.by_public_id(tx.db, conversation, for_update=True)
            if row is None or row.address.get("quiet") or not idempotency.is_new_delivery(tx, key):
                return
            texts = [asdict(source) for source in what.sources]
            line = Line("bot", BOT.name, what.text, visible_to_user=True, source={"texts": texts})
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
