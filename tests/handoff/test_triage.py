"""Signals become priority, team and reason by the guide's rules."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff.policy.loading import load_policy
from handoff.policy.model import Policy
from handoff.policy.names import PRIORITIES
from handoff.triage import triage
from tests.makers import a_request

GUIDE = load_policy()
SIGNALS = sorted(GUIDE.priorities.signals)


@pytest.mark.parametrize(
    ("signal", "priority"),
    [
        ("system_unavailable", "critical"),
        ("security_breach_suspected", "critical"),
        ("data_loss", "critical"),
        ("phi_exposure", "critical"),
        ("major_feature_broken", "high"),
        ("critical_workflow_blocked", "high"),
        ("multiple_users_affected", "high"),
        ("severe_slowness", "high"),
        ("feature_fault", "medium"),
        ("single_user", "medium"),
        ("enhancement_request", "low"),
        ("general_question", "low"),
        ("documentation_request", "low"),
        ("minor_ui_issue", "low"),
    ],
)
def test_each_priority_definition_of_the_guide_decides(policy: Policy, signal: str, priority: str) -> None:
    result = triage(policy, a_request(starts_at="low", signals=(signal,)))

    assert result.priority == priority
    if priority != "low":
        assert policy.priorities.signals[signal].row in result.rule


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.sampled_from(SIGNALS), max_size=6), st.sampled_from(PRIORITIES))
def test_the_highest_signal_wins_and_only_what_is_low_by_itself_lowers(signals: list[str], start: str) -> None:
    policy = GUIDE
    result = triage(policy, a_request(starts_at=start, signals=tuple(signals)))

    rules = [policy.priorities.signals[name] for name in signals]
    named = [policy.rank(rule.priority) for rule in rules if rule.priority and not rule.by_staff]
    highest = min([policy.rank(start), *named])  # type: ignore[type-var]
    lowers = any(rule.lowers for rule in rules) and start == "medium" and min(named) == policy.rank("low")
    assert policy.rank(result.priority) == (policy.rank("low") if lowers else highest)


@pytest.mark.guide("PR2", "PR4")
def test_security_and_exposure_go_to_the_security_team_whatever_the_issue(policy: Policy) -> None:
    for signal in ("security_breach_suspected", "phi_exposure"):
        assert triage(policy, a_request(signals=(signal,), team="compliance")).team == "security"
