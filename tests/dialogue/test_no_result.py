"""Who asks, tells a fact, thanks us or comes back is not asked how it went: each gets what fits, and the step stays."""

import pytest

from tests.dialogue.chat import Chat

HOW = "I'm not sure yet how it went"


@pytest.mark.parametrize("words", ["maybe that's why?", "chrome", "ok thanks"])
def test_a_question_a_fact_or_thanks_is_no_word_on_how_it_went(chat: Chat, words: str) -> None:
    chat.says("how do i get into the video visit")
    step = chat.known.step
    said = chat.says(words)
    assert HOW not in said and chat.known.step == step


@pytest.mark.parametrize("words", ["I don't need the app then, who do I ask", "who do I ask", "so who do i ask then"])
def test_whom_to_ask_is_answered_with_a_person(chat: Chat, words: str) -> None:
    chat.says("my appointment shows 3pm but the clinic told me 1pm")
    assert "person" in chat.says(words)
    offered = "Talk to a person" in {button.label for button in chat.known.buttons}
    assert offered or chat.known.state == "gathering"


@pytest.mark.parametrize("words", ["ok back. where was i", "I'm back", "where were we?"])
def test_who_comes_back_gets_the_whole_step_again(chat: Chat, words: str) -> None:
    first = chat.says("how do i reschedule my visit").split("\n\n")[1]
    chat.says("hang on brb")
    assert first in chat.says(words)


def test_thanks_after_an_answer_leaves_the_step_without_a_question(chat: Chat) -> None:
    chat.says("how do i get into the video visit")
    chat.says("do i need the app for it or is the browser ok")
    assert "take your time" in chat.says("ok thanks")
