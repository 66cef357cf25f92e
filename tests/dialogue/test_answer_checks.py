"""A question for a time, a name, a number or a choice is answered by one: anything else is kept as it was said."""

import pytest

from handoff.ticket import SKIPPED
from tests.dialogue.chat import Chat

HACKED = "someone hacked my account"


def _value(chat: Chat, detail: str) -> str | None:
    return next((one.value for one in chat.known.gathered if one.id == detail), None)


def _booking(chat: Chat) -> None:
    chat.says("the booking failed at the end")
    chat.presses("No")
    chat.presses("No")
    assert chat.known.asking == "doctor_name"


@pytest.mark.parametrize("words", ["because i saw it", "they changed my email address", "my gp", "my whole family"])
def test_what_tells_no_time_is_asked_for_in_other_words_and_then_left_open(chat: Chat, words: str) -> None:
    chat.says(HACKED)
    said = chat.says(words)
    assert "the day or the time" in said and chat.known.asking == "when_started"
    chat.says("how should i put it, they are in there")
    assert _value(chat, "when_started") == SKIPPED and chat.known.asking != "when_started"


@pytest.mark.parametrize(
    "words", ["since monday", "ever since i moved", "on the 5th", "whenever it was, last christmas"]
)
def test_a_time_is_taken_at_once(chat: Chat, words: str) -> None:
    chat.says(HACKED)
    chat.says(words)
    assert _value(chat, "when_started") not in (None, SKIPPED)


def test_a_time_that_is_told_later_answers_the_question_that_was_passed_over(chat: Chat) -> None:
    chat.says(HACKED)
    chat.presses("Skip")
    chat.says("since monday")
    assert _value(chat, "when_started") == "monday"


@pytest.mark.parametrize("words", ["you lot are the worst support i have ever seen", "they all cancelled on me today"])
def test_anger_is_no_name_of_a_doctor(chat: Chat, words: str) -> None:
    _booking(chat)
    chat.says(words)
    assert _value(chat, "doctor_name") is None and chat.known.asking == "doctor_name"


@pytest.mark.parametrize("words", ["lopez", "dr lopez", "the new dermatologist"])
def test_a_name_in_any_form_is_taken(chat: Chat, words: str) -> None:
    _booking(chat)
    chat.says(words)
    assert _value(chat, "doctor_name") is not None


def test_words_that_are_none_of_the_choices_are_put_to_them_once_more(chat: Chat) -> None:
    chat.says("I want to talk to a person")
    chat.says("my prescription is wrong")
    assert _value(chat, "description") == "my prescription is wrong" and chat.known.asking == "answer_by"
    assert "Which of these fits best" in chat.says("the site ate my homework")
    chat.says("by phone")
    assert chat.last.request is not None and chat.last.request.summary == "my prescription is wrong"


@pytest.mark.parametrize("words", ["what do you mean by that?", "why do you want to know that"])
def test_a_question_to_our_question_is_not_answered_with_who_we_are(chat: Chat, words: str) -> None:
    chat.says("I can see another patient's lab results in my account")
    assert chat.known.asking is not None
    assert "automated assistant" not in chat.says(words)
