"""What the guide says and no edit of its tables may change: how urgent a fact is, who is called, whom a page is for."""

import re
from collections.abc import Callable, Iterator

from babel.core import get_global

from handoff.policy.model import Policy
from handoff.policy.names import DOWN_FOR_ALL
from handoff.yaml_text import Place

Told = tuple[str, Place, str]
"""A file, a place in it, and what is wrong there."""
URGENT_SIGNALS = {
    "emergency": "critical",
    "system_unavailable": "critical",
    "security_breach_suspected": "critical",
    "data_loss": "critical",
    "phi_exposure": "critical",
    "major_feature_broken": "high",
    "critical_workflow_blocked": "high",
    "multiple_users_affected": "high",
    "severe_slowness": "high",
    "no_access_at_all": "high",
    "privacy_request": "high",
    "visit_soon": "high",
}
"""Signals that the guide makes Critical or High; nobody lowers them by an edit."""
REASONS = {"emergency": "emergency", "medicine_taken": "emergency", "data_loss": "data_loss"}
TEAMS = {"security_breach_suspected": "security", "phi_exposure": "security", "privacy_request": "security"}
EVERY = {"review_accuracy": "month", "update_guides": "release", "review_metrics": "week"}
"""How often the guide has its documentation looked after."""
GRAVE_KINDS: dict[str, tuple[set[str], set[str]]] = {
    "emergency": ({"emergency", "medicine_taken"}, {"emergency"}),
    "perhaps_danger": ({"danger_unanswered", "unread_language"}, {"danger_unanswered"}),
    "security": ({"security_breach_suspected"}, {"security_breach_suspected", "security"}),
    "privacy": ({"phi_exposure"}, {"phi_exposure"}),
    "data_loss": ({"data_loss"}, {"data_loss", "data_recovery"}),
    "outage": ({"system_unavailable"}, {"system_wide"}),
}
"""What makes a ticket one of a grave kind: facts, and reasons. Its words are said for no other."""
MOVES = {
    "new": {"triaged"},
    "triaged": {"assigned"},
    "assigned": {"in_progress"},
    "in_progress": {"resolved"},
    "resolved": {"closed", "in_progress"},
    "closed": {"in_progress"},
}
"""The way of a ticket, and back to work where the user says that it is not settled, or takes the closing back."""
CLOSED_FROM = "resolved"
"""What is closed was answered first."""
_WINDOW = re.compile(r"\d\d:\d\d-\d\d:\d\d\Z")
_LENGTH = re.compile(r"(\d+)([mhdw])\Z")
LONGEST_QUIET = 12 * 60
COUNTRY = "US"
"""Where the numbers for an emergency are answered that every text tells; its zones and its holidays are ours (O11)."""
CONTACTS = {"email": "support@smartmed.com", "help_center": "help.smartmed.com", "phone": "1-800-SMARTMED"}
"""How the guide says that support is reached."""
WITHIN = {"email": ("clock", 48), "in_app_chat": ("business", 8)}
"""What a channel counts its first answer in, and the most hours that it may promise: twice what the guide says."""
FEWEST_DAYS, FEWEST_HOURS, MOST_CLOSED = 4, 20, 20
"""Support is open on so many days of a week and for so many hours at least, and closed on so many further days at most."""
FIRST_OF = {"security": "security", "compliance": "compliance"}
_HOURS_IN = {"m": 1 / 60, "h": 1, "d": 24, "w": 168}
NO_NEWS = "next_update"
HELP_LINES, LONGEST_EMERGENCY_NUMBER = ("1-800-222-1222", "1-800-422-4453", "1-800-799-7233"), 6


def minutes(clock: str) -> int:
    """The minutes from midnight to a time such as `08:30`."""
    return int(clock[:2]) * 60 + int(clock[3:])


def _urgency(policy: Policy) -> Iterator[Told]:
    for signal, priority in URGENT_SIGNALS.items():
        rule = policy.priorities.signals.get(signal)
        if rule is not None and (rule.priority != priority or rule.lowers or rule.by_staff):
            yield "priorities", ("signals", signal), f"`{signal}` is {priority} in the guide: an edit cannot lower it"
        if rule is not None and priority == "critical" and rule.about:
            yield "priorities", ("signals", signal), f"`{signal}` can be said of any issue: take `about` away"
    for signal, reason in REASONS.items():
        if policy.priorities.signals[signal].reason != reason:
            yield "priorities", ("signals", signal), f"the reason of `{signal}` is `{reason}`"
    for signal, team in TEAMS.items():
        rule = policy.priorities.signals.get(signal)
        if rule is not None and rule.team != team:
            yield "priorities", ("signals", signal), f"`{signal}` goes to the {team} team in the guide"


def _on_call(policy: Policy) -> Iterator[Told]:
    if "critical" not in policy.hours.on_call_for:
        yield "hours", ("on_call_for",), "somebody must be on call for what is critical"


def _called(policy: Policy) -> Iterator[Told]:
    if "on_call" not in policy.contacts.critical_ladder.order:
        yield "contacts", ("critical_ladder", "order"), "whoever is on call must be called about a Critical ticket"


def _called_first(policy: Policy) -> Iterator[Told]:
    first = {str(team): contact for team, contact in policy.contacts.critical_ladder.first_of_team.items()}
    for team, contact in FIRST_OF.items():
        if first.get(team) != contact:
            told = f"the {team} team has its own contact called first: `{team}: {contact}`"
            yield "contacts", ("critical_ladder", "first_of_team"), told


def _at_home(policy: Policy) -> Iterator[Told]:
    """The zone and the holidays are those of the country whose emergency numbers are told, and people are there in most of a week."""
    hours = policy.hours
    where = get_global("zone_territories").get(hours.zone)
    if where is not None and where != COUNTRY:
        yield (
            "hours",
            ("zone",),
            f"`{hours.zone}` is no zone of the country that we serve ({COUNTRY}): times would be told wrong",
        )
    if hours.holidays.country != COUNTRY:
        yield (
            "hours",
            ("holidays", "country"),
            f"`{hours.holidays.country}`: the holidays are those of the country that we serve ({COUNTRY})",
        )
    if len(hours.holidays.also_closed) > MOST_CLOSED:
        yield (
            "hours",
            ("holidays", "also_closed"),
            f"more than {MOST_CLOSED} further days are closed: people would wait for weeks",
        )
    open_on = [windows for windows in hours.week.values() if windows]
    written = [window for windows in open_on for window in windows if _WINDOW.match(window)]
    whole = sum(minutes(one[6:]) - minutes(one[:5]) for one in written) / 60
    if open_on and (len(open_on) < FEWEST_DAYS or whole < FEWEST_HOURS):
        told = f"support is open on {FEWEST_DAYS} days and for {FEWEST_HOURS} hours of a week at least"
        yield "hours", ("week",), told


def _reached(policy: Policy) -> Iterator[Told]:
    """Channels are reached, and answer, as the guide says."""
    for name, contact in CONTACTS.items():
        channel = policy.channels.channels.get(name)
        if channel is not None and channel.contact != contact:
            yield (
                "channels",
                ("channels", name, "contact"),
                f"`{name}` is reached at {contact} in the guide: put it back",
            )
    for name, (counted_in, most) in WITHIN.items():
        channel = policy.channels.channels.get(name)
        if channel is None:
            continue
        if channel.counted_in != counted_in:
            yield "channels", ("channels", name, "counted_in"), f"`{name}` counts in `{counted_in}` hours in the guide"
        elif (found := _LENGTH.match(channel.response)) and int(found[1]) * _HOURS_IN[found[2]] > most:
            yield "channels", ("channels", name, "response"), f"`{channel.response}` is too long: {most}h at most"


def _first_answer(policy: Policy) -> Iterator[Told]:
    if "first_response" in policy.lifecycle.waiting_pauses:
        yield "lifecycle", ("waiting_pauses",), "the clock of the first answer never stands still"


def _security_room(policy: Policy) -> Iterator[Told]:
    """The security team has a room of its own, and what it looks into is kept."""
    security = policy.tiers.teams.get("security")
    if security is not None and not security.hold_on_purge:
        yield "tiers", ("teams", "security"), "what security looks into is kept: `hold_on_purge` stays true"
    rooms = [team.channel_setting for team in policy.tiers.teams.values()]
    if security is not None and (not security.withhold_words or rooms.count(security.channel_setting) > 1):
        yield (
            "tiers",
            ("teams", "security"),
            "security has a channel of its own, and what users wrote is withheld there",
        )


def _reported(policy: Policy) -> Iterator[Told]:
    if not policy.metrics.report_to:
        yield "metrics", ("report_to",), "somebody must get the weekly report"


def _handed_on(policy: Policy) -> Iterator[Told]:
    compliance = policy.escalation.to_tier_3.get("compliance")
    if compliance is not None and compliance.team != "compliance":
        yield "escalation", ("to_tier_3", "compliance"), "a compliance question goes to the compliance team"
    rule = policy.escalation.to_tier_3.get("security")
    if rule is not None and (rule.team, rule.priority) != ("security", "critical"):
        yield "escalation", ("to_tier_3", "security"), "a security concern is Critical and goes to the security team"


def _grave(policy: Policy) -> Iterator[Told]:
    """Grave words for grave tickets, and for no others."""
    kinds = policy.kinds.kinds
    for name, (signals, reasons) in GRAVE_KINDS.items():
        kind = next((kind for own, kind in kinds.items() if own == name), None)
        missing = (signals - set(kind.signals)) | (reasons - set(kind.reasons)) if kind else set()
        if missing:
            yield "kinds", ("kinds", name), f"{', '.join(sorted(missing))} is of the kind `{name}`: put it back"
    taken = {fact for signals, reasons in GRAVE_KINDS.values() for fact in signals | reasons}
    for own, kind in kinds.items():
        if own not in GRAVE_KINDS and (stray := taken & {*kind.signals, *kind.reasons}):
            yield "kinds", ("kinds", own), f"{', '.join(sorted(stray))} is no matter of the kind `{own}`"


def _way_back(policy: Policy) -> Iterator[Told]:
    for state, needed in MOVES.items():
        moves = next((to for own, to in policy.lifecycle.moves.items() if own == state), ())
        if lost := needed - set(moves):
            yield (
                "lifecycle",
                ("moves", state),
                f"from `{state}` a ticket must be able to become {', '.join(sorted(lost))}",
            )
        if state != CLOSED_FROM and "closed" in moves:
            told = f"a ticket closes only from `{CLOSED_FROM}`: from `{state}` it would vanish with nobody's answer"
            yield "lifecycle", ("moves", state), told


def _outage(policy: Policy) -> Iterator[Told]:
    for issue in DOWN_FOR_ALL:
        if issue not in policy.outage.issues:
            yield (
                "outage",
                ("issues",),
                f"`{issue}` must be counted: it is what many write when something is down for all",
            )


def _help_center(policy: Policy) -> Iterator[Told]:
    """Its pages are read again as the guide says, and are for whom they are written."""
    pages = policy.knowledge_base
    for section, roles in pages.only_for.items():
        if section not in pages.sections or not set(roles) <= {"patient", "doctor", "staff"}:
            yield "knowledge_base", ("only_for", section), "names a section or a role that does not exist"
    if "patient" in pages.only_for.get("doctors", ("patient",)):
        yield "knowledge_base", ("only_for",), "the section `doctors` is for doctors and staff alone"
    for task, every in EVERY.items():
        if task not in pages.tasks or pages.tasks[task].every != every:
            yield "knowledge_base", ("tasks", task), f"the guide has `{task}` done every {every}"


def _links(policy: Policy) -> Iterator[Told]:
    """What is written to people leads only to our own domain, and names no number of ours."""
    pages = policy.knowledge_base
    for index, host in enumerate(policy.communication.links.hosts):
        if host != pages.host and not pages.host.endswith(f".{host}"):
            yield (
                "communication",
                ("links", "hosts", index),
                f"`{host}` is not the domain of the help center ({pages.host})",
            )
    for index, number in enumerate(policy.communication.links.telephones):
        if number not in HELP_LINES and len(re.sub(r"\D", "", number)) > LONGEST_EMERGENCY_NUMBER:
            told = f"`{number}` is no emergency number: our own numbers stand in channels.yml"
            yield "communication", ("links", "telephones", index), told


def _wish(policy: Policy) -> Iterator[Told]:
    wish = policy.reach.wish
    for name in ("by_email", "by_phone", "number_in"):
        if not getattr(wish, name):
            yield "reach", ("wish", name), f"`{name}` must name at least one"
    for kind in ("staff_reply", "resolution_response", "incident"):
        if kind not in policy.reach.answers:
            yield "reach", ("answers",), f"`{kind}` is an answer: who is not looking must hear of it"
    if policy.reach.quiet:
        begins, ends = (minutes(part) for part in policy.reach.quiet.split("-"))
        if (ends - begins) % 1440 > LONGEST_QUIET:
            yield "reach", ("quiet",), f"no letter for more than {LONGEST_QUIET // 60} hours: that is no night"


def _no_news(policy: Policy) -> Iterator[Told]:
    for kind in policy.reach.no_news:
        if kind != NO_NEWS:
            yield "reach", ("no_news",), f"`{kind}` is an answer: only `{NO_NEWS}` says that there is none yet"


KEPT: tuple[Callable[[Policy], Iterator[Told]], ...] = (
    _urgency,
    _no_news,
    _on_call,
    _called,
    _called_first,
    _at_home,
    _reached,
    _first_answer,
    _security_room,
    _reported,
    _handed_on,
    _grave,
    _way_back,
    _outage,
    _help_center,
    _links,
    _wish,
)
"""Everything that no edit may change, each by itself."""
