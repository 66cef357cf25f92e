"""Outage sense: are so many people with the same issue, in a short time, more than chance? Values in, values out."""

from dataclasses import dataclass
from math import exp

from handoff.policy.model import Policy


@dataclass(frozen=True)
class Suspicion:
    """Like issues of several people at once: how many, how many are usual, and how unlikely so many are by chance."""

    issue: str
    users: int
    usual: float
    chance: float


def suspicion(policy: Policy, issue: str, users: int, usual: float, dismissed_with: int = 0) -> Suspicion | None:
    """A suspicion, when `users` different people in the window are enough and hardly by chance; None otherwise.
    `usual`: people in such a window at this hour of the week. `dismissed_with`: people when it was dismissed lately."""
    rule = policy.outage
    if issue not in rule.issues or users < max(rule.fewest_users, 2 * dismissed_with):
        return None
    expected = max(usual, rule.usual_at_least)
    chance = poisson_tail(users, expected)
    return Suspicion(issue, users, expected, chance) if chance < rule.unlikely else None


def poisson_tail(count: int, mean: float) -> float:
    """The chance of `count` or more where `mean` are usual (Poisson distribution)."""
    term = below = exp(-mean)
    for number in range(1, count):
        term *= mean / number
        below += term
    return max(0.0, 1.0 - below) if count > 0 else 1.0
