"""Support by e-mail: the way out, and the mailbox when there is one."""

from dataclasses import dataclass

from bot.actions.deps import Deps, Sender
from bot.channels.email_inbox import Inbox
from bot.channels.email_sending import EmailSender
from bot.config import Settings
from bot.storage.database import Sessions
from handoff.policy import Policy


@dataclass(frozen=True)
class EmailChannel:
    """What is set up by SMTP_URL and IMAP_URL; made once by each process."""

    settings: Settings
    policy: Policy
    sessions: Sessions

    @property
    def sender(self) -> Sender | None:
        """For the outbox channel `email`, when SMTP_URL is set."""
        return EmailSender(self.settings, self.policy, self.sessions) if self.settings.smtp_url else None

    def inbox(self, deps: Deps) -> Inbox | None:
        """The mailbox, when IMAP_URL is set."""
        return Inbox(self.settings, deps) if self.settings.imap_url else None
