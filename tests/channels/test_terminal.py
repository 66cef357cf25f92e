"""A conversation in the terminal tells, when asked, which rules decided each turn."""

from bot.actions.deps import Deps
from bot.channels.terminal import Terminal
from bot.dialogue import respond
from bot.dialogue.answering import step_rules
from bot.dialogue.choosing import choice_rules, first_message
from bot.dialogue.gathering import question_rules
from bot.dialogue.with_support import request_rules
from tests.makers import MARIA, NINE

RULES = {
    rule.when
    for table in (
        respond.TURN,
        first_message.FRESH,
        step_rules.STEP,
        question_rules.QUESTION,
        choice_rules.CHOICE,
        request_rules.OPEN,
    )
    for rule in table
}


def test_each_turn_is_told_with_the_rules_that_decided_it(deps: Deps) -> None:
    terminal = Terminal(deps, MARIA, lambda: NINE, why=True)
    begun = terminal.turn({"user": "my authenticator code is refused"})
    asked = terminal.turn({"user": "put me through to a person"})

    assert begun["why"][-1] == "a known issue, certain enough: its steps, or people"
    assert asked["why"][-1] == "a person is asked for"
    assert {*begun["why"], *asked["why"]} <= RULES


def test_without_being_asked_a_turn_is_told_as_ever(deps: Deps) -> None:
    assert "why" not in Terminal(deps, MARIA, lambda: NINE).turn({"user": "my authenticator code is refused"})
