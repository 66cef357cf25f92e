"""What the guide's tables must hold: every row that the code asks for, and numbers that a support desk can keep."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from handoff.data_files import Document, Fault
from handoff.policy.consistency import CHECKS
from handoff.policy.invariants import KEPT, Told
from handoff.policy.model import Policy
from handoff.policy.names import DAYS, ClockKind, StepOutcome
from handoff.yaml_text import Place

PARTIAL = frozenset(("first_of_team",))
"""Tables that need not have a row for everything."""
NEEDED: dict[tuple[str, ...], str] = {
    ("channels", "channels"): "email help_center in_app_chat phone",
    ("contacts", "contacts"): "support_manager support_lead on_call security compliance",
    ("escalation", "to_tier_2"): "not_resolved_by_documentation asked_for_person not_in_known_issues not_understood "
    "other_language emergency repeated_anger",
    ("hours", "week"): " ".join(DAYS),
    ("metrics", "metrics"): "first_response_time resolution_time customer_satisfaction ticket_volume escalation_rate",
    ("priorities", "signals"): "emergency system_unavailable security_breach_suspected data_loss phi_exposure "
    "major_feature_broken critical_workflow_blocked multiple_users_affected angry urgent medicine_taken asked_for_person",
    ("words", "outcomes"): " ".join(get_args(StepOutcome)),
    ("words", "said_by"): "user bot",
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
    ("sla", "longest_between_updates"): ("4h", "3d"),
    ("sla", "triage", "within"): ("5m", "4h"),
    ("lifecycle", "reopen_within"): ("1d", "4w"),
    ("lifecycle", "close_silently_after"): ("1d", "4w"),
    ("lifecycle", "idle_conversation_after"): ("1h", "1w"),
    ("lifecycle", "hand_over_after"): ("2m", "1h"),
    ("lifecycle", "danger_unanswered_after"): ("2m", "15m"),
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
_ABSENT: Any = object()
_UNITS = {"m": 1, "h": 60, "d": 1440, "w": 10080}


def table_faults(policy: Policy, documents: Mapping[str, Document], *, whole: bool) -> list[Fault]:
    """What is missing from the tables, every number that cannot be meant, and names that one file uses and another does not know.
    A guide that is not whole is asked for all that does not hang on what it lacks."""
    parts = {name: part for name in type(policy).model_fields if (part := getattr(policy, name, None)) is not None}
    faults = [fault for name, part in parts.items() for fault in _missing_rows(part, documents[name], ())]
    for (name, *place), wanted in NEEDED.items():
        table = _at(parts.get(name), place)
        rows = [] if table is _ABSENT else [row for row in wanted.split() if row not in table]
        faults += [documents[name].fault(f"the row `{row}` is needed here", *place) for row in rows]
    told = [*_lengths(parts), *_numbers(parts)]
    for check in (*CHECKS, *KEPT):
        told += asked(check, policy, whole=whole and not faults)
    return [*faults, *(documents[name].fault(message, *place) for name, place, message in told)]


def asked(check: Callable[[Policy], Iterator[Told]], policy: Policy, *, whole: bool) -> list[Told]:
    """What a check tells; of a guide that is not whole, up to where it asks for something that is not there."""
    told: list[Told] = []
    try:
        for one in check(policy):
            told.append(one)
    except (AttributeError, LookupError):
        if whole:
            raise
    return told


def _missing_rows(record: BaseModel, document: Document, place: Place) -> Iterator[Fault]:
    """A table whose rows are a closed list has all of them."""
    for name, field in type(record).model_fields.items():
        value = getattr(record, name, None)
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
    """What stands at a place of a record; `_ABSENT` where nothing does."""
    for name in place:
        part = part.get(name, _ABSENT) if isinstance(part, dict) else getattr(part, name, _ABSENT)
    return part


def _length(written: str) -> timedelta:
    return timedelta(minutes=int(written[:-1]) * _UNITS[written[-1]])


def _lengths(parts: Mapping[str, Any]) -> Iterator[Told]:
    for (name, *place), (least, most) in BOUNDS.items():
        value = _at(parts.get(name), place)
        if value is not _ABSENT and not _length(least) <= value <= _length(most):
            yield name, tuple(place), f"`{place[-1]}` must lie between {least} and {most}"


def _numbers(parts: Mapping[str, Any]) -> Iterator[Told]:
    for (name, *place), (least, most) in LIMITS.items():
        value = _at(parts.get(name), place)
        if value is not _ABSENT and (value is None or not least <= value <= most):
            yield name, tuple(place), f"`{place[-1]}` must be a number from {least:g} to {most:g}"
