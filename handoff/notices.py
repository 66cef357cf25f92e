"""The guide's templates filled with a ticket's facts: strict, so that a missing value drops its line or fails."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel import Locale
from babel.dates import format_skeleton, format_time
from babel.units import format_unit

from handoff import kinds, on_call, reach, rendering, safe, sla
from handoff.hours import is_open, next_opening, zone_name, zone_of
from handoff.names import plain_name, unlinked
from handoff.policy.model import Policy
from handoff.safe import Safe, Value
from handoff.ticket import Notice, Ticket

_SUBJECT = "Subject: "
_NARROW = "\u202f"
ENGLISH = "en"
Moment = Callable[[datetime], str]
"""How a channel writes a moment."""
HIDDEN = "[…]"
"""What stands for hidden words."""
_GAP = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Text:
    """A filled template: subject for mail, body for everywhere, and the approved file it came from."""

    subject: str
    body: str
    file: str
    hash: str


@dataclass(frozen=True)
class StaffText(Text):
    """A text for our own people: a card, a note, a letter. Nothing but safe text is in it."""

    subject: Safe
    body: Safe


def fill(kind: str, values: Mapping[str, object]) -> Text:
    """The template `kind` with these values; raises jinja2.UndefinedError when one is missing."""
    name = f"{kind}.j2"
    whole, mark = rendering.IN_FORCE.filled(name, values)
    head, _, body = whole.strip().partition("\n")
    body = _GAP.sub("\n\n", body).strip()
    return Text(head.removeprefix(_SUBJECT), body, f"handoff/templates/{name}", mark)


def fill_for_staff(kind: str, values: Mapping[str, Value]) -> StaffText:
    """The template `kind` for our own people: raises TypeError for a value that is not safe."""
    safe.must_be_safe(values)
    text = fill(kind, values)
    return StaffText(safe.rendered(text.subject, values), safe.rendered(text.body, values), text.file, text.hash)


def clock_time(at: datetime, zone: str, fallback: str, language: str = ENGLISH) -> str:
    """A moment as people read it in their own zone and language: Tue, Nov 24, 3:40 PM EST."""
    local = at.astimezone(zone_of(zone, fallback))
    if language != ENGLISH:
        time = format_time(local.time(), "short", locale=language).replace(_NARROW, " ")
        return f"{format_skeleton('MMMEd', local.date(), locale=language)}, {time} {zone_name(local)}"
    hour = local.strftime("%I").lstrip("0")
    return f"{local:%a, %b} {local.day}, {hour}:{local:%M %p} {zone_name(local)}"


def day(on: date) -> str:
    """A day as people read it: Nov 24, 2026."""
    return f"{on:%b} {on.day}, {on.year}"


def length(amount: timedelta, language: Locale | str = ENGLISH) -> str:
    """A length of time in words of a language, rounded up to whole minutes, hours or days."""
    minutes = max(1, -(-int(amount.total_seconds()) // 60))
    hours = -(-minutes // 60)
    many, unit = (minutes, "minute") if minutes < 60 else (hours, "hour") if hours <= 72 else (-(-hours // 24), "day")
    return format_unit(many, f"duration-{unit}", locale=language)


def for_user(
    policy: Policy, ticket: Ticket, notice: Notice, now: datetime, *, answers: str = "", mail: bool = False
) -> Text:
    """The text of a notice to the user, with times in the user's zone. `answers` stands where buttons cannot be shown;
    `mail` says whether letters can be sent at all."""
    user = ticket.request.user
    zone, home = user.zone, policy.hours.zone
    promised = promised_at(policy, ticket)
    resolution = ticket.resolution
    pressing = ticket.is_critical or kinds.care(policy, ticket) != ""
    values: dict[str, object] = {
        "number": ticket.number,
        "name": name_of(policy, user.name),
        "summary": for_its_author(ticket),
        "description": matter(policy, ticket),
        "priority": policy.words.priorities[ticket.priority],
        "priority_means": policy.words.priority_means[ticket.priority],
        "expected_response": policy.words.by.format(time=clock_time(promised, zone, home)),
        "away": away(policy, ticket, promised, now),
        "pages": [f"[{title}]({address})" for title, address in ticket.request.pages],
        "phone": kinds.phone(policy),
        "pressing": pressing,
        "care": kinds.care(policy, ticket),
        "meanwhile": kinds.meanwhile(policy, ticket),
        "update": kinds.update(policy, ticket),
        "subject": kinds.subject(policy, ticket),
        "solved": kinds.kind_of(policy, ticket).solved,
        "afterwards": kinds.afterwards(policy, ticket),
        "route": policy.reach.routes[reach.route(policy, ticket, mail=mail)],
        "timeframe": length(promised - now),
        "status": policy.lifecycle.states[ticket.status].for_user,
        "next_update": clock_time(promised, zone, home),
        "text": notice.text,
        "answers": answers,
        "emergency_number": policy.words.emergency_number,
    }
    if resolution is not None:
        values |= {"resolution": resolution.done, "instructions": resolution.instructions}
    return fill(notice.kind, values)


def promised_at(policy: Policy, ticket: Ticket) -> datetime:
    """When the user hears from us at the latest."""
    return ticket.next_update_at or sla.promised_response(policy, ticket)


def name_of(policy: Policy, name: str) -> str:
    """How somebody is greeted: by their name, unless it is none: what could be a link or a mark is never said as ours."""
    return plain_name(name) or policy.words.name_unknown


def matter(policy: Policy, ticket: Ticket) -> str:
    """What the ticket is about, in a few words: its issue, or the user's own summary where the issue tells nothing."""
    request = ticket.request
    return for_its_author(ticket) if request.issue in policy.escalation.of_no_issue else request.title


def for_its_author(ticket: Ticket) -> str:
    """The user's own summary; the title of the issue where words of it are hidden, for nobody is shown holes in their own words."""
    request = ticket.request
    return request.title if HIDDEN in request.summary else unlinked(request.summary)


def away(policy: Policy, ticket: Ticket, promised: datetime, now: datetime) -> str:
    """When support opens again, in words; empty where it does not matter."""
    opening = opens_again(policy, ticket, promised, now)
    if opening is None:
        return ""
    outside, hours = _is_outside(policy, ticket, promised, now), policy.hours
    words = policy.words.away_then if outside else policy.words.away
    return words.format(time=clock_time(opening, ticket.request.user.zone, hours.zone))


def _is_outside(policy: Policy, ticket: Ticket, promised: datetime, now: datetime) -> bool:
    return not is_open(policy.hours, promised - timedelta(seconds=1)) and not _on_call(policy, ticket, now)


def opens_again(policy: Policy, ticket: Ticket, promised: datetime, now: datetime) -> datetime | None:
    """When support opens again, where that matters: support is closed, or the promised time lies outside its hours, for it runs
    day and night (decisions O2 and O25). None else, and where somebody is called for this priority and no hours are counted."""
    hours = policy.hours
    closed_now, called = not is_open(hours, now), _on_call(policy, ticket, now)
    counted = sla.channel_response(policy, ticket) == promised and closed_now
    outside = _is_outside(policy, ticket, promised, now)
    if not ticket.is_open or not (counted or outside or (closed_now and not called)):
        return None
    return next_opening(hours, promised if outside else now)


def _on_call(policy: Policy, ticket: Ticket, now: datetime) -> bool:
    """True when somebody is called about this ticket while support is closed."""
    return ticket.priority in policy.hours.on_call_for and on_call.anybody_reachable(policy, now)
