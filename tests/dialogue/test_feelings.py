"""A feeling is named once, with no promise, and never before the numbers."""

import pytest

from tests.dialogue.chat import Chat

FRUSTRATING, NO_SHAME, NO_PROMISE = "how frustrating this is", "nothing to be ashamed of", "can't say that for certain"


def test_anger_at_a_question_of_ours_is_answered_once(chat: Chat) -> None:
    chat.says("I was charged twice for one visit")
    assert FRUSTRATING in chat.says("you are all useless, this is the third time I ask!!")
    assert FRUSTRATING not in chat.says("you are all useless")


def test_anger_while_people_have_the_request_is_answered(chat: Chat) -> None:
    chat.says("my account is locked")
    while chat.last.request is None:
        chat.presses("Skip")
    chat.opens()
    assert FRUSTRATING in chat.says("I am furious, my visit is in 20 minutes")


def test_shame_gets_a_kind_word_once(chat: Chat) -> None:
    assert NO_SHAME in chat.says("I'm 81 and so ashamed, I forgot my password again")
    assert NO_SHAME not in chat.says("I am so ashamed")


def test_who_wants_a_promise_hears_that_there_is_none(chat: Chat) -> None:
    chat.says("my account is locked")
    while chat.last.request is None:
        chat.presses("Skip")
    chat.opens()
    assert NO_PROMISE in chat.says("can you guarantee it works by then?")


@pytest.mark.parametrize("told", ["I am so ashamed, I want to kill myself", "I am furious, he is not breathing"])
def test_the_numbers_stand_before_every_feeling(chat: Chat, told: str) -> None:
    said = chat.says(told)
    assert "911" in said and NO_SHAME not in said and FRUSTRATING not in said


def test_thanks_and_ok_are_not_answered_in_the_same_words_in_a_row(chat: Chat) -> None:
    said = [chat.says(words) for words in ("thanks", "ok", "ok")]
    assert len(set(said)) == len(said)


def test_what_is_shouted_is_anger(chat: Chat) -> None:
    assert FRUSTRATING in chat.says("YOU PEOPLE BILLED ME TWICE FOR THE SAME COPAY!!!! this is theft")


def test_capitals_alone_are_no_anger(chat: Chat) -> None:
    assert FRUSTRATING not in chat.says("I CANNOT FIND MY VISIT IN THE LIST")


@pytest.mark.parametrize(
    ("words", "felt"),
    [
        ("the old one has gone to the recycling I'm afraid", False),
        ("I'm afraid I don't have that phone", False),
        ("I have lost the phone and I'm afraid", True),
        ("I am afraid it is all gone", True),
    ],
)
def test_afraid_as_a_manner_of_speaking_is_no_worry(chat: Chat, words: str, felt: bool) -> None:
    chat.says("my two-step code does not work")
    assert ("that this worries you" in chat.says(words)) == felt
