"""A deed that goes on now is no result, nor is the success of something else; a consequence that tells success is one."""

import pytest

from tests.dialogue.chat import Chat

GLAD = "I'm glad that helped"
NO_SOUND, NO_CODE, NO_SLOTS = "my video visit has no sound", "i never get the code", "no free slots with Dr Adams"


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (NO_SOUND, "she rings me on the phone now"),
        (NO_SOUND, "my doctor is calling me now"),
        (NO_CODE, "I'm calling you now"),
        ("the pdf won't open", "I'm asking my son to look at it now"),
    ],
)
def test_what_somebody_does_now_ends_nothing(chat: Chat, first: str, words: str) -> None:
    chat.says(first)
    step = chat.known.step

    assert GLAD not in chat.says(words) and chat.known.step == step


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (NO_SOUND, "I can hear her now"),
        (NO_SOUND, "ok I'm in now"),
        ("the pdf won't open", "it opens now"),
        ("i can't see my prescription", "the prescription is showing up now"),
        (NO_SLOTS, "I'm looking at her slots right now, booked Tuesday"),
        (NO_SLOTS, "got it booked for tuesday"),
    ],
)
def test_what_works_now_or_tells_it_by_its_consequence_helped(chat: Chat, first: str, words: str) -> None:
    chat.says(first)

    assert GLAD in chat.says(words)


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("the app won't load on my phone", "the website works, the app still doesn't"),
        (NO_CODE, "your answer was helpful but I still can't"),
        (NO_CODE, "great explanation, thanks, but no code yet"),
        ("the pdf won't open", "other pdfs open fine, yours doesn't"),
    ],
)
def test_the_success_of_something_else_ends_nothing(chat: Chat, first: str, words: str) -> None:
    chat.says(first)

    assert GLAD not in chat.says(words) and chat.known.issue is not None


def test_a_browser_that_was_told_wrongly_is_put_right_and_the_step_stays(chat: Chat) -> None:
    chat.says("the page is blank in chrome")
    issue, step = chat.known.issue, chat.known.step

    chat.says("I meant Firefox, not Chrome")

    assert (chat.known.issue, chat.known.step) == (issue, step)
    assert chat.known.known["browser"].casefold() == "firefox"
