"""What the guide's tables must hold: every row that the code asks for, and numbers that a support desk can keep."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_args, get_origin
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel

from handoff.data_files import Document, Fault
from handoff.guide_kept import Told, kept_faults, minutes
from handoff.guide_names import ClockKind
from handoff.yaml_text import Place

if TYPE_CHECKING:
    from handoff.policy import Policy

PARTIAL = frozenset(("first_of_team",))
"""Tables that need not have a row for everything."""
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEEDED: dict[tuple[str, ...], str] = {
    ("channels", "channels"): "email help_center in_app_chat phone",
    ("contacts", "contacts"): "support_manager support_lead on_call security compliance",
    ("escalation", "to_tier_2"): "not_resolved_by_documentation asked_for_person not_in_known_issues not_understood "
    "other_language emergency repeated_anger",
    ("hours", "week"): " ".join(DAYS),
    ("metrics", "metrics"): "first_response_time resolution_time customer_satisfaction ticket_volume escalation_rate",
    ("priorities", "signals"): "emergency system_unavailable security_breach_suspected data_loss phi_exposure "
    "major_feature_broken critical_workflow_blocked multiple_users_affected angry urgent medicine_taken asked_for_person",
    ("words", "outcomes"): "helped did_not_help not_possible tried_before no_answer",
    ("words", "said_by"): "user bot",
    ("words", "length"): "minutes hour hours day days",
    ("words", "clocks"): " ".join(get_args(ClockKind)),
    ("words", "buttons"): "yes no",
    ("communication", "rules"): "jargon promises internals blame compliance_claims clinical unsafe",
    ("communication", "judged", "says"): "secret promise blame clinical unsafe",
}
"""Rows that the code asks for by name."""
BOUNDS: dict[tuple[str, ...], tuple[str, str]] = {
    ("sla", "response", "critical", "first_response"): ("1m", "1h"),
    ("sla", "response", "critical", "resolution"): ("30m", "1d"),
    ("sla", "response", "high", "first_response"): ("5m", "8h"),
    ("sla", "response", "high", "resolution"): ("1h", "3d"),
    ("sla", "response", "medium", "first_response"): ("15m", "2d"),
    ("sla", "response", "medium", "resolution"): ("4h", "2w"),
    ("sla", "response", "low", "first_response"): ("30m", "1w"),
    ("sla", "response", "low", "resolution"): ("4h", "4w"),
    ("sla", "further_update", "critical"): ("5m", "4h"),
    ("sla", "further_update", "high"): ("15m", "1d"),
    ("sla", "further_update", "medium"): ("1h", "3d"),
    ("sla", "further_update", "low"): ("1h", "1w"),
    ("sla", "triage", "within"): ("5m", "1d"),
    ("lifecycle", "reopen_within"): ("1d", "4w"),
    ("lifecycle", "close_silently_after"): ("1d", "4w"),
    ("lifecycle", "idle_conversation_after"): ("1h", "1w"),
    ("lifecycle", "hand_over_after"): ("2m", "1h"),
    ("contacts", "critical_ladder", "again_after"): ("1m", "30m"),
    ("metrics", "came_back_within"): ("1d", "4w"),
    ("metrics", "immediate"): ("1m", "10m"),
    ("reach", "unread_for"): ("1m", "1d"),
    ("outage", "window"): ("5m", "4h"),
    ("outage", "quiet_after"): ("15m", "1d"),
    ("outage", "not_again_for"): ("15m", "2d"),
    ("knowledge_base", "review_every"): ("1w", "5w"),
}
LIMITS: dict[tuple[str, ...], tuple[float, float]] = {
    ("communication", "judged", "sure"): (0.5, 0.85),
    ("outage", "fewest_users"): (2, 20),
    ("outage", "unlikely"): (1e-9, 0.05),
    ("outage", "usual_over_weeks"): (1, 26),
    ("outage", "usual_at_least"): (0.01, 5),
    ("metrics", "metrics", "customer_satisfaction", "value"): (1, 5),
    ("metrics", "metrics", "escalation_rate", "value"): (1, 50),
    ("metrics", "metrics", "ticket_volume", "weeks_shown"): (1, 52),
}
SHORTEST_OPEN, LATEST_WARNING = 60, 80
_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)\Z")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
_UNITS = {"m": 1, "h": 60, "d": 1440, "w": 10080}


def table_faults(policy: "Policy", documents: Mapping[str, Document]) -> list[Fault]:
    """What is missing from the tables, and every number that cannot be meant."""
    parts = {name: getattr(policy, name) for name in type(policy).model_fields}
    faults = [fault for name, part in parts.items() for fault in _missing_rows(part, documents[name], ())]
    for (name, *place), wanted in NEEDED.items():
        table = _at(parts[name], place)
        faults += [
            documents[name].fault(f"the row `{row}` is needed here", *place)
            for row in wanted.split()
            if row not in table
        ]
    if faults:
        return faults
    told = [
        *_lengths(parts),
        *_numbers(parts),
        *_order(policy),
        *_times(policy),
        *_people(policy),
        *kept_faults(policy),
    ]
    return [documents[name].fault(message, *place) for name, place, message in told]


def _missing_rows(record: BaseModel, document: Document, place: Place) -> Iterator[Fault]:
    """A table whose rows are a closed list has all of them."""
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if isinstance(value, BaseModel):
            yield from _missing_rows(value, document, (*place, name))
        if not isinstance(value, dict):
            continue
        keys = get_args(get_args(field.annotation)[0]) if get_origin(field.annotation) is dict else ()
        for key in keys if name not in PARTIAL else ():
            if key not in value:
                yield document.fault(f"the row `{key}` is missing", *place, name)
        for key, part in value.items():
            if isinstance(part, BaseModel):
                yield from _missing_rows(part, document, (*place, name, key))


def _at(part: Any, place: list[str] | tuple[str, ...]) -> Any:
    for name in place:
        part = part[name] if isinstance(part, dict) else getattr(part, name)
    return part


def _length(written: str) -> timedelta:
    return timedelta(minutes=int(written[:-1]) * _UNITS[written[-1]])


def _lengths(parts: Mapping[str, Any]) -> Iterator[Told]:
    for (name, *place), (least, most) in BOUNDS.items():
        value = _at(parts[name], place)
        if not _length(least) <= value <= _length(most):
            yield name, tuple(place), f"`{place[-1]}` must lie between {least} and {most}"


def _numbers(parts: Mapping[str, Any]) -> Iterator[Told]:
    for (name, *place), (least, most) in LIMITS.items():
        value = _at(parts[name], place)
        if value is None or not least <= value <= most:
            yield name, tuple(place), f"`{place[-1]}` must be a number from {least:g} to {most:g}"


def _order(policy: "Policy") -> Iterator[Told]:
    """What is more urgent is promised no later; an answer comes before the resolution; warnings rise from 1 to 99."""
    ranks = list(policy.sla.response)
    urgent_first = sorted(ranks, key=policy.rank)
    for more, less in pairwise(urgent_first):
        for field in ("first_response", "resolution"):
            if getattr(policy.sla.response[more], field) > getattr(policy.sla.response[less], field):
                yield "sla", ("response", more, field), f"`{field}` of {more} must not be longer than that of {less}"
        if policy.sla.further_update[more] > policy.sla.further_update[less]:
            yield "sla", ("further_update", more), f"the update of {more} must not come later than that of {less}"
        for number, tier in policy.tiers.tiers.items():
            if tier.target[more] > tier.target[less]:
                yield (
                    "tiers",
                    ("tiers", number, "target"),
                    f"the target of {more} must not be longer than that of {less}",
                )
    for priority, row in policy.sla.response.items():
        if row.first_response > row.resolution:
            yield "sla", ("response", priority, "resolution"), f"{priority} would be resolved before its first answer"
    warnings = policy.sla.warnings
    if warnings and warnings[0] > LATEST_WARNING:
        yield (
            "sla",
            ("warnings",),
            f"the team is warned when {LATEST_WARNING} percent of a target have passed, or before",
        )
    if not warnings or list(warnings) != sorted(set(warnings)) or not all(1 <= one <= 99 for one in warnings):
        yield "sla", ("warnings",), "warnings are percents from 1 to 99 that rise, such as [50, 80]"
    if set(policy.tiers.tiers) != {1, 2, 3}:
        yield "tiers", ("tiers",), "there must be the tiers 1, 2 and 3"
    scale = policy.metrics.satisfaction
    if not scale.lowest <= scale.no_counts_as < scale.yes_counts_as <= scale.highest:
        yield "metrics", ("satisfaction",), "lowest ≤ no_counts_as < yes_counts_as ≤ highest must hold"


def _times(policy: "Policy") -> Iterator[Told]:
    hours = policy.hours
    if hours.zone not in available_timezones():
        yield "hours", ("zone",), f"`{hours.zone}` is no time zone: write one such as {ZoneInfo('America/New_York')}"
    for day, windows in hours.week.items():
        if day not in DAYS:
            yield "hours", ("week", day), f"`{day}` is no day of the week"
        for index, window in enumerate(windows):
            start, _, end = window.partition("-")
            if not _HOURS.match(window) or start >= end:
                yield "hours", ("week", day, index), f"`{window}` is no opening time: write one such as 08:00-18:00"
            elif minutes(end) - minutes(start) < SHORTEST_OPEN:
                yield "hours", ("week", day, index), f"`{window}` is too short to help anybody"
    if not any(hours.week.values()):
        yield "hours", ("week",), "support must be open at some time in the week"
    for name, channel in policy.channels.channels.items():
        if channel.counted_in != "none" and not re.match(r"\d{1,4}[mhdw]\Z", channel.response):
            yield "channels", ("channels", name, "response"), f"`{channel.response}` is no length of time such as 4h"
    for name, target in policy.channels.also.items():
        if target not in policy.channels.channels:
            yield "channels", ("also", name), f"`{target}` is no channel"


def _people(policy: "Policy") -> Iterator[Told]:
    for key, contact in policy.contacts.contacts.items():
        if contact.email and not _MAIL.match(contact.email):
            yield "contacts", ("contacts", key, "email"), f"`{contact.email}` is no e-mail address"
    if not policy.contacts.critical_ladder.order:
        yield "contacts", ("critical_ladder", "order"), "somebody must be called about a Critical ticket"
    for index, week in enumerate(policy.contacts.rota):
        if week.end < week.start:
            yield "contacts", ("rota", index), "the week ends before it begins"
    for index, name in enumerate(policy.metrics.report_to):
        if name not in policy.contacts.contacts:
            yield "metrics", ("report_to", index), f"`{name}` is not a contact"
    for key, row in policy.escalation.to_tier_3.items():
        if row.team is not None and row.team not in policy.tiers.teams:
            yield "escalation", ("to_tier_3", key), f"`{row.team}` is no team"
    states = policy.lifecycle.moves
    if "closed" not in states["resolved"] or "resolved" not in states["in_progress"]:
        yield "lifecycle", ("moves",), "a ticket must be able to go from In Progress to Resolved and to Closed"
    for index, clock in enumerate(policy.lifecycle.waiting_pauses):
        if clock not in policy.words.clocks:
            yield "lifecycle", ("waiting_pauses", index), f"`{clock}` is no clock"
