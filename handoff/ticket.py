"""What a ticket is: plain frozen values, no behaviour beyond reading them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from handoff.events import Payload
from handoff.policy.names import GUIDE_VERSION, Priority, Status, StepOutcome, Team
from handoff.safe import NOTHING, Safe

EMPTY: Mapping[str, str] = MappingProxyType({})
SKIPPED = "(skipped)"


@dataclass(frozen=True)
class User:
    """Who asks. `id` is empty and `verified` false for a visitor who is not signed in."""

    id: str = ""
    name: str = ""
    email: str = ""
    role: str = "patient"
    zone: str = ""
    verified: bool = False


@dataclass(frozen=True)
class Actor:
    """Who did something."""

    kind: Literal["user", "bot", "staff", "clock"]
    id: str = ""
    name: str = ""

    @property
    def own_name(self) -> Safe:
        """The name of one of our own people; empty for a user."""
        return Safe.of_staff(self.name) if self.kind != "user" else NOTHING


BOT = Actor("bot", "bot", "Support Assistant")
CLOCK = Actor("clock", "clock", "Clock")


@dataclass(frozen=True)
class Tried:
    """A step of an approved solution that was offered, and what came of it."""

    issue: str
    step: str
    title: str
    outcome: StepOutcome
    at: datetime
    said_by: str = "user"


@dataclass(frozen=True)
class Gathered:
    """An answer to a question of the issue or of the guide; `value` is SKIPPED when the user passed it over."""

    id: str
    label: str
    value: str


@dataclass(frozen=True)
class Request:
    """The facts a ticket is opened from, whoever gathered them."""

    conversation_id: int
    channel: str
    user: User
    issue: str
    title: str
    summary: str
    reason: str
    starts_at: Priority
    team: Team = "support"
    signals: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    details: tuple[Gathered, ...] = ()
    tried: tuple[Tried, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    """Title and address of the articles that may help while the user waits."""
    language: str = "en"
    previous: int | None = None


@dataclass(frozen=True)
class Matter:
    """An issue by its title and the priority at which it starts."""

    title: str
    priority: Priority


@dataclass(frozen=True)
class Wait:
    """A time in which support waited for the user; open while `end` is None."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Resolution:
    """What was done, as the user is told it and as staff documented it."""

    done: str
    instructions: str = ""
    root_cause: str = ""
    reproduced: str = ""
    logs: str = ""
    findings: str = ""
    known_issue: bool = False
    """Staff ask for it to be added to the known issues."""


@dataclass(frozen=True)
class Ticket:
    """One ticket as it stands now; its history is the list of its events."""

    number: int
    opened_at: datetime
    request: Request
    priority: Priority
    priority_rule: str
    tier: int
    team: Team
    reason: str
    flags: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    status: Status = "new"
    owner: Actor | None = None
    reviewed_at: datetime | None = None
    first_response_at: datetime | None = None
    escalated_at: datetime | None = None
    started_at: datetime | None = None
    """Start of the present resolution clock: the opening, or the last reopening."""
    next_update_at: datetime | None = None
    announced_at: datetime | None = None
    announcement: int = 1
    """When the next update was announced, and the how many-th announcement that is: each is a promise of its own."""
    raised_at: datetime | None = None
    """When something that the user told made it graver: answer and resolution are promised from then on."""
    owed_since: datetime | None = None
    owed: int = 0
    """Since when a user who was answered before waits for an answer again, and the how many-th that is."""
    wrote_at: datetime | None = None
    """When the user wrote what nobody has answered yet."""
    updates_sent: int = 0
    """How many updates without news the user was given since somebody last answered."""
    acknowledged_at: datetime | None = None
    acknowledged_by: Actor | None = None
    """Who answered the page about a Critical ticket, and when."""
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    closed_as: str = ""
    cycle: int = 1
    waits: tuple[Wait, ...] = ()
    resolution: Resolution | None = None
    guide_version: str = GUIDE_VERSION

    @property
    def is_open(self) -> bool:
        """True until the ticket is resolved or closed."""
        return self.status not in ("resolved", "closed")

    @property
    def is_resolved(self) -> bool:
        """True while the user may still say whether it helped."""
        return self.status == "resolved"

    @property
    def is_critical(self) -> bool:
        """True for the highest priority: somebody is called."""
        return self.priority == "critical"

    @property
    def waiting(self) -> bool:
        """True while support waits for an answer of the user."""
        return bool(self.waits) and self.waits[-1].end is None

    @property
    def owes_answer(self) -> bool:
        """True while the user waits for a person: for the first answer, or for one to what they wrote since."""
        return self.first_response_at is None or self.owed_since is not None

    def waits_ended(self, at: datetime) -> tuple[Wait, ...]:
        """Its waits, with the open one ended at this moment."""
        return tuple(wait if wait.end else replace(wait, end=at) for wait in self.waits)


@dataclass(frozen=True)
class Event:
    """One thing that happened to a ticket or conversation, with who did it and when (UTC)."""

    payload: Payload
    actor: Actor
    at: datetime


NoticeKind = Literal[
    "emergency_opened",
    "initial_response",
    "ticket_opened",
    "escalation_notice",
    "next_update",
    "promise_moved",
    "staff_reply",
    "resolution_response",
    "reopened",
    "tier2_card",
    "note",
    "user_message",
]
"""What somebody must hear of: a letter of handoff/templates/, or what stands in the thread of a card."""


@dataclass(frozen=True)
class Notice:
    """A text for somebody, by its kind."""

    to: Literal["user", "team"]
    kind: NoticeKind
    text: str = ""
    rating: bool = False


@dataclass(frozen=True)
class TicketChange:
    """What came of one thing that happened: the ticket now, what to record, whom to tell."""

    ticket: Ticket
    events: tuple[Event, ...] = ()
    notices: tuple[Notice, ...] = ()
