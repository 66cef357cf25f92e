"""What can happen to a ticket: one class for each kind of event, with the names under which it is stored."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, ClassVar, Literal, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field, PlainSerializer

from handoff.policy.names import Priority, Status, Team

T = TypeVar("T")
Perhaps: TypeAlias = Annotated[T | None, Field(exclude_if=lambda value: value is None)]
"""Stored only when there is something to say."""
Moment = Annotated[datetime, PlainSerializer(datetime.isoformat)]
NoMoment = Annotated[
    datetime | None,
    BeforeValidator(lambda stored: stored or None),
    PlainSerializer(lambda at: at.isoformat() if at else ""),
]
Ending = Literal["confirmed", "silent", "withdrawn"]


@dataclass(frozen=True)
class TicketOpened:
    """A ticket is there; `guide` is the version of the guide that it was triaged by."""

    kind: ClassVar[Literal["new"]] = "new"
    issue: str
    reason: str
    guide: str = ""


@dataclass(frozen=True)
class StatusChanged:
    """The ticket left a state of its life cycle for the one that `kind` names."""

    came_from: Annotated[Status, Field(alias="from")]


@dataclass(frozen=True)
class Triaged(StatusChanged):
    """Priority, tier and team are set, by the rule that decided."""

    kind: ClassVar[Literal["triaged"]] = "triaged"
    priority: Perhaps[Priority] = None
    rule: Perhaps[str] = None
    tier: Perhaps[int] = None
    team: Perhaps[Team] = None


@dataclass(frozen=True)
class Assigned(StatusChanged):
    """Somebody owns it."""

    kind: ClassVar[Literal["assigned"]] = "assigned"
    owner: Perhaps[str] = None
    owner_name: Perhaps[str] = None


@dataclass(frozen=True)
class InProgress(StatusChanged):
    """It is worked on; `cycle` tells the how many-th time, when it was reopened."""

    kind: ClassVar[Literal["in_progress"]] = "in_progress"
    cycle: Perhaps[int] = None


@dataclass(frozen=True)
class Resolved(StatusChanged):
    """People resolved it; `logs`: with a link to logs, `known_issue`: to become a known issue."""

    kind: ClassVar[Literal["resolved"]] = "resolved"
    reproduced: Perhaps[str] = None
    logs: Perhaps[bool] = None
    known_issue: Perhaps[bool] = None


@dataclass(frozen=True)
class Closed(StatusChanged):
    """It is over."""

    kind: ClassVar[Literal["closed"]] = "closed"
    how: Ending = "silent"


@dataclass(frozen=True)
class Reviewed:
    """A person has looked at it."""

    kind: ClassVar[Literal["reviewed"]] = "reviewed"


@dataclass(frozen=True)
class Acknowledged:
    """A person who was called is on it."""

    kind: ClassVar[Literal["acknowledged"]] = "acknowledged"


@dataclass(frozen=True)
class StaffReplied:
    """A person answered the user."""

    kind: ClassVar[Literal["staff_reply"]] = "staff_reply"
    first: bool = False


@dataclass(frozen=True)
class WaitBegan:
    """Support waits for the user."""

    kind: ClassVar[Literal["waiting_for_user"]] = "waiting_for_user"


@dataclass(frozen=True)
class UserAnswered:
    """The user, whom support waited for, has written."""

    kind: ClassVar[Literal["user_answered"]] = "user_answered"


@dataclass(frozen=True)
class UserWrote:
    """The user wrote about an open ticket."""

    kind: ClassVar[Literal["user_message"]] = "user_message"


@dataclass(frozen=True)
class NoteAdded:
    """A person left an internal note."""

    kind: ClassVar[Literal["note"]] = "note"


@dataclass(frozen=True)
class PriorityChanged:
    """It has another priority."""

    kind: ClassVar[Literal["priority"]] = "priority"
    before: Annotated[Priority, Field(alias="from")]
    to: Priority
    why: str = ""


@dataclass(frozen=True)
class SignalsHeard:
    """The user told of facts that may set a priority; `anew`: grave ones, so that answer and resolution are promised from then on."""

    kind: ClassVar[Literal["signals"]] = "signals"
    heard: tuple[str, ...] = ()
    anew: Perhaps[bool] = None


@dataclass(frozen=True)
class DetailsAdded:
    """The user answered what the ticket needs to know; `known` are the ids of all that is known."""

    kind: ClassVar[Literal["details"]] = "details"
    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class Escalated:
    """It went to the team that the reason calls for."""

    kind: ClassVar[Literal["escalated"]] = "escalated"
    reason: str
    team: Team
    from_team: Perhaps[Team] = None
    from_tier: Perhaps[int] = None


@dataclass(frozen=True)
class HandedBack:
    """A team that is not the right one gave it back to the team that has every ticket first."""

    kind: ClassVar[Literal["handed_back"]] = "handed_back"
    team: Team
    from_team: Team


@dataclass(frozen=True)
class UpdateSent:
    """The user was given the update that was announced for `due_at`."""

    kind: ClassVar[Literal["update_sent"]] = "update_sent"
    due_at: Moment
    next_update_at: Moment


@dataclass(frozen=True)
class DeadlineTold:
    """So many percent of the time of a promise have gone."""

    clock: Annotated[str, Field(alias="kind")]
    percent: int
    cycle: int
    due_at: Moment


@dataclass(frozen=True)
class SlaWarned(DeadlineTold):
    """A promise runs out."""

    kind: ClassVar[Literal["warning"]] = "warning"


@dataclass(frozen=True)
class SlaBreached(DeadlineTold):
    """A promise was not kept."""

    kind: ClassVar[Literal["breach"]] = "breach"


@dataclass(frozen=True)
class Paged:
    """A round of people was called."""

    kind: ClassVar[Literal["paged"]] = "paged"
    round: int
    roles: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()


@dataclass(frozen=True)
class ClocksMoved:
    """Changed settings moved what is due."""

    kind: ClassVar[Literal["clocks_moved"]] = "clocks_moved"
    due_at: NoMoment = None


Moved: TypeAlias = Triaged | Assigned | InProgress | Resolved | Closed
OfTicket: TypeAlias = (
    TicketOpened
    | Moved
    | Reviewed
    | Acknowledged
    | StaffReplied
    | WaitBegan
    | UserAnswered
    | UserWrote
    | NoteAdded
    | PriorityChanged
    | SignalsHeard
    | DetailsAdded
    | Escalated
    | HandedBack
    | UpdateSent
    | SlaWarned
    | SlaBreached
    | Paged
    | ClocksMoved
)
