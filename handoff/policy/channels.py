"""How people are reached: channels, hours, contacts, and the ways to somebody who is not looking."""

from datetime import date
from typing import Literal

from pydantic import Field

from handoff.data_files import Strict
from handoff.durations import Duration
from handoff.policy.names import Priority, RouteWords, StaffRoute, Team
from handoff.safe import Approved
from handoff.text_files import TextFile


class Channel(Strict):
    row: str
    name: str
    contact: str
    response: str
    counted_in: Literal["clock", "business", "none"]


class Channels(TextFile):
    channels: dict[str, Channel]
    letters: tuple[str, ...]
    """Channels in which the guide's letters are sent as they are; in a chat one card stands for the first two."""
    also: dict[str, str]


class Holidays(Strict):
    country: str
    also_closed: dict[date, str] = Field(default_factory=dict)
    open_on: tuple[date, ...] = ()


class PhoneHours(Strict):
    always: bool


class Hours(Strict):
    confirmed: bool
    zone: str
    on_call_for: tuple[Priority, ...] = ()
    """Priorities for which somebody is called while support is closed."""
    week: dict[str, tuple[str, ...]]
    holidays: Holidays
    phone: PhoneHours


class Contact(Strict):
    row: str
    role: Approved
    name: Approved
    email: str
    slack: str
    needed_in_production: bool


class RotaWeek(Strict):
    start: date
    end: date
    name: Approved
    email: str = ""
    slack: str = ""


class Calling(Strict):
    again_after: Duration
    order: tuple[str, ...]
    first_of_team: dict[Team, str]


class Contacts(Strict):
    contacts: dict[str, Contact]
    rota: tuple[RotaWeek, ...]
    critical_ladder: Calling


class Wish(Strict):
    """Which question asks how the user wants to be answered, and what its choices mean."""

    detail: str
    label: Approved
    """What the answer is called on a ticket whose issue does not ask the question."""
    number_label: Approved
    place_label: Approved
    by_email: tuple[str, ...]
    by_phone: tuple[str, ...]
    number_in: tuple[str, ...]


class Reach(TextFile):
    """How people who are not looking are reached (decision O27)."""

    unread_for: Duration
    quiet: str = Field("", pattern=r"^(\d\d:\d\d-\d\d:\d\d)?$")
    answers: tuple[str, ...]
    no_news: tuple[str, ...]
    wish: Wish
    routes: dict[RouteWords, str]
    staff: dict[StaffRoute, Approved]
