"""Who is called about a Critical ticket, in which order, and who answers for a ticket that nobody has taken."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from handoff.policy.channels import Contact
from handoff.policy.model import Policy
from handoff.safe import Approved, Safe
from handoff.ticket import Ticket

ON_CALL, LEAD = "on_call", "support_lead"


@dataclass(frozen=True)
class Person:
    """A contact of the guide as it is at this moment: its key in contacts.yml, and how to reach it."""

    key: str
    role: Approved
    name: Safe
    email: str
    slack: str

    @property
    def reachable(self) -> bool:
        """True when there is any way to reach this person."""
        return bool(self.email or self.slack)


@dataclass(frozen=True)
class Round:
    """One round of pages: who is called, and when the next round goes out unless somebody has acknowledged."""

    number: int
    people: tuple[Person, ...]
    next_at: datetime


def is_paged(ticket: Ticket) -> bool:
    """True while people are to be called about this ticket: Critical, open, and acknowledged by nobody."""
    return ticket.is_critical and ticket.is_open and ticket.acknowledged_at is None


def round_of(policy: Policy, ticket: Ticket, number: int, now: datetime) -> Round:
    """The round with this number (the first is 1): the team's own contact and the first `number` in the order of calling."""
    calling = policy.contacts.critical_ladder
    first = calling.first_of_team.get(ticket.team)
    keys = dict.fromkeys([*([first] if first else []), *calling.order[:number]])
    return Round(number, tuple(person(policy, key, now) for key in keys), now + calling.again_after)


def person(policy: Policy, key: str, now: datetime) -> Person:
    """The contact with this key; for the on-call role the first week of the rota that fits, in the zone of the hours."""
    contact: Contact = policy.contacts.contacts[key]
    if key == ON_CALL:
        today = now.astimezone(ZoneInfo(policy.hours.zone)).date()
        for week in policy.contacts.rota:
            if week.start <= today <= week.end:
                return Person(key, contact.role, Safe.of_staff(week.name), week.email, week.slack)
    return Person(key, contact.role, Safe.of_staff(contact.name), contact.email, contact.slack)


def anybody_reachable(policy: Policy, now: datetime) -> bool:
    """True when at least one contact in the order of calling has an address."""
    return any(person(policy, key, now).reachable for key in policy.contacts.critical_ladder.order)


def answers_for(policy: Policy, ticket: Ticket, now: datetime) -> Person:
    """Who is told of a warning or a breach on a ticket without an owner: the team's own contact, else the lead."""
    own = policy.contacts.critical_ladder.first_of_team.get(ticket.team)
    return person(policy, own or LEAD, now)
