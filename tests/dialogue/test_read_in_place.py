"""Short lines are read beside what stands before the user: a question that names nothing leads nowhere else."""

import pytest

from tests.dialogue.chat import Chat

STEPS = [
    "the two-step code never works for me",
    "how do I book a visit",
    "I can't find my prescription",
    "the app is slow",
]


@pytest.mark.parametrize("words", ["where", "which one", "what?", "how"])
def test_after_a_greeting_a_question_that_names_nothing_begins_no_steps(chat: Chat, words: str) -> None:
    chat.says("hello")
    assert "tell me a little more" in chat.says(words)
    assert chat.known.issue is None


@pytest.mark.parametrize("words", ["where", "where is that", "which one?", "how exactly"])
@pytest.mark.parametrize("first", STEPS)
def test_to_a_step_it_is_asked_of_the_step(chat: Chat, first: str, words: str) -> None:
    chat.says(first)
    before = (chat.known.issue, chat.known.step)
    chat.says(words)
    assert (chat.known.issue, chat.known.step) == before


@pytest.mark.parametrize("words", ["where is it", "how do i do this", "which one is it"])
@pytest.mark.parametrize("first", ["i cant log in", STEPS[0]])
def test_to_a_step_such_a_question_is_never_taken_for_one_about_our_team(chat: Chat, first: str, words: str) -> None:
    chat.says(first)
    assert "one line at a time" in chat.says(words)


@pytest.mark.parametrize("words", ["who is this?", "what is this", "who are they", "who is it"])
def test_first_of_all_it_asks_who_we_are(chat: Chat, words: str) -> None:
    assert "automated assistant and not a person" in chat.says(words)


def test_a_deed_and_what_the_screen_shows_of_it_is_a_success(chat: Chat) -> None:
    chat.says("how do I update my home address")
    chat.says("yes saved, it shows the new one")
    assert chat.known.state == "solved"


@pytest.mark.parametrize("words", ["yes saved, it shows the old one", "saved"])
def test_a_deed_without_a_result_is_none(chat: Chat, words: str) -> None:
    chat.says("how do I update my home address")
    chat.says(words)
    assert chat.known.state == "answering"


def test_what_is_not_there_goes_on(chat: Chat) -> None:
    chat.says("my prescription pdf is blank")
    step = chat.known.step
    chat.says("not there")
    assert chat.known.state == "answering" and chat.known.step != step
