"""What a report asks people to do: targets that were missed, stale articles, gaps, and why tickets were reopened."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from handoff.policy.model import Policy
from handoff.report.figures import Report
from handoff.report.times import Times
from handoff.ticket import EMPTY

Fact = str | int | float | list[str] | None
FEWEST_ALIKE = 2
"""One is chance; two near the same issue, or two returns of the same issue, have a cause."""


@dataclass(frozen=True)
class Target:
    """A target of the guide and whether the week met it; `met` is None when there was nothing to measure."""

    row: str
    name: str
    kind: str
    met: bool | None


@dataclass(frozen=True)
class Finding:
    """Something to act on. The key is the same in every week in which the cause is, so that nothing is listed twice."""

    key: str
    kind: str
    facts: Mapping[str, Fact] = field(default_factory=lambda: EMPTY)


def targets(policy: Policy, report: Report) -> tuple[Target, ...]:
    """The guide's metrics that have a target, in its order."""
    met = {
        "first_response_time": _all_within(report.first_response),
        "resolution_time": _all_within(report.resolution),
        "customer_satisfaction": _satisfied(policy, report),
        "escalation_rate": _seldom_escalated(policy, report),
    }
    rows = policy.metrics.metrics
    return tuple(Target(rows[name].row, rows[name].name, name, met[name]) for name in rows if name in met)


def _all_within(times: Times) -> bool | None:
    return times.missed == 0 if times.settled else None


def _satisfied(policy: Policy, report: Report) -> bool | None:
    wanted = policy.metrics.metrics["customer_satisfaction"].value or 0
    return report.votes.score > wanted if report.votes.score is not None else None


def _seldom_escalated(policy: Policy, report: Report) -> bool | None:
    wanted = policy.metrics.metrics["escalation_rate"].value or 0
    return report.escalations.rate < wanted if report.escalations.rate is not None else None


def findings(policy: Policy, report: Report) -> tuple[Finding, ...]:
    """The candidates for action items, most pressing first."""
    return (*_missed(policy, report), *_stale(report), *_gaps(report), *_reopened(report))


def _missed(policy: Policy, report: Report) -> Iterator[Finding]:
    missed = {target.kind for target in targets(policy, report) if target.met is False}
    facts: dict[str, Mapping[str, Fact]] = {
        "first_response_time": {"missed": report.first_response.missed, "settled": report.first_response.settled},
        "resolution_time": {"missed": report.resolution.missed, "settled": report.resolution.settled},
        "customer_satisfaction": {"score": report.votes.score, "votes": report.votes.count},
        "escalation_rate": {
            "rate": report.escalations.rate,
            "reason": next(iter(report.escalations.by_reason), ""),
        },
    }
    for kind, own in facts.items():
        if kind in missed:
            yield Finding(f"missed:{kind}", kind, {**own, "wanted": policy.metrics.metrics[kind].value})
    late, slow = report.self_service.missed, report.bot_answers.missed
    if late or slow:
        yield Finding("missed:self_service", "self_service", {"late": late, "slow": slow})
    if report.overdue:
        yield Finding("overdue", "overdue", {"count": report.overdue})


def _stale(report: Report) -> Iterator[Finding]:
    for page, cost in report.stale:
        yield Finding(f"stale:{page}", "stale", {"page": page, "cost": cost})


def _gaps(report: Report) -> Iterator[Finding]:
    for cluster in report.clusters:
        if cluster.count >= FEWEST_ALIKE:
            facts: dict[str, Fact] = {
                "issue": cluster.nearest,
                "count": cluster.count,
                "words": ", ".join(cluster.words),
            }
            yield Finding(f"gap:{cluster.nearest or 'none'}", "gap", facts)


def _reopened(report: Report) -> Iterator[Finding]:
    for issue, count in sorted(report.came_back.items(), key=lambda entry: (-entry[1], entry[0])):
        if count >= FEWEST_ALIKE:
            yield Finding(f"came_back:{issue}", "came_back", {"issue": issue, "count": count})
