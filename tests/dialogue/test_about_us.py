"""Questions about the assistant itself are answered wherever they are asked, and what was before the user stays."""

import pytest

from tests.dialogue.chat import Chat

WHO = "an automated assistant and not a person"
ASKED = [
    "do they pay you lol",
    "are you paid",
    "who built you",
    "do you ever sleep",
    "are you reading my chart",
    "do you like your job",
    "are you an ai",
    "do you have a boss",
    "how old are you",
    "who do you work for",
]


@pytest.mark.parametrize("words", ["do they pay you lol", "are you paid", "do you sleep", "are you reading my chart"])
def test_first_of_all(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert WHO in said and "not your health record" in said and chat.known.issue is None


def test_who_asks_whether_we_listen_is_answered(chat: Chat) -> None:
    assert "I hear nothing" in chat.says("are you listening to me")


@pytest.mark.parametrize("words", ASKED)
def test_to_a_step(chat: Chat, words: str) -> None:
    chat.says("the two-step code never works for me")
    step = chat.known.step
    assert WHO in chat.says(words)
    assert (chat.known.state, chat.known.step) == ("answering", step)


@pytest.mark.parametrize("words", ASKED)
def test_to_a_question_on_the_way_to_a_person(chat: Chat, words: str) -> None:
    chat.says("I was charged twice for my visit")
    asked = chat.known.asking
    assert WHO in chat.says(words)
    assert (chat.known.state, chat.known.asking) == ("gathering", asked)


@pytest.mark.parametrize("words", ["what do you mean", "how do you do that", "why do you do it"])
def test_what_is_asked_of_the_step_is_not_about_the_assistant(chat: Chat, words: str) -> None:
    chat.says("the two-step code never works for me")
    assert WHO not in chat.says(words)
