"""When a fault shows itself presses no button of another fault, and nobody is kept at a step that is for another fault."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("bruh ur app keeps closing on me", "literally every time i tap messages"),
        ("app crash", "only when i press pay"),
        ("my app crashes", "every time i open my chats"),
        ("the app shuts down by itself on my samsung", "yeah whenever i click a photo"),
        ("page wont load", "only when i open my results"),
    ],
)
def test_when_it_happens_is_noted_and_the_step_stays(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    step = chat.known.step
    assert "noted that" in chat.says(words)
    assert (chat.known.state, chat.known.step) == ("answering", step)


@pytest.mark.parametrize("words", ["i dont get messages", "only when it comes to notifications, they never come"])
def test_what_a_button_is_about_still_presses_it(chat: Chat, words: str) -> None:
    chat.says("the app acts up")
    chat.says(words)
    assert chat.known.step == "notifications"


@pytest.mark.parametrize(
    "words", ["no i dont care abt notifs its the messages thing", "im not talking about notifications"]
)
def test_a_step_for_another_fault_is_left(chat: Chat, words: str) -> None:
    chat.says("the app acts up")
    chat.presses("It's about notifications")
    chat.says(words)
    assert chat.known.step == "reinstall"
