"""The guide's templates filled with a ticket's facts: strict, so that a missing value drops its line or fails."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jinja2 import DictLoader, Environment, StrictUndefined

from handoff import ladder, sla
from handoff.hours import is_open, next_opening
from handoff.names import plain_name, unlinked
from handoff.policy import Policy
from handoff.ticket import SKIPPED, Excerpt, Notice, Ticket

TEMPLATES = Path(__file__).parent / "templates"
_SUBJECT = "Subject: "
NO_WORDS = Excerpt("")
Moment = Callable[[datetime], str]
"""How a channel writes a moment."""
_GAP = re.compile(r"\n{3,}")
_SOURCES = {path.name: path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.glob("*.j2"))}
"""Read once: an edit goes live with the next start, and only through the gate."""
_environment = Environment(
    loader=DictLoader(_SOURCES),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    autoescape=False,  # noqa: S701 - letters in plain text; whoever shows one as HTML escapes it there
)


@dataclass(frozen=True)
class Text:
    """A filled template: subject for mail, body for everywhere, and the approved file it came from."""

    subject: str
    body: str
    file: str
    hash: str


def fill(kind: str, values: Mapping[str, Any]) -> Text:
    """The template `kind` with these values; raises jinja2.UndefinedError when one is missing."""
    name = f"{kind}.j2"
    whole = _environment.get_template(name).render(values).strip()
    head, _, body = whole.partition("\n")
    body = _GAP.sub("\n\n", body).strip()
    return Text(
        head.removeprefix(_SUBJECT), body, f"handoff/templates/{name}", sha256(_SOURCES[name].encode()).hexdigest()[:12]
    )


def clock_time(at: datetime, zone: str, fallback: str) -> str:
    """A moment as people read it in their own zone: Tue, Nov 24, 3:40 PM EST."""
    try:
        local = at.astimezone(ZoneInfo(zone or fallback))
    except (ZoneInfoNotFoundError, ValueError):
        local = at.astimezone(ZoneInfo(fallback))
    hour = local.strftime("%I").lstrip("0")
    return f"{local:%a, %b} {local.day}, {hour}:{local:%M %p %Z}"


def day(on: date) -> str:
    """A day as people read it: Nov 24, 2026."""
    return f"{on:%b} {on.day}, {on.year}"


def length(policy: Policy, amount: timedelta) -> str:
    """A length of time in words, rounded up to whole minutes, hours or days."""
    names = policy.words.length
    minutes = max(1, -(-int(amount.total_seconds()) // 60))
    if minutes < 60:
        return names["minutes"].format(n=minutes)
    hours = -(-minutes // 60)
    if hours <= 72:
        return names["hour"] if hours == 1 else names["hours"].format(n=hours)
    return names["days"].format(n=-(-hours // 24))


def for_user(policy: Policy, ticket: Ticket, notice: Notice, now: datetime, *, answers: str = "") -> Text:
    """The text of a notice to the user, with times in the user's zone. `answers` stands where buttons cannot be shown."""
    user = ticket.request.user
    zone, home = user.zone, policy.hours.zone
    promised = ticket.next_update_at or sla.promised_response(policy, ticket)
    resolution = ticket.resolution
    critical = ticket.priority == "critical"
    values: dict[str, Any] = {
        "number": ticket.number,
        "name": plain_name(user.name) or policy.words.name_unknown,
        "summary": unlinked(ticket.request.summary),
        "description": ticket.request.title,
        "priority": policy.words.priorities[ticket.priority],
        "expected_response": policy.words.by.format(time=clock_time(sla.promised_response(policy, ticket), zone, home)),
        "away": _away(policy, ticket, zone, now),
        "pages": [f"[{title}]({address})" for title, address in ticket.request.pages],
        "phone": policy.channels.channels["phone"].contact if critical and policy.hours.phone.always else "",
        "timeframe": length(policy, promised - now),
        "status": policy.lifecycle.states[ticket.status].name,
        "next_update": clock_time(promised, zone, home),
        "text": notice.text,
        "answers": answers,
        "emergency_number": policy.words.emergency_number,
    }
    if resolution is not None:
        values |= {"resolution": resolution.done, "instructions": resolution.instructions}
    return fill(notice.kind, values)


def _away(policy: Policy, ticket: Ticket, zone: str, now: datetime) -> str:
    """When support opens again, where the promise counts opening hours and support is closed; else empty (decision O2)."""
    channel = sla.channel_response(policy, ticket)
    counted = channel is not None and channel == sla.promised_response(policy, ticket)
    if not counted or is_open(policy.hours, now):
        return ""
    return policy.words.away.format(time=clock_time(next_opening(policy.hours, now), zone, policy.hours.zone))


def card(
    policy: Policy, ticket: Ticket, *, url: str, zone: str = "", words: Excerpt = NO_WORDS, moment: Moment | None = None
) -> Text:
    """The Tier 2 card. `words` must already be an excerpt; teams that withhold words never show it (decision O20)."""
    request, names = ticket.request, policy.words
    home = policy.hours.zone
    written = moment or (lambda at: clock_time(at, zone, home))
    team = policy.tiers.teams[ticket.team]
    user = " · ".join(part for part in (plain_name(request.user.name), request.user.id, request.user.role) if part)
    values = {
        "number": ticket.number,
        "title": request.title,
        "priority": names.priorities[ticket.priority],
        "rule": ticket.priority_rule,
        "status": policy.lifecycle.states[ticket.status].name,
        "waiting": ticket.waiting,
        "team": team.name,
        "tier": ticket.tier,
        "owner": ticket.owner.name if ticket.owner else names.nobody,
        "called": called_text(policy, ticket, written),
        "first_due": due_text(policy, ticket, sla.RESPONSES, written),
        "resolution_due": due_text(policy, ticket, ("resolution",), written),
        "user": user or names.user_unknown,
        "reason": reason_text(policy, ticket),
        "words": "" if team.withhold_words else words,
        "also": ", ".join(request.also),
        "flags": ", ".join(flag.replace("_", " ") for flag in ticket.flags),
        "tried": [
            {
                "title": step.title,
                "outcome": names.outcomes[step.outcome],
                "at": written(step.at),
                "said_by": names.said_by[step.said_by],
            }
            for step in request.tried
        ],
        "details": [
            {"label": detail.label, "value": shown_detail(policy, detail.value)}
            for detail in request.details
            if not team.withhold_words
        ],
        "url": url,
        "checklist": f"docs/{team.checklist}.md" if team.checklist else "",
    }
    return fill("tier2_card", values)


def called_text(policy: Policy, ticket: Ticket, written: Moment) -> str:
    """Who answered the call about a Critical ticket and when; nobody yet; empty where nobody was called."""
    if ticket.acknowledged_by is not None and ticket.acknowledged_at is not None:
        return f"{ticket.acknowledged_by.name}, {written(ticket.acknowledged_at)}"
    return policy.words.nobody if ladder.is_paged(ticket) else ""


def due_text(policy: Policy, ticket: Ticket, kinds: tuple[str, ...], written: Moment) -> str:
    """When the soonest clock of these kinds is due, or why there is none."""
    running = [clock for clock in sla.running(policy, ticket) if clock.kind in kinds]
    if running:
        return written(running[0].due_at)
    return policy.words.paused if ticket.waiting and "resolution" in kinds else policy.words.answered


def reason_text(policy: Policy, ticket: Ticket) -> str:
    """Why people have this ticket, in the guide's words."""
    rules = policy.escalation
    rule = rules.to_tier_3.get(ticket.reason) if ticket.escalated_at else None
    return rule.means if rule else rules.to_tier_2[ticket.reason].means


def shown_detail(policy: Policy, value: str) -> str:
    """A gathered detail, with the approved word for one that was skipped."""
    return policy.words.skipped if value == SKIPPED else value
