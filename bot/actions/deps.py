"""What the actions work with: given to them by the composition root, never looked up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.actions.showing import showing_of
from bot.actions.ways import MAIL
from bot.dialogue.assistant import Assistant
from bot.outbound import Outbound
from bot.storage.database import Sessions
from handoff.policy.model import Policy
from handoff.safe import Showing
from handoff.ticket import Actor


@dataclass(frozen=True)
class Delivery:
    """One row of the outbox on its way out."""

    id: int
    address: str
    message: Outbound
    attempts: int


class Sender(Protocol):
    """A way out: Slack, mail, a webhook."""

    def send(self, delivery: Delivery, now: datetime) -> str:
        """Deliver, and return the other side's id; raises SendFailed."""


@dataclass(frozen=True)
class Deps:
    """Everything the actions need besides their arguments."""

    sessions: Sessions
    reading: Sessions
    policy: Policy
    assistant: Callable[[], Assistant]
    base_url: str = "http://127.0.0.1:8000"
    team_channels: Mapping[str, str] = field(default_factory=dict)
    """Team -> Slack channel id; empty when Slack is not set up, and then the console is the channel."""
    withhold_words: bool = False
    """The setting `handoff_detail: minimal`: no word of a user leaves the store (decision O20)."""
    senders: Mapping[str, Sender] = field(default_factory=dict)
    show_names: bool = False
    """The setting `handoff_names: on`: a card may name the user."""
    chat_url: str = ""
    """Where the user's chat is; the base address when it is empty."""

    def showing(self) -> Showing:
        """What of a ticket may leave the store now."""
        return showing_of(self.assistant(), self.policy, words=not self.withhold_words, names=self.show_names)

    @property
    def mail(self) -> bool:
        """True where letters can be sent."""
        return MAIL in self.senders


@dataclass(frozen=True)
class Caller:
    """Whose action it is, with what it works, and when."""

    deps: Deps
    by: Actor
    now: datetime
