"""What cannot be meant in the guide's tables beyond single numbers: order, times, names that one file uses and another lacks."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from handoff.policy.invariants import Told, minutes
from handoff.policy.model import Policy
from handoff.policy.names import DAYS

SHORTEST_OPEN, LONGEST_OPEN, LATEST_WARNING = 60, 16 * 60, 80
AROUND_THE_CLOCK = ("00:00-24:00",)
DANGER_ROWS = ("O12", "O13", "O23")
"""The decisions about danger."""
_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)\Z")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+\Z")
EARLIEST_WARNING = 20
"""A warning before this percent of a time tells nobody anything."""


def _urgent_first(policy: Policy) -> Iterator[Told]:
    """What is more urgent is promised no later, and an answer comes before the resolution."""
    response = policy.sla.response
    for more, less in pairwise(sorted(response, key=policy.rank)):
        for field in ("first_response", "resolution"):
            if getattr(response[more], field) > getattr(response[less], field):
                yield "sla", ("response", more, field), f"`{field}` of {more} must not be longer than that of {less}"
    for priority, row in response.items():
        if row.first_response > row.resolution:
            yield "sla", ("response", priority, "resolution"), f"{priority} would be resolved before its first answer"


def _updates(policy: Policy) -> Iterator[Told]:
    for more, less in pairwise(sorted(policy.sla.further_update, key=policy.rank)):
        if policy.sla.further_update[more] > policy.sla.further_update[less]:
            yield "sla", ("further_update", more), f"the update of {more} must not come later than that of {less}"


def _warnings(policy: Policy) -> Iterator[Told]:
    """Warnings rise from 1 to 99, and the first leaves time to act."""
    warnings = policy.sla.warnings
    if warnings and warnings[0] > LATEST_WARNING:
        told = f"the team is warned when {LATEST_WARNING} percent of a target have passed, or before"
        yield "sla", ("warnings",), told
    if (
        not warnings
        or list(warnings) != sorted(set(warnings))
        or not all(EARLIEST_WARNING <= one <= 99 for one in warnings)
    ):
        yield "sla", ("warnings",), f"warnings are percents from {EARLIEST_WARNING} to 99 that rise, such as [50, 80]"


def _tiers(policy: Policy) -> Iterator[Told]:
    if set(policy.tiers.tiers) != {1, 2, 3}:
        yield "tiers", ("tiers",), "there must be the tiers 1, 2 and 3"
    for number, tier in policy.tiers.tiers.items():
        for more, less in pairwise(sorted(tier.target, key=policy.rank)):
            if tier.target[more] > tier.target[less]:
                told = f"the target of {more} must not be longer than that of {less}"
                yield "tiers", ("tiers", number, "target"), told


def _satisfaction(policy: Policy) -> Iterator[Told]:
    scale = policy.metrics.satisfaction
    if not scale.lowest <= scale.no_counts_as < scale.yes_counts_as <= scale.highest:
        yield "metrics", ("satisfaction",), "lowest ≤ no_counts_as < yes_counts_as ≤ highest must hold"


def _zone(policy: Policy) -> Iterator[Told]:
    zone = policy.hours.zone
    if zone not in available_timezones():
        yield "hours", ("zone",), f"`{zone}` is no time zone: write one such as {ZoneInfo('America/New_York')}"


def _week(policy: Policy) -> Iterator[Told]:
    """Days that there are, and windows in which somebody can be helped."""
    week = policy.hours.week
    for day, windows in week.items():
        if day not in DAYS:
            yield "hours", ("week", day), f"`{day}` is no day of the week"
        for index, window in enumerate(windows):
            start, _, end = window.partition("-")
            if not _HOURS.match(window) or start >= end:
                yield "hours", ("week", day, index), f"`{window}` is no opening time: write one such as 08:00-18:00"
            elif minutes(end) - minutes(start) < SHORTEST_OPEN:
                yield "hours", ("week", day, index), f"`{window}` is too short to help anybody"
            elif minutes(end) - minutes(start) > LONGEST_OPEN and any(week[one] != AROUND_THE_CLOCK for one in week):
                told = f"`{window}` is longer than people are there for: only a week that is open around the clock has such days"
                yield "hours", ("week", day, index), told
    if not any(week.values()):
        yield "hours", ("week",), "support must be open at some time in the week"


def _channels(policy: Policy) -> Iterator[Told]:
    for name, channel in policy.channels.channels.items():
        if channel.counted_in != "none" and not re.match(r"\d{1,4}[mhdw]\Z", channel.response):
            yield "channels", ("channels", name, "response"), f"`{channel.response}` is no length of time such as 4h"
    for name, target in policy.channels.also.items():
        if target not in policy.channels.channels:
            yield "channels", ("also", name), f"`{target}` is no channel"


def _addresses(policy: Policy) -> Iterator[Told]:
    for key, contact in policy.contacts.contacts.items():
        if contact.email and not _MAIL.match(contact.email):
            yield "contacts", ("contacts", key, "email"), f"`{contact.email}` is no e-mail address"


def _calling(policy: Policy) -> Iterator[Told]:
    """Somebody is called, and everybody who is called is a contact."""
    calling = policy.contacts.critical_ladder
    if not calling.order:
        yield "contacts", ("critical_ladder", "order"), "somebody must be called about a Critical ticket"
    for place, names in (("order", calling.order), ("first_of_team", tuple(calling.first_of_team.values()))):
        for name in names:
            if name not in policy.contacts.contacts:
                yield "contacts", ("critical_ladder", place), f"`{name}` is not a contact"


def _rota(policy: Policy) -> Iterator[Told]:
    for index, week in enumerate(policy.contacts.rota):
        if week.end < week.start:
            yield "contacts", ("rota", index), "the week ends before it begins"


def _report_to(policy: Policy) -> Iterator[Told]:
    for index, name in enumerate(policy.metrics.report_to):
        if name not in policy.contacts.contacts:
            yield "metrics", ("report_to", index), f"`{name}` is not a contact"


def _teams(policy: Policy) -> Iterator[Told]:
    for key, row in policy.escalation.to_tier_3.items():
        if row.team is not None and row.team not in policy.tiers.teams:
            yield "escalation", ("to_tier_3", key), f"`{row.team}` is no team"


def _moves(policy: Policy) -> Iterator[Told]:
    moves = policy.lifecycle.moves
    for state, to in moves.items():
        if not set(to) <= set(policy.lifecycle.states):
            yield "lifecycle", ("moves", state), f"a move from {state} leads nowhere"
    if "closed" not in moves["resolved"] or "resolved" not in moves["in_progress"]:
        yield "lifecycle", ("moves",), "a ticket must be able to go from In Progress to Resolved and to Closed"


def _pauses(policy: Policy) -> Iterator[Told]:
    for index, clock in enumerate(policy.lifecycle.waiting_pauses):
        if clock not in policy.words.clocks:
            yield "lifecycle", ("waiting_pauses", index), f"`{clock}` is no clock"


def _signals(policy: Policy) -> Iterator[Told]:
    for name, rule in policy.priorities.signals.items():
        if rule.reason is not None and rule.reason not in policy.escalation.to_tier_2:
            yield "priorities", ("signals", name), f"reason `{rule.reason}` is not in escalation.yml"


def _kinds(policy: Policy) -> Iterator[Told]:
    known = {*policy.escalation.to_tier_2, *policy.escalation.to_tier_3}
    for name, kind in policy.kinds.kinds.items():
        for one in (*(set(kind.signals) - set(policy.priorities.signals)), *(set(kind.reasons) - known)):
            yield "kinds", ("kinds", name), f"`{one}` is no signal and no reason"


def _grave_kinds(policy: Policy) -> Iterator[Told]:
    """Every grave fact and reason has words of its own: the usual ones say that nothing needs to be done."""
    rules, reasons = policy.priorities.signals.items(), policy.escalation.to_tier_2.items()
    grave = {name: rule for name, rule in rules if rule.priority == "critical" or rule.row in DANGER_ROWS}
    told = {reason for reason, row in reasons if row.row in DANGER_ROWS}
    told |= {reason for reason, row in policy.escalation.to_tier_3.items() if row.priority == "critical"}
    told |= {rule.reason for rule in grave.values() if rule.reason is not None}
    kinds = [kind for name, kind in policy.kinds.kinds.items() if name != "usual"]
    of_kinds = {one for kind in kinds for one in kind.signals}, {one for kind in kinds for one in kind.reasons}
    for what, names in (("signal", grave.keys() - of_kinds[0]), ("reason", told - of_kinds[1])):
        for one in sorted(names):
            yield "kinds", ("kinds",), f"the {what} `{one}` is grave and of no kind: give it words of its own"


CHECKS: tuple[Callable[[Policy], Iterator[Told]], ...] = (
    _urgent_first,
    _updates,
    _warnings,
    _tiers,
    _satisfaction,
    _zone,
    _week,
    _channels,
    _addresses,
    _calling,
    _rota,
    _report_to,
    _teams,
    _moves,
    _pauses,
    _signals,
    _kinds,
    _grave_kinds,
)
"""Each by itself, so that what cannot be read in one file hides nothing of another."""
