"""Maria asked in the chat of the app and left: what reaches her by a real mail server."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from bot.actions.deliver import deliver
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, receive
from bot.actions.sweep.sweep import sweep
from bot.channels.email.outgoing import EmailSender
from bot.storage import conversations, tickets
from bot.storage.tables import ConversationRow, MessageRow
from handoff.policy.model import Policy
from handoff.ticket import Ticket, User
from tests.channels.email_post import MARIA as ADDRESS
from tests.channels.email_post import Post, settings_for
from tests.makers import MARIA, NINE

QUESTION = "my authenticator code is refused"


@dataclass
class Away:
    """Us with a mail server, and Maria in the chat of the app."""

    deps: Deps
    settings: Any
    post: Post
    user: User = MARIA
    _seen: int = field(default=0)

    def says(self, text: str, at: datetime = NINE, **given: Any) -> list[MessageRow]:
        """Maria writes in the chat; what she is answered."""
        return list(receive(self.deps, Incoming(self.user, "in_app_chat", text, **given), at).answers)

    def ticket(self) -> int:
        """The number of a ticket that Maria got; she skips the questions."""
        self.says(QUESTION)
        self.says("please let me talk to a person")
        return self.number()

    def asks_for(self, way: str) -> int:
        """The number of a ticket that Maria got who asked to be answered in a way."""
        for text in ("I want to talk to a human", "My invoice for October is wrong", way):
            self.says(text)
        return self.number()

    def number(self) -> int:
        """The number of her ticket; she skips the questions before it."""
        for _ in range(9):
            if not self.row().ticket_number:
                self.says("skip")
        number = self.row().ticket_number
        assert number is not None
        return number

    def row(self) -> ConversationRow:
        """Her conversation as it is stored."""
        with self.deps.reading.begin() as db:
            return conversations.of_user(db, self.user.id)[0]

    def reads(self) -> None:
        """Her client has everything."""
        with self.deps.sessions.begin() as db:
            conversations.mark_read(db, self.row().id, self.row().last_number)

    def mails(self, at: datetime) -> list[EmailMessage]:
        """What the worker sends to her at this time; the sweep runs as often as it likes."""
        for _ in range(3):
            sweep(self.deps, at)
            while deliver(self.deps, at):
                pass
        fresh = [mail for _, to, mail in self.post.taken[self._seen :] if ADDRESS in to]
        self._seen = len(self.post.taken)
        return fresh


def words(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def away_of(deps: Deps, policy: Policy, folder: Path, post: Post) -> Away:
    """Maria with this mail server."""
    settings = settings_for(policy, folder, post.url, "")
    sender = EmailSender(settings, policy, deps.sessions)
    return Away(replace(deps, policy=policy, senders={"email": sender}), settings, post)


def the_ticket(away: Away, number: int) -> Ticket:
    """The ticket as it is."""
    with away.deps.reading.begin() as db:
        row = tickets.get(db, number)
        assert row is not None
        return tickets.ticket_of(row)
