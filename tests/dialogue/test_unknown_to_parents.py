"""A young person who wants nobody at home to know hears who listens, and is asked nothing before they want it."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    "words",
    [
        "is there a person who'd talk to me without my parents finding out",
        "can i talk to somebody without my mom finding out",
        "can i see somebody without my dad knowing",
    ],
)
def test_who_wants_help_without_their_parents_hears_who_listens(chat: Chat, words: str) -> None:
    said = chat.says(words)

    assert "988" in said and "1-800-422-4453" in said and chat.known.asking is None
    assert chat.last.request is None and [button.value for button in chat.known.buttons] == ["person"]


def test_what_cannot_be_said_is_asked_about_as_danger_and_never_asked_for(chat: Chat) -> None:
    chat.says("is there a person who'd talk to me without my parents finding out")
    said = chat.says("it's about something i can't say here")
    assert chat.known.state == "checking" and "don't have to say it here" in said

    chat.says("no")
    assert chat.known.asking != "description"


def test_a_calm_question_what_parents_see_stays_one(chat: Chat) -> None:
    assert "I'm glad that you wrote" not in chat.says("can my parents see what i tell the doctor here")
