"""In a chat the numbers of an emergency are said once in an answer; a letter by itself always begins with them."""

import pytest

from bot.actions.deps import Deps
from handoff import notices
from handoff.policy.model import Policy
from handoff.ticket import Notice
from tests.actions.talks import says
from tests.makers import NINE, a_ticket


@pytest.mark.parametrize("words", ["my wife fell and she won't wake up", "I took 30 pills and I want to die"])
def test_what_stands_right_above_is_not_said_again(deps: Deps, words: str) -> None:
    said = [line.body for line in says(deps, words, NINE).answers]
    assert len(said) > 1 and "911" in said[0] and "988" in said[0]
    assert not any("988" in one for one in said[1:])
    assert "our reference is #" in said[-1]


def test_a_letter_by_itself_begins_with_the_numbers(policy: Policy) -> None:
    ticket = a_ticket(
        policy, issue="safety.emergency", reason="emergency", starts_at="critical", signals=("emergency",)
    )
    body = notices.for_user(policy, ticket, Notice("user", "emergency_opened"), NINE).body
    assert body.startswith("**If anybody may be in danger, call 911 now.**") and "988" in body
