"""Lost data that are all back: whether to close is asked, and nothing more; what is back in part stays with people."""

import pytest

from tests.dialogue.chat import Chat

LOST, SHALL_I = "all my patients' notes are gone", "Shall I close your request #1001"


def lost(chat: Chat, *, asked: bool = True) -> None:
    """A Critical request that people have, with or without a question before its user."""
    chat.says(LOST)
    asking, state, buttons = chat.known.asking, chat.known.state, chat.known.buttons
    chat.opens()
    if asked:
        chat.goes_on(asking=asking, state=state, buttons=buttons)


@pytest.mark.parametrize(
    "words",
    [
        "just reloaded, its all back",
        "everything is back now",
        "they came back",
        "a filter was on. it's all there",
        "wait it's in my son's profile. found it",
    ],
)
@pytest.mark.parametrize("asked", [True, False])
def test_all_back_is_asked_about_and_no_question_follows(chat: Chat, words: str, asked: bool) -> None:
    lost(chat, asked=asked)
    assert SHALL_I in chat.says(words)
    assert chat.known.asking is None and not chat.last.withdrawn
    chat.presses("Yes, close it")
    assert chat.last.withdrawn


@pytest.mark.parametrize("words", ["some of it is back", "its not back", "all back but one note is missing"])
def test_what_is_not_all_back_stays_with_people(chat: Chat, words: str) -> None:
    lost(chat, asked=False)
    assert SHALL_I not in chat.says(words)
    assert chat.known.ticket == 1001


def test_unasked_no_word_closes_it(chat: Chat) -> None:
    lost(chat, asked=False)
    chat.says("close my request")
    assert not chat.last.withdrawn


def test_nothing_is_missing_close_it_closes_it_at_once(chat: Chat) -> None:
    lost(chat)
    chat.says("I found it, nothing is missing. close it")
    assert chat.last.withdrawn


def test_close_it_alone_ends_the_questions(chat: Chat) -> None:
    lost(chat)
    chat.says("close it")
    assert not chat.last.withdrawn
    assert chat.known.asking is None and chat.known.state == "with_support"
