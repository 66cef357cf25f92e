"""What is asked once a request is open reaches it, typed or pressed; what was passed over is nobody's news."""

from bot.actions.deps import Deps
from bot.channels.terminal import Terminal
from tests.makers import MARIA, NINE

HACKED = "someone hacked my account, they changed my email"


def test_a_pressed_answer_is_on_the_open_request_like_a_typed_one(deps: Deps) -> None:
    terminal = Terminal(deps, MARIA, lambda: NINE)
    terminal.turn({"user": HACKED})
    terminal.turn({"user": "last night around 10"})
    terminal.turn({"press": "No"})

    details = terminal.turn({"press": "Computer"})["ticket"]["details"]

    assert details["when_started"] == "last night around 10"
    assert details["still_has_access"] == "No" and details["device"] == "Computer"


def test_who_types_what_a_button_says_has_pressed_it(deps: Deps) -> None:
    terminal = Terminal(deps, MARIA, lambda: NINE)
    terminal.turn({"user": HACKED})
    terminal.turn({"press": "Skip"})

    assert terminal.turn({"user": "no"})["ticket"]["details"]["still_has_access"] == "no"
