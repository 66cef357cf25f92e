"""Outage sense: enough different people, and hardly by chance."""

from math import exp, factorial

import pytest

from handoff.outage import poisson_tail, suspicion
from handoff.policy.model import Policy

LOADING = "technical.page_not_loading"


@pytest.mark.parametrize(("count", "mean"), [(1, 0.2), (4, 0.2), (4, 1.5), (9, 3.0), (0, 1.0)])
def test_the_tail_is_that_of_the_poisson_distribution(count: int, mean: float) -> None:
    below = sum(mean**k * exp(-mean) / factorial(k) for k in range(count))
    assert poisson_tail(count, mean) == pytest.approx(1 - below)


def test_four_people_where_hardly_anybody_is_usual_are_suspicious(policy: Policy) -> None:
    found = suspicion(policy, LOADING, users=4, usual=0.0)
    assert found is not None and found.chance < policy.outage.unlikely


def test_three_people_are_too_few_and_four_are_usual_at_a_busy_hour(policy: Policy) -> None:
    assert suspicion(policy, LOADING, users=3, usual=0.0) is None
    assert suspicion(policy, LOADING, users=4, usual=2.0) is None


@pytest.mark.parametrize("issue", ["appointment.how_to_book", "escalate.security", "safety.emergency", "chat.greeting"])
def test_questions_and_what_has_its_own_way_are_never_suspected(policy: Policy, issue: str) -> None:
    assert suspicion(policy, issue, users=50, usual=0.0) is None


def test_what_was_dismissed_comes_again_only_when_twice_as_many_have_it(policy: Policy) -> None:
    assert suspicion(policy, LOADING, users=7, usual=0.0, dismissed_with=4) is None
    assert suspicion(policy, LOADING, users=8, usual=0.0, dismissed_with=4) is not None
