"""What may be told of how to reach people, of waiting times, and of an open request: from the guide's data and the clocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handoff import sla
from handoff.kinds import care
from handoff.notices import away, clock_time, length
from handoff.policy.channels import Hours
from handoff.policy.model import Policy
from handoff.policy.names import DAYS, Priority, Team
from handoff.ticket import Ticket

CANNOT_WAIT = "urgent"
"""What was heard of a request that cannot wait."""


def contact_facts(policy: Policy) -> Mapping[str, str]:
    """Phone, e-mail, help center, opening hours and waiting times, as the guide's tables say them."""
    channels = policy.channels.channels
    chat, mail = channels["in_app_chat"].response, channels["email"].response
    return {
        "phone": channels["phone"].contact,
        "email": channels["email"].contact,
        "help_center": channels["help_center"].contact,
        "hours": opening_hours(policy.hours),
        "chat_wait": str(chat) if isinstance(chat, str) else length(chat),
        "email_wait": str(mail) if isinstance(mail, str) else length(mail),
        "emergency_number": policy.words.emergency_number,
    }


def opening_hours(hours: Hours) -> str:
    """The week in words: days with the same hours together, e.g. `Monday to Friday 8:00 AM to 6:00 PM (New York time)`."""
    groups: list[tuple[list[str], tuple[str, ...]]] = []
    for name in DAYS:
        written = tuple(hours.week[name])
        if groups and groups[-1][1] == written:
            groups[-1][0].append(name)
        else:
            groups.append(([name], written))
    open_days = [f"{_days(names)} {', '.join(map(_span, written))}" for names, written in groups if written]
    place = hours.zone.rpartition("/")[2].replace("_", " ")
    return f"{'; '.join(open_days)} ({place} time)"


def _days(names: list[str]) -> str:
    return names[0].capitalize() if len(names) == 1 else f"{names[0].capitalize()} to {names[-1].capitalize()}"


def _span(written: str) -> str:
    start, end = written.split("-")
    return f"{_clock(start)} to {_clock(end)}"


def _clock(written: str) -> str:
    hour, minute = (int(part) for part in written.split(":"))
    return f"{hour % 12 or 12}:{minute:02} {'AM' if hour < 12 else 'PM'}"


@dataclass(frozen=True)
class OpenRequest:
    """An open request as its user may be told of it, in words."""

    number: int
    issue: str
    reason: str
    state: str
    due: str
    """When the next word is promised."""
    owner: str = ""
    late: bool = False
    away: str = ""
    """When support is fully open again, where that matters for the promise."""
    care: str = ""
    """What the user is to do and not to do meanwhile; empty for a usual request."""
    priority: Priority = "low"
    team: Team = "support"
    owed: bool = False
    """Something that the user wrote since they were answered waits for an answer already."""
    marked: bool = False
    """The team sees that it cannot wait."""
    due_at: datetime | None = None
    """The same as `due`, to be written in another language."""
    title: str = ""
    summary: str = ""
    answered: bool = False
    """A person has answered it already."""


def open_request(policy: Policy, ticket: Ticket, now: datetime) -> OpenRequest:
    """Number, state, owner, when the next word is due, whether we are late, and when we are fully open again where that matters."""
    zone, home = ticket.request.user.zone, policy.hours.zone
    due = ticket.next_update_at or (sla.promised_response(policy, ticket) if ticket.first_response_at is None else now)
    if due <= now:
        due = now + (
            policy.sla.further_update[ticket.priority]
            if ticket.owes_answer
            else policy.sla.response[ticket.priority].first_response
        )
    return OpenRequest(
        number=ticket.number,
        issue=ticket.request.issue,
        reason=ticket.reason,
        state=policy.lifecycle.states[ticket.status].for_user.lower(),
        due=clock_time(due, zone, home),
        owner=ticket.owner.name if ticket.owner else "",
        late=ticket.first_response_at is None and sla.promised_response(policy, ticket) < now,
        away=away(policy, ticket, due, now),
        care=care(policy, ticket),
        priority=ticket.priority,
        team=ticket.team,
        owed=ticket.owed_since is not None,
        marked=CANNOT_WAIT in ticket.signals,
        due_at=due,
        title=ticket.request.title,
        summary=ticket.request.summary,
        answered=ticket.first_response_at is not None,
    )
