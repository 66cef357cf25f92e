"""What the ticket says of a step is what the user said of it."""

import pytest

from bot.dialogue.conversation import Conversation
from bot.mind import Mind
from bot.understanding.reading import NOTHING_READ, Meant
from tests.dialogue.turns import turn
from tests.makers import MARIA


@pytest.mark.parametrize(
    ("issue", "step", "label", "outcome"),
    [
        ("account.cant_log_in", "reset_password", "No", "did_not_help"),
        ("account.first_login", None, "No", "did_not_help"),
        ("technical.slow_performance", None, "Slow for others here too", "did_not_help"),
        ("account.mfa_not_working", "time_sync", "I don't have that phone", "not_possible"),
        ("account.mfa_not_working", "backup_code", "I have no backup codes", "not_possible"),
        ("doctor.manage_schedule", None, "I can't edit this schedule", "not_possible"),
    ],
)
def test_a_step_that_was_taken_and_did_not_help_is_not_called_impossible(
    mind: Mind, issue: str, step: str | None, label: str, outcome: str
) -> None:
    steps = mind.catalog.intents[issue].steps
    step = step or next(one.id for one in steps for option in one.options if option.label == label and option.signal)
    option = next(option for one in steps if one.id == step for option in one.options if option.label == label)
    assert option.signal, "an answer that tells a fact too"
    known = Conversation(MARIA, "in_app_chat", state="answering", issue=issue, step=step)

    came = turn(mind, known, NOTHING_READ, Meant("button", 0.9, label)).conversation

    assert [(tried.step, tried.outcome) for tried in came.tried] == [(step, outcome)]
