"""What is asked on the way to a person is one thing, and fits the matter."""

import re

import pytest

from bot.understanding.intents.catalog import load_catalog
from tests.dialogue.chat import Chat

ASKS = [(intent.id, one.id, one.ask) for intent in load_catalog().intents.values() for one in intent.details]
BUT_TOGETHER = {("escalate.feature_request", "feature_idea"), ("appointment.how_to_book", "doctor_name")}
"""What the guide wants together; and two ways to say one thing."""
TWO = re.compile(r", and (?:what|which|where|when|who|at which|on which)\b")


@pytest.mark.parametrize(("issue", "name", "ask"), ASKS)
def test_a_question_asks_one_thing(issue: str, name: str, ask: str) -> None:
    assert (issue, name) in BUT_TOGETHER or not (TWO.search(ask) or ask.count("?") > 1)


def test_what_a_card_calls_an_answer_is_what_was_asked() -> None:
    labels = {one.ask: one.label for intent in load_catalog().intents.values() for one in intent.details}
    asks_the_screen = {label for ask, label in labels.items() if ask.startswith("What does the screen")}
    assert asks_the_screen == {"What the screen says"}


def test_of_a_wrong_sum_the_right_one_is_asked_for(chat: Chat) -> None:
    chat.says("I was charged twice for my visit")
    assert "tell us the right one" in chat.presses("Skip")


def test_of_a_refund_it_is_not_asked_where_it_is_seen(chat: Chat) -> None:
    chat.says("my refund never came")
    asked = chat.presses("Skip") + chat.presses("Skip")
    assert "Where do you see it" not in asked and "or where is it missing" in asked


@pytest.mark.parametrize(
    "words", ["my birthday is wrong in my profile", "can somebody change the date of birth on my account"]
)
def test_what_people_change_needs_no_device(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert "device" not in said and chat.known.asking != "device"
