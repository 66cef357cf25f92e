"""A conversation in the terminal tells, when asked, which rules decided each turn."""

from bot.actions.deps import Deps
from bot.channels.terminal import CHANNEL, Terminal
from bot.dialogue import respond
from bot.dialogue.answering import step_rules
from bot.dialogue.choosing import choice_rules, first_message
from bot.dialogue.gathering import question_rules
from bot.dialogue.with_support import request_rules
from bot.storage import conversations
from bot.storage.conversations import Line
from bot.storage.unit_of_work import UnitOfWork
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


def test_a_button_is_pressed_in_the_terminal_as_far_up_as_in_the_app(deps: Deps) -> None:
    terminal = Terminal(deps, MARIA, lambda: NINE)
    label = terminal.turn({"user": "my authenticator code is refused"})["buttons"][0]
    with deps.sessions.begin() as db:
        row = conversations.lock_open(db, MARIA.id, CHANNEL)
        assert row is not None
        for _ in range(20):
            conversations.append(UnitOfWork(db, NINE), row, Line("bot", "", "news", visible_to_user=True))

    terminal.turn({"press": label})

    with deps.reading.begin() as db:
        pressed = [line.source for line in conversations.transcript(db, row.id) if line.by_user][-1]
    assert pressed is not None and pressed["pressed"]
