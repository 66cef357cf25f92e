"""Everything that can happen, as values: one class for each kind of event, put on the record and read back here alone."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

from pydantic import Field, JsonValue, TypeAdapter, ValidationError

from handoff.ticket_events import OfTicket, Perhaps

About = Literal["bot", "ticket"]


@dataclass(frozen=True)
class ConversationOpened:
    """A conversation began."""

    kind: ClassVar[Literal["conversation_opened"]] = "conversation_opened"
    channel: str = ""


@dataclass(frozen=True)
class ConversationClosed:
    """A conversation with the assistant alone went quiet."""

    kind: ClassVar[Literal["conversation_closed"]] = "conversation_closed"
    how: Literal["solved", "silent"] = "silent"


@dataclass(frozen=True)
class OfIssue:
    """What happened to the issue that a conversation is about; empty when it is about none."""

    issue: str = ""


@dataclass(frozen=True)
class IssueRaised(OfIssue):
    """The user has this issue."""

    kind: ClassVar[Literal["issue"]] = "issue"


@dataclass(frozen=True)
class IssueSolved(OfIssue):
    """The user says that it is solved."""

    kind: ClassVar[Literal["solved"]] = "solved"


@dataclass(frozen=True)
class IssueDropped(OfIssue):
    """The user lets it be."""

    kind: ClassVar[Literal["dropped"]] = "dropped"


@dataclass(frozen=True)
class IncidentGreeted(OfIssue):
    """The user was told at once that many have this issue."""

    kind: ClassVar[Literal["incident_greeted"]] = "incident_greeted"


@dataclass(frozen=True)
class SafetyChecked(OfIssue):
    """The user was asked whether somebody is in danger."""

    kind: ClassVar[Literal["safety_check"]] = "safety_check"


@dataclass(frozen=True)
class StepOffered(OfIssue):
    """A step of the approved solution was shown."""

    kind: ClassVar[Literal["step_offered"]] = "step_offered"
    step: str = ""


@dataclass(frozen=True)
class HandoverBegun:
    """People are to take it."""

    kind: ClassVar[Literal["handing_over"]] = "handing_over"
    reason: str = ""
    issue: str | None = None


@dataclass(frozen=True)
class EmergencyHeard:
    """Somebody is in danger, by these rules."""

    kind: ClassVar[Literal["emergency"]] = "emergency"
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Withdrawn:
    """The user no longer needs the ticket with this number."""

    kind: ClassVar[Literal["withdrawn"]] = "withdrawn"
    number: int | None = None


@dataclass(frozen=True)
class Corrected:
    """The user corrected what was understood; put on record by earlier releases."""

    kind: ClassVar[Literal["corrected"]] = "corrected"


@dataclass(frozen=True)
class Rated:
    """The user's vote on an answer of the assistant, or on a resolution."""

    kind: ClassVar[Literal["rated"]] = "rated"
    about: About
    helpful: bool
    score: int | None = None
    cycle: int | None = None


@dataclass(frozen=True)
class OfMessage:
    """What happened to the line of a conversation that has the number `message`."""

    message: int


@dataclass(frozen=True)
class MessageChanged(OfMessage):
    """Its writer changed it."""

    kind: ClassVar[Literal["message_changed"]] = "message_changed"


@dataclass(frozen=True)
class MessageDeleted(OfMessage):
    """Its writer deleted it."""

    kind: ClassVar[Literal["message_deleted"]] = "message_deleted"


@dataclass(frozen=True)
class NoteChanged(OfMessage):
    """The person who left the note changed it."""

    kind: ClassVar[Literal["note_changed"]] = "note_changed"


@dataclass(frozen=True)
class NoteDeleted(OfMessage):
    """The person who left the note deleted it."""

    kind: ClassVar[Literal["note_deleted"]] = "note_deleted"


@dataclass(frozen=True)
class LetterSent(OfMessage):
    """The absent user was told by letter that it waits."""

    kind: ClassVar[Literal["letter_sent"]] = "letter_sent"


@dataclass(frozen=True)
class MailNotAnswered:
    """Nobody was answered; `error` is the kind of fault that reading the mail met."""

    kind: ClassVar[Literal["mail_not_answered"]] = "mail_not_answered"
    why: str
    error: Perhaps[str] = None


@dataclass(frozen=True)
class OfDelivery:
    """What happened to the message in row `outbox` that was to go out as `what` on a channel."""

    outbox: int
    channel: str
    what: Annotated[str, Field(alias="kind")]
    error: str = ""


@dataclass(frozen=True)
class DeliveryFailed(OfDelivery):
    """It did not arrive and is not tried again by itself."""

    kind: ClassVar[Literal["delivery_failed"]] = "delivery_failed"


@dataclass(frozen=True)
class DeliveryRetried(OfDelivery):
    """A person had it sent again."""

    kind: ClassVar[Literal["delivery_again"]] = "delivery_again"


@dataclass(frozen=True)
class DeliveryDismissed(OfDelivery):
    """A person saw to it otherwise."""

    kind: ClassVar[Literal["delivery_dismissed"]] = "delivery_dismissed"


@dataclass(frozen=True)
class DeliveryStalled:
    """So many messages wait until people mend what is broken on a channel."""

    kind: ClassVar[Literal["delivery_stands_still"]] = "delivery_stands_still"
    channel: str
    error: str
    rows: int


@dataclass(frozen=True)
class OfIncident:
    """What happened to an incident about an issue."""

    incident: int
    issue: str = ""


@dataclass(frozen=True)
class IncidentSuspected(OfIncident):
    """So many users have the issue, which `usual` ones would have by chance."""

    kind: ClassVar[Literal["incident_suspected"]] = "incident_suspected"
    users: int = 0
    usual: float = 0
    chance: float = 0


@dataclass(frozen=True)
class IncidentConfirmed(OfIncident):
    """A person says that it is one."""

    kind: ClassVar[Literal["incident_confirmed"]] = "incident_confirmed"


@dataclass(frozen=True)
class IncidentDismissed(OfIncident):
    """It is none."""

    kind: ClassVar[Literal["incident_dismissed"]] = "incident_dismissed"


@dataclass(frozen=True)
class IncidentOver(OfIncident):
    """It is mended."""

    kind: ClassVar[Literal["incident_over"]] = "incident_over"


@dataclass(frozen=True)
class IncidentTold:
    """A conversation was told `of` the incident, or that it is `over`."""

    kind: ClassVar[Literal["incident_told"]] = "incident_told"
    incident: int
    what: Literal["of", "over"]


@dataclass(frozen=True)
class Unknown:
    """A row of the record that this program does not understand."""

    kind: str


OfIssues: TypeAlias = IssueRaised | IssueSolved | IssueDropped | IncidentGreeted | SafetyChecked | StepOffered
OfTalk: TypeAlias = (
    ConversationOpened | ConversationClosed | HandoverBegun | EmergencyHeard | Withdrawn | Corrected | Rated
)
OfWriting: TypeAlias = MessageChanged | MessageDeleted | NoteChanged | NoteDeleted | LetterSent | MailNotAnswered
OfOutbox: TypeAlias = DeliveryFailed | DeliveryRetried | DeliveryDismissed | DeliveryStalled
Incident: TypeAlias = IncidentSuspected | IncidentConfirmed | IncidentDismissed | IncidentOver
Payload: TypeAlias = OfTicket | OfIssues | OfTalk | OfWriting | OfOutbox | Incident | IncidentTold
"""Whatever can happen. What is stored is read with the names that it was stored under, and what it says besides is left out."""
_FORMS: dict[str, TypeAdapter[Payload]] = {form.kind: TypeAdapter(form) for form in get_args(Payload)}


def written(payload: Payload) -> dict[str, JsonValue]:
    """What happened as JSON for the record, beside its kind."""
    stored: dict[str, JsonValue] = _FORMS[payload.kind].dump_python(payload, mode="json", by_alias=True)
    return stored


def read(kind: str, stored: object) -> Payload | Unknown:
    """What was put on record, by whichever release; Unknown for what is no such thing."""
    try:
        return _FORMS[kind].validate_python(stored)
    except (KeyError, ValidationError):
        return Unknown(kind)
