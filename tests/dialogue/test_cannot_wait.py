"""That it cannot wait is heard in the midst of other words, and in a step; no answer says no to a question that wants none."""

import pytest

from bot.mind import Mind
from tests.dialogue.chat import Chat


@pytest.mark.parametrize("words", ["i have patients now, it cant wait", "please, this can't wait", "it cannot wait"])
def test_a_request_is_marked_by_a_clause_of_it(chat: Chat, words: str) -> None:
    chat.says("i was charged twice")
    chat.says("enough questions")
    chat.opens()
    chat.says(words)
    assert "urgent" in chat.last.new_signals


def test_in_a_step_a_person_is_offered_then_called(chat: Chat) -> None:
    chat.says("the app shuts down when i open it")
    said = chat.says("this cant wait")
    assert "a person can take it now" in said and "1-800-SMARTMED" in said
    assert "Talk to a person" in {one.label for one in chat.known.buttons} and chat.known.step
    chat.says("it really cant wait")
    assert chat.known.state in ("gathering", "with_support") and "urgent" in chat.known.signals


@pytest.mark.parametrize("words", ["this can wait", "i cant wait to see my doctor"])
def test_what_can_wait_offers_nobody(chat: Chat, words: str) -> None:
    chat.says("the app shuts down when i open it")
    assert "a person can take it now" not in chat.says(words)


def test_who_is_in_on_another_device_has_told_a_result(chat: Chat) -> None:
    chat.says("the page does not load, only a spinner")
    assert "I'm glad that helped" in chat.says("im in via the laptop now!!")


def test_no_answer_of_a_file_begins_with_yes_or_no(mind: Mind) -> None:
    told = [one.say.split(maxsplit=1)[0] for intent in mind.catalog.intents.values() for one in intent.glossary]
    assert not {"Yes.", "Yes,", "No.", "No,"} & {*told}
