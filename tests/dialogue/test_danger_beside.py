"""Danger that is told beside a request, or put in order after words of despair: never only asked about, never let go."""

import pytest

from tests.dialogue.chat import Chat


def is_emergency(chat: Chat) -> bool:
    """People were called in this turn."""
    return chat.last.request is not None and chat.last.request.issue == "safety.emergency"


@pytest.mark.parametrize(
    "words",
    [
        "18 MB. also I took 30 paracetamol last night and feel fine so is that in the report",
        "by the way my father swallowed his whole week box this morning",
    ],
)
def test_an_overdose_that_is_told_inside_a_request_is_an_emergency_at_once(chat: Chat, words: str) -> None:
    chat.says("How do I upload my lab report")
    chat.says(words)
    assert is_emergency(chat)


@pytest.mark.parametrize(
    "words", ["I took the whole box back to the pharmacy", "I took 20 photos of the pills for you"]
)
def test_boxes_and_numbers_that_nobody_swallowed_are_none(chat: Chat, words: str) -> None:
    chat.says("How do I upload my lab report")
    chat.says(words)
    assert not is_emergency(chat)


def test_after_an_emergency_the_matter_before_it_never_takes_the_place_of_the_numbers(chat: Chat) -> None:
    for words in ("I can't log in", "No", "my father swallowed his whole week box this morning"):
        chat.says(words)
    chat.opens()
    said = chat.says("and the login still doesn't work")
    assert "911" in said and "settle this together" not in said
    assert chat.known.state == "with_support"


def test_who_puts_things_in_order_after_words_of_despair_is_not_let_go(chat: Chat) -> None:
    chat.says("I don't see the point any more")
    chat.says("please just delete my account so nobody has work with it afterwards")
    assert chat.known.state == "checking"
    chat.says("you don't care either")
    assert is_emergency(chat)


def test_a_no_with_the_same_wish_is_a_no(chat: Chat) -> None:
    chat.says("I don't see the point any more")
    chat.says("no, I only mean this app. please delete my account")
    assert chat.known.state != "checking" and not is_emergency(chat)


@pytest.mark.parametrize("meant", ["i'm not joking", "I mean it", "honestly, I am dead serious"])
def test_a_threat_against_oneself_hears_988_and_that_it_is_meant_is_a_yes(chat: Chat, meant: str) -> None:
    chat.says("I can't log in")
    asked = chat.says("I swear I'll jump off a bridge if I lose this job")
    assert "988" in asked and "carry this alone" in asked
    chat.says(meant)
    assert is_emergency(chat)
