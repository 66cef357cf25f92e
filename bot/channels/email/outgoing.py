"""E-mail's way out: one mail for what one turn said, the same Message-ID for every try."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.actions.deps import Delivery
from bot.actions.rating import last_resolution
from bot.channels.email.compose import Composer, OutgoingMail
from bot.channels.email.smtp import Smtp
from bot.channels.email.texts import load_email_words
from bot.channels.email.tokens import Call, Tokens
from bot.config import Settings
from bot.outbound import AnswerWaiting, Place, SendFailed, StaffEmail, UserMessage
from bot.storage import conversations, tickets
from bot.storage.database import Sessions
from bot.storage.tables import ConversationRow, MessageRow, OutboxRow
from bot.storage.tables.work import WAITING
from handoff.policy.model import Policy

READ_BY_THEN = "read by then"
"""In the place of a Message-ID, for a letter that was not needed any more."""
TOGETHER = "with:"
"""The external id of a row whose words went out in the mail of a later row."""


class EmailSender:
    """Sends the outbox rows of the channel `email`."""

    def __init__(self, settings: Settings, policy: Policy, sessions: Sessions) -> None:
        self._sessions, self._base_url = sessions, settings.base_url
        self._tokens = Tokens(settings.signing_key("mail"), settings.mail_from)
        self._words = load_email_words()
        self._composer = Composer(self._tokens, self._words, settings.base_url, policy.words.emergency_number)
        self._smtp = Smtp(settings.smtp_url)

    def send(self, delivery: Delivery, now: datetime) -> str:
        """Send the mail and return its Message-ID; what one turn said goes out together. Raises SendFailed."""
        match delivery.message:
            case UserMessage() as line:
                return self._post_line(delivery, line, now)
            case StaffEmail() as letter:
                return self._post_letter(delivery, letter, now)
            case AnswerWaiting() as waiting:
                return self._post_waiting(delivery, waiting, now)
            case _:
                raise SendFailed("unknown_kind", permanent=True)

    def _post_line(self, delivery: Delivery, line: UserMessage, now: datetime) -> str:
        """A line of a transcript, with those of its turn; raises SendFailed."""
        with self._sessions.begin() as db:
            row = db.get(OutboxRow, delivery.id)
            if row is None:
                raise SendFailed("no_row", permanent=True)
            later = _next_of_turn(db, row)
            if later is not None:
                return f"{TOGETHER}{later}"
            letter = self._letter(db, row, line.to)
        try:
            mail = self._composer.answer(letter, now)
        except ValueError as error:
            raise SendFailed("bad_address", permanent=True) from error
        self._smtp.post(mail, str(mail["Reply-To"]), letter.to)
        return str(mail["Message-ID"])

    def _post_letter(self, delivery: Delivery, letter: StaffEmail, now: datetime) -> str:
        """A letter to one of our own people; raises SendFailed."""
        link = ""
        if letter.acknowledge:
            with self._sessions.begin() as db:
                number = db.get_one(OutboxRow, delivery.id).ticket_number or 0
            link = f"{self._base_url}/acknowledge/{self._tokens.call(Call(number, letter.acknowledge))}"
        try:
            mail = self._composer.to_staff(delivery.id, letter, link, now)
        except ValueError as error:
            raise SendFailed("bad_address", permanent=True) from error
        self._smtp.post(mail, self._tokens.sender, delivery.address)
        return str(mail["Message-ID"])

    def _post_waiting(self, delivery: Delivery, waiting: AnswerWaiting, now: datetime) -> str:
        """A letter that an answer waits, unless it was read in the meantime; raises SendFailed."""
        with self._sessions.begin() as db:
            row = conversations.by_public_id(db, waiting.conversation)
            if row is None or row.read_number >= waiting.number:
                return READ_BY_THEN
        letter = OutgoingMail(
            outbox_id=delivery.id,
            to=waiting.to.address,
            conversation=waiting.conversation,
            subject=waiting.subject,
            bodies=(waiting.text,),
        )
        off = f"{self._base_url}/letters/{self._tokens.letters(waiting.conversation)}"
        try:
            mail = self._composer.waiting(letter, off, now)
        except ValueError as error:
            raise SendFailed("bad_address", permanent=True) from error
        self._smtp.post(mail, str(mail["Reply-To"]), letter.to)
        return str(mail["Message-ID"])

    def _letter(self, db: Session, row: OutboxRow, to: Place) -> OutgoingMail:
        messages = _messages_of(db, row)
        newest = messages[-1]
        conversation = db.get_one(ConversationRow, newest.conversation_id)
        subjects = [str(m.source["subject"]) for m in messages if m.source and m.source.get("subject")]
        rated = any(message.rating == "ticket" for message in messages)
        return OutgoingMail(
            outbox_id=row.id,
            to=to.address,
            conversation=conversation.public_id,
            subject=subjects[-1] if subjects else self._subject(row.ticket_number),
            bodies=tuple(message.body for message in messages),
            choices=() if rated else tuple(str(button["label"]) for button in newest.buttons),
            rated_ticket=row.ticket_number if rated else None,
            rated_cycle=_resolution(db, row.ticket_number) if rated else 0,
            in_reply_to=to.in_reply_to,
            references=to.references,
        )

    def _subject(self, ticket: int | None) -> str:
        """An approved subject; never the user's own, which may tell of an illness on a locked screen."""
        texts = self._words.texts
        return texts["subject"] if ticket is None else texts["subject_of_ticket"].format(number=ticket)


def _resolution(db: Session, number: int | None) -> int:
    ticket = tickets.get(db, number) if number else None
    return last_resolution(tickets.ticket_of(ticket)) if ticket else 0


def _next_of_turn(db: Session, row: OutboxRow) -> int | None:
    """The row after this one that was written at the same moment for the same address and waits, or None."""
    same = (
        OutboxRow.channel == row.channel,
        OutboxRow.address == row.address,
        OutboxRow.kind == row.kind,
        OutboxRow.made_at == row.made_at,
        OutboxRow.state == WAITING,
        OutboxRow.id > row.id,
    )
    later = db.scalars(select(OutboxRow).where(*same).order_by(OutboxRow.id).limit(1)).first()
    if later is None or _conversation_id(db, later) != _conversation_id(db, row) or _is_other_letter(db, row, later):
        return None
    return later.id


def _is_other_letter(db: Session, row: OutboxRow, later: OutboxRow) -> bool:
    """A letter with a subject of its own goes out alone: what follows it is another mail (decision O24)."""
    own, next_ = _own_subject(db, row), _own_subject(db, later)
    return own != "" and next_ != own


def _own_subject(db: Session, row: OutboxRow) -> str:
    message = db.get(MessageRow, row.message_id)
    return str((message.source or {}).get("subject") or "") if message else ""


def _conversation_id(db: Session, row: OutboxRow) -> int | None:
    message = db.get(MessageRow, row.message_id)
    return message.conversation_id if message else None


def _messages_of(db: Session, row: OutboxRow) -> list[MessageRow]:
    """The message of this row, after those that were left for its mail, in order."""
    ids, at = [row.message_id], row.id
    while True:
        left = (OutboxRow.address == row.address, OutboxRow.external_id == f"{TOGETHER}{at}")
        before = db.scalars(select(OutboxRow).where(*left)).first()
        if before is None:
            break
        ids.append(before.message_id)
        at = before.id
    return [db.get_one(MessageRow, message_id) for message_id in reversed(ids)]
