"""Every message that goes out, as a value: one class for each kind, written to the outbox and read back here alone."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

from pydantic import Field, TypeAdapter

from handoff.policy.names import ClockKind, Priority, Team

STANDS_STILL, PUT_OFF = "stands_still", "put_off"
"""What an alarm is about when it is about no single message: a way out that people must mend, a piece of work that raises."""


class UnknownKind(ValueError):
    """A stored message is of a kind that this program does not know."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no message goes out as {kind!r}")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where on its channel a message goes. What else a channel keeps of an address stands at the conversation."""

    address: str = ""
    channel: str = ""
    thread: str | None = None
    in_reply_to: str = ""
    references: str = ""


@dataclass(frozen=True, kw_only=True)
class UserMessage:
    """A line of a transcript, for the user."""

    kind: ClassVar[Literal["message"]] = "message"
    message: int
    to: Place


@dataclass(frozen=True, kw_only=True)
class PlainText:
    """A text that is no part of a conversation."""

    kind: ClassVar[Literal["text"]] = "text"
    text: str
    to: Place


@dataclass(frozen=True, kw_only=True)
class StaffEmail:
    """A letter to one of our own people; `acknowledge` is the contact whose press of its button says that they are on it."""

    kind: ClassVar[Literal["letter"]] = "letter"
    to: Place
    subject: str
    text: str
    acknowledge: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerWaiting:
    """A letter to a user who has not read the line with this number in the chat."""

    kind: ClassVar[Literal["answer_waiting"]] = "answer_waiting"
    to: Place
    subject: str
    text: str
    conversation: str
    number: int


@dataclass(frozen=True, kw_only=True)
class InChannel:
    """What stands in the channel of a team, which is filled in when it is put on its way."""

    channel: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketCard(InChannel):
    """The card of a ticket is to show what is true now."""

    kind: ClassVar[Literal["tier2_card"]] = "tier2_card"
    ticket: int


@dataclass(frozen=True, kw_only=True)
class ThreadMessage(InChannel):
    """What the user wrote, in the thread of the card; no words where they are withheld."""

    kind: ClassVar[Literal["user_message"]] = "user_message"
    ticket: int
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class ThreadChange(InChannel):
    """The user changed or deleted what stands in the thread at `posts`: channel and id of each message."""

    kind: ClassVar[Literal["user_changed"]] = "user_changed"
    ticket: int
    gone: bool
    words: str = ""
    posts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class ThreadNote(InChannel):
    """A note of our own people, in the thread of the card."""

    kind: ClassVar[Literal["note"]] = "note"
    ticket: int
    by: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SlaNotice(InChannel):
    """A promise of a ticket, and who of Slack's users is named with it."""

    ticket: int
    clock: Annotated[ClockKind, Field(alias="kind")]
    percent: int
    due_at: datetime
    named: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SlaWarning(SlaNotice):
    """A promise runs out."""

    kind: ClassVar[Literal["warning"]] = "warning"


@dataclass(frozen=True, kw_only=True)
class SlaBreach(SlaNotice):
    """A promise was not kept."""

    kind: ClassVar[Literal["breach"]] = "breach"


@dataclass(frozen=True, kw_only=True)
class Page(InChannel):
    """A call about a Critical ticket that names these of Slack's users: to one of them, or in the team's channel."""

    kind: ClassVar[Literal["page"]] = "page"
    ticket: int
    round: int
    named: tuple[str, ...]
    user: str = ""


@dataclass(frozen=True, kw_only=True)
class IncidentUpdate(InChannel):
    """The message of an incident is to show what is true now."""

    kind: ClassVar[Literal["incident"]] = "incident"
    incident: int
    title: str


@dataclass(frozen=True, kw_only=True)
class DeliveryFailed(InChannel):
    """An alarm: a message of the kind `what` did not arrive, or one of STANDS_STILL and PUT_OFF."""

    kind: ClassVar[Literal["delivery_failed"]] = "delivery_failed"
    what: Annotated[str, Field(alias="kind")]
    error: str
    ticket: int | None = None


@dataclass(frozen=True, kw_only=True)
class PagedTicket:
    """What a pager is told of a ticket: no word of the user and no name."""

    ticket: int
    priority: Priority
    team: Team
    round: int
    roles: tuple[str, ...]
    url: str


@dataclass(frozen=True, kw_only=True)
class PagerCall:
    """A call to a pager, in the form in which it is sent: every try is the same."""

    kind: ClassVar[Literal["page"]] = "page"
    type: Literal["ticket.paged"]
    timestamp: str
    data: PagedTicket


InThread: TypeAlias = ThreadMessage | ThreadChange | ThreadNote | SlaWarning | SlaBreach
ForTeam: TypeAlias = TicketCard | InThread | Page | IncidentUpdate | DeliveryFailed
Outbound: TypeAlias = UserMessage | PlainText | StaffEmail | AnswerWaiting | ForTeam | PagerCall
"""Whatever goes out. What is stored is read with the names that it was stored under, and what it says besides is left out."""


def _forms() -> dict[str, TypeAdapter[Outbound]]:
    of_kind: dict[str, list[type[Outbound]]] = {}
    for form in get_args(Outbound):
        of_kind.setdefault(form.kind, []).append(form)
    return {kind: TypeAdapter(reduce(or_, forms)) for kind, forms in of_kind.items()}


_FORMS = _forms()
_place = TypeAdapter(Place)


def place_of(address: Mapping[str, object]) -> Place:
    """Where a conversation with this address is answered."""
    return _place.validate_python(address)


def written(message: Outbound) -> object:
    """The message as JSON for the outbox, beside its kind."""
    return _FORMS[message.kind].dump_python(message, mode="json", by_alias=True, exclude_defaults=True)


def read(kind: str, stored: object) -> Outbound:
    """The message that was stored, by whichever release; raises UnknownKind, and ValueError for what is no such message."""
    form = _FORMS.get(kind)
    if form is None:
        raise UnknownKind(kind)
    return form.validate_python(stored)


Mend = Literal["", "way", "place"]


@dataclass(eq=False)
class SendFailed(Exception):
    """A message that did not arrive. `permanent`: trying again cannot help. Not `tried`: it was only told to wait. `mend`:
    people must mend something first, the whole way (a token, a password) or one place (a channel); then it goes out.
    `refused`: the other side said no, in words that we do not know. `unreached`: it was not heard at all, or no more."""

    code: str
    _: KW_ONLY
    permanent: bool = False
    retry_after: float | None = None
    tried: bool = True
    mend: Mend = ""
    refused: bool = False
    unreached: bool = False
