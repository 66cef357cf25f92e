"""The inside of the mailbox: mails come in, and what came of them can be looked at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from typing import Any

from sqlalchemy import select

from bot.actions.deps import Deps
from bot.channels.email.incoming import Intake, Taken
from bot.channels.email.parse import read_mail
from bot.channels.email.tokens import Tokens
from bot.storage import tickets
from bot.storage.tables import ConversationRow, MessageRow, OutboxRow, TicketRow
from handoff.ticket import Ticket
from tests.channels.email_samples import MARKER
from tests.makers import NINE

TOKENS = Tokens("k" * 40, "support@smartmed.com")
SERVER = "mx.smartmed.com"
LOG_IN = "I cannot log in to my account, it says invalid email or password."
CHEST = "I have chest pain and cannot breathe."


@dataclass
class Mailbox:
    """The mailbox' inside, on a clock of the test's own."""

    deps: Deps
    intake: Intake
    now: datetime = NINE
    number: int = 0
    authserv_id: str = SERVER

    def gets(self, text: str, sender: str, *heads: str, later: float = 10, to: str = "support@smartmed.com") -> Taken:
        """A mail comes in."""
        self.number += 1
        subject = () if any(head.startswith("Subject") for head in heads) else ("Subject: Help",)
        lines = [f"From: {sender}", f"To: {to}", *subject, f"Message-ID: <{self.number}@x.example>", *heads]
        head = "\r\n".join([*lines, "Content-Type: text/plain; charset=utf-8"])
        return self.takes(f"{head}\r\n\r\n{text}".encode(), later)

    def takes(self, raw: bytes, later: float = 10) -> Taken:
        """A mail comes in as it is."""
        self.now += timedelta(seconds=later)
        return self.intake.take_in(read_mail(message_from_bytes(raw), MARKER, self.authserv_id), self.now)

    def gets_the_head(self, sender: str, *heads: str) -> Taken:
        """A mail comes in that is too large: of it the headers alone are fetched."""
        self.now += timedelta(seconds=10)
        raw = "\r\n".join(
            [f"From: {sender}", "To: support@smartmed.com", "Message-ID: <large@x.example>", *heads, "", ""]
        )
        mail = read_mail(message_from_bytes(raw.encode()), MARKER, self.authserv_id, whole=False)
        return self.intake.take_in(mail, self.now)

    def rows(self, table: Any) -> list[Any]:
        """Every row, in order."""
        with self.deps.reading.begin() as db:
            return list(db.scalars(select(table).order_by(*table.__table__.primary_key)))

    def written_to(self) -> set[str]:
        """Whom we wrote to."""
        return {row.address for row in self.rows(OutboxRow) if row.channel == "email"}

    def people(self) -> list[Ticket]:
        """The tickets."""
        return [tickets.ticket_of(row) for row in self.rows(TicketRow)]

    def said(self, person: str) -> list[str]:
        """What stands in the conversations of a person as their own words."""
        mine = [row.id for row in self.rows(ConversationRow) if row.user_id == person]
        return [row.body for row in self.rows(MessageRow) if row.said_by == "user" and row.conversation_id in mine]

    def reply_address(self) -> str:
        """Where an answer to the last letter goes."""
        return TOKENS.reply_address(self.rows(ConversationRow)[-1].public_id)


def a_result(result: str, server: str = SERVER) -> str:
    """What a mail server found."""
    return f"Authentication-Results: {server}; {result}"
