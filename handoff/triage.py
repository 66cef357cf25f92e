"""Signals -> priority, tier, team and reason, with the rule that decided."""

from dataclasses import dataclass

from handoff.policy.model import Policy
from handoff.policy.names import Priority, Team
from handoff.policy.workflow import SignalRule
from handoff.ticket import Request

EMERGENCY = "emergency"
"""The reason of a request that is an emergency: it stays with those who act on it, whatever else is told."""
STARTS_AT = " starts at "
"""Between the title of an issue and its priority, where no signal decided."""


@dataclass(frozen=True)
class Triaged:
    """Where a request goes and how urgent it is; `rule` says why in the guide's words."""

    priority: Priority
    rule: str
    tier: int
    team: Team
    reason: str
    flags: tuple[str, ...]


def triage(policy: Policy, request: Request) -> Triaged:
    """The guide's priority rules over what was observed: the highest rule wins. The issue's own start is lowered only by what
    the guide calls Low by itself, and only where nothing else that was heard says more."""
    heard = [(name, policy.priorities.signals[name]) for name in request.signals if name in policy.priorities.signals]
    priority: Priority = request.starts_at
    rule = f"{request.title}{STARTS_AT}{priority.capitalize()}"
    lowering = next((signal for _, signal in heard if signal.lowers), None)
    if lowering is not None and lowering.priority and priority == "medium" and not any(_says_more(s) for _, s in heard):
        priority, rule = lowering.priority, f"{lowering.means} ({lowering.row})"
    for _, signal in heard:
        if signal.priority and not signal.by_staff and policy.rank(signal.priority) < policy.rank(priority):
            priority = signal.priority
            rule = f"{signal.means} ({signal.row})"
    rules = [signal for _, signal in heard]
    reason = _reason(policy, request.reason, rules)
    return Triaged(
        priority=priority,
        rule=rule,
        tier=2,
        team=_team(request.team, rules) if reason != EMERGENCY else request.team,
        reason=reason,
        flags=tuple(dict.fromkeys([*request.flags, *(flag for signal in rules for flag in signal.flags)])),
    )


def plain_rule(policy: Policy, rule: str) -> str:
    """Why a priority was set, as people are told it: without the number of the guide's row, which is for the record."""
    heard = [(one.means, one.row) for one in policy.priorities.signals.values()]
    handed_on = [(one.means, one.row) for one in policy.escalation.to_tier_3.values()]
    return next((means for means, row in (*heard, *handed_on) if rule == f"{means} ({row})"), rule)


def _says_more(signal: SignalRule) -> bool:
    return signal.priority is not None and signal.priority != "low" and not signal.by_staff


def _team(team: Team, rules: list[SignalRule]) -> Team:
    """Security beats everything but danger; otherwise the issue's own team."""
    named = [rule.team for rule in rules if rule.team is not None]
    return "security" if "security" in named else team


def _reason(policy: Policy, reason: str, rules: list[SignalRule]) -> str:
    """Danger, before anything else; then the reason of the most urgent signal that has one, else the request's own."""
    giving = [rule for rule in rules if rule.reason is not None]
    if EMERGENCY in (reason, *(rule.reason for rule in giving)):
        return EMERGENCY
    ranked = sorted(giving, key=lambda rule: policy.rank(rule.priority) if rule.priority else len(policy.sla.response))
    return ranked[0].reason or reason if ranked else reason
