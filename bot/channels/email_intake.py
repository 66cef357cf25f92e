"""One mail becomes a message of its conversation, or a note on the record why nobody is answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.actions.attach import MOST_BYTES, FileRefused, attach
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, open_conversation, receive, send_to_channel
from bot.channels.email_reading import MOST_CHARACTERS, Mail
from bot.channels.email_tokens import Tokens
from bot.storage import conversations, outbox, runs, tickets
from bot.storage.conversations import Line
from bot.storage.tables import ConversationRow, MessageRow, OutboxRow, ReceivedRow
from bot.storage.wakeups import ring
from handoff import reach
from handoff.ticket import BOT, CLOCK, Event, User

CHANNEL = "email"
MOST_AN_HOUR = 20
HOUR = timedelta(hours=1)
FOR_PEOPLE = frozenset({"list", "too_many", "no_address", "unreadable"})
"""Not answered, yet somebody should look: a person may be behind it."""


@dataclass(frozen=True)
class Taken:
    """What became of a mail: answered, or why not."""

    silent: str = ""

    @property
    def to_look_at(self) -> bool:
        """True when a person should look at the mail itself."""
        return self.silent in FOR_PEOPLE


class Intake:
    """Takes mails in, each once."""

    def __init__(self, deps: Deps, tokens: Tokens, most_an_hour: int = MOST_AN_HOUR) -> None:
        self._deps, self._tokens, self._most_an_hour = deps, tokens, most_an_hour

    def take_in(self, mail: Mail, now: datetime) -> Taken:
        """Store the mail with everything that follows from it; the same mail again changes nothing."""
        user = writer = User(id=f"mail:{mail.address}", name=mail.name, email=mail.address)
        with self._deps.sessions.begin() as db:
            silent = mail.machine or self._why_silent(db, mail, user, now)
            place = self._conversation(db, mail, user)
            if silent:
                self._put_on_record(db, mail, silent, place, now)
                return Taken(silent)
            address = {"address": mail.address, "in_reply_to": mail.message_id, "references": " ".join(mail.parents)}
            if place is not None and place.channel != CHANNEL:
                user = conversations.memory_of(place).user
            elif place is not None:
                place.address = address
            elif db.get(ReceivedRow, f"mail:{mail.key}") is not None:
                return Taken()
            known = place.public_id if place else None
        try:
            self._receive(mail, user, known, address, now)
        except LookupError:  # closed in the meantime
            self._receive(mail, writer, None, address, now)
        return Taken()

    def _why_silent(self, db: Session, mail: Mail, user: User, now: datetime) -> str:
        if mail.address == self._tokens.sender.lower() or self._tokens.outbox_ids(mail.message_id):
            return "loop"
        if not mail.address:
            return "no_address"
        recent = select(func.count()).select_from(MessageRow).join(ConversationRow)
        recent = recent.where(
            ConversationRow.user_id == user.id,
            ConversationRow.channel == CHANNEL,
            MessageRow.said_by == "user",
            MessageRow.at > now - HOUR,
        )
        return "too_many" if (db.scalar(recent) or 0) >= self._most_an_hour else ""

    def _conversation(self, db: Session, mail: Mail, user: User) -> ConversationRow | None:
        """By the signed word in our address, else by our own Message-ID, else the writer's open one; never by subject."""
        named = [found for address in mail.recipients if (found := self._tokens.conversation_of(address))]
        rows = [conversations.by_public_id(db, public_id, for_update=True) for public_id in named[:3]]
        for header in (*reversed(mail.parents), *mail.returned):
            rows += [self._of_outbox(db, outbox_id) for outbox_id in self._tokens.outbox_ids(header)]
        for row in rows:
            if row is not None and (mail.machine or (_is_of(row, user) and row.closed_at is None)):
                return row
        return None if mail.machine else conversations.lock_open(db, user.id, CHANNEL, mail.address)

    def _of_outbox(self, db: Session, outbox_id: int) -> ConversationRow | None:
        row = db.get(OutboxRow, outbox_id)
        message = db.get(MessageRow, row.message_id) if row and row.message_id else None
        return conversations.lock(db, message.conversation_id) if message else None

    def _put_on_record(self, db: Session, mail: Mail, why: str, place: ConversationRow | None, now: datetime) -> None:
        if not runs.first_seen(db, f"mail:{mail.key}", now):
            return
        number = place.ticket_number if place else None
        events = [Event("mail_not_answered", CLOCK, now, {"why": why})]
        came_back = [i for header in mail.returned for i in self._tokens.outbox_ids(header)] if why == "bounce" else []
        for outbox_id in dict.fromkeys(came_back):
            row = db.get(OutboxRow, outbox_id)
            if row is None or row.state == "dead":
                continue
            outbox.failed(db, outbox_id, "bounced", now, permanent=True)
            number = row.ticket_number or number
            data = {"outbox": outbox_id, "channel": CHANNEL, "kind": row.kind, "error": "bounced"}
            events.append(Event("delivery_failed", CLOCK, now, data))
        tickets.record(db, events, conversation_id=place.id if place else None, number=number)
        ring(db, "desk")

    def _receive(self, mail: Mail, user: User, known: str | None, address: dict[str, str], now: datetime) -> None:
        text = self._words(mail, known)
        if text or not mail.files:
            key = f"mail:{mail.key}"
            incoming = Incoming(user, CHANNEL, text or mail.subject, key=key, conversation=known, address=address)
            known = receive(self._deps, incoming, now).conversation.public_id
        elif known is None:
            known = open_conversation(self._deps, user, CHANNEL, now, dict(address)).public_id
        for number, file in enumerate(mail.files, 1):
            try:
                attach(self._deps, known, user, file.name, file.content, f"{number}:{mail.key[:90]}", now, CHANNEL)
            except FileRefused:
                self._tell_refused(known, f"mail:{number}:{mail.key}", now)

    def _words(self, mail: Mail, known: str | None) -> str:
        """A first mail often says in its subject what the matter is; that of a reply is ours."""
        if known is not None or mail.is_reply or not mail.subject or mail.subject.lower() in mail.text.lower():
            return mail.text
        return f"{mail.subject}\n\n{mail.text}".strip()[:MOST_CHARACTERS]

    def _tell_refused(self, conversation: str, key: str, now: datetime) -> None:
        lines = self._deps.assistant().script.lines
        text, source = lines.line("file_refused", limit=MOST_BYTES // 2**20)
        texts = [{"file": source.file, "id": source.id, "hash": source.hash}]
        with self._deps.sessions.begin() as db:
            row = conversations.by_public_id(db, conversation, for_update=True)
            if row is None or not runs.first_seen(db, key, now):
                return
            line = Line("bot", BOT.name, text, visible_to_user=True, source={"texts": texts})
            send_to_channel(db, row, conversations.append(db, row, line, now), now)


def _is_of(row: ConversationRow, user: User) -> bool:
    """The writer's own: by mail, or a chat whose signed identity has this very address (they answer a letter of ours)."""
    if row.channel == CHANNEL:
        return row.user_id == user.id
    return reach.address_of(conversations.memory_of(row).user).lower() == user.email.lower() != ""
