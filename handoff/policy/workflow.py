"""How a ticket is worked on: priorities, promises, tiers, states, and what hands it further."""

from typing import Literal

from handoff.data_files import Strict
from handoff.durations import Duration
from handoff.policy.names import URGENT, Priority, Status, Team
from handoff.safe import Approved
from handoff.text_files import TextFile


class ResponseTarget(Strict):
    row: str
    means: str
    first_response: Duration
    resolution: Duration


class Triage(Strict):
    row: str
    within: Duration


class Sla(Strict):
    response: dict[Priority, ResponseTarget]
    further_update: dict[Priority, Duration]
    longest_between_updates: Duration
    triage: Triage
    warnings: tuple[int, ...]


class SignalRule(Strict):
    """What follows when a fact is observed."""

    row: str
    means: Approved
    priority: Priority | None = None
    team: Team | None = None
    reason: str | None = None
    flags: tuple[str, ...] = ()
    by_staff: bool = False
    lowers: bool = False
    """True for what is Low whatever its issue starts at, as long as nothing else that was heard says more."""
    about: tuple[Literal["account", "appointment", "prescription", "technical", "doctor", "escalate"], ...] = ()
    """Groups of issues that it can be a fact of; empty for all. `Logged out and in again` tells a prescription nothing of access."""

    @property
    def is_urgent(self) -> bool:
        """True for what people look at before anything else, and for an emergency."""
        return self.priority in URGENT or self.reason == "emergency"


class Priorities(Strict):
    signals: dict[str, SignalRule]


class Tier(Strict):
    name: str
    scope: tuple[str, ...]
    target: dict[Priority, Duration]


class TeamRow(Strict):
    name: Approved
    tier: Literal[2, 3]
    channel_setting: str
    withhold_words: bool = False
    hold_on_purge: bool = False
    checklist: str | None = None


class Tiers(Strict):
    tiers: dict[int, Tier]
    teams: dict[Team, TeamRow]


class State(Strict):
    row: str
    name: Approved
    said: Approved | None = None
    """What a user reads in its place, where the name is a word of our trade."""

    @property
    def for_user(self) -> str:
        """The state in a user's words."""
        return self.said or self.name


class Lifecycle(TextFile):
    states: dict[Status, State]
    moves: dict[Status, tuple[Status, ...]]
    reopen_within: Duration
    close_silently_after: Duration
    idle_conversation_after: Duration
    hand_over_after: Duration
    danger_unanswered_after: Duration
    waiting_pauses: tuple[str, ...]


class Reason(Strict):
    row: str
    means: Approved


class FurtherReason(Strict):
    """Why a ticket leaves Tier 2, where it goes, and the priority it has there at least."""

    row: str
    means: Approved
    team: Team | None = None
    tier: Literal[2, 3] = 3
    priority: Priority | None = None


class Gather(Strict):
    """A detail that every ticket needs, and when it is asked for."""

    id: str
    row: str
    label: str
    ask: str
    when: Literal["no_user_id", "issue_asks", "nothing_told"]


class Escalation(TextFile):
    of_no_issue: tuple[str, ...]
    """Issues whose title tells nothing of the matter: there the user's own summary names it."""
    to_tier_2: dict[str, Reason]
    to_tier_3: dict[str, FurtherReason]
    gather: tuple[Gather, ...]
    besides: dict[str, Approved]
    """What facts are called that were told although no question asks for them."""
