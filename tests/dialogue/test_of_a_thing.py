"""Danger is confirmed only by words that speak of it: what a card, a page or a button does is none."""

import pytest

from tests.dialogue.chat import Chat

ASKED = "she stares at nothing, and i cant find where to upload my insurance card"


@pytest.fixture
def asked(chat: Chat) -> Chat:
    """Whether somebody is in danger is before the user."""
    chat.says(ASKED)
    chat.goes_on(state="checking", checked=1, plan=("navigation.cant_find_feature",), words=(ASKED,), buttons=())
    return chat


@pytest.mark.parametrize(
    "words",
    [
        "front yes, back wont take the picture",
        "yes the front worked, the back not",
        "yes the page loads now",
        "the down arrow works, up is missing",
        "samsung a13. it says file too big",
    ],
)
def test_what_a_thing_does_is_no_yes(asked: Chat, words: str) -> None:
    asked.says(words)
    assert asked.last.request is None and asked.known.state != "checking"


@pytest.mark.parametrize(
    "words",
    [
        "yes he is here and bleeding",
        "yes, the front door is open and he just lies there",
        "Yes I typed that with one hand, the other is holding pressure on the wound",
        "yes",
    ],
)
def test_a_yes_that_speaks_of_somebody_is_one(asked: Chat, words: str) -> None:
    asked.says(words)
    assert asked.last.request is not None and asked.last.request.issue == "safety.emergency"
