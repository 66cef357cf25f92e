"""A reply that the files hold presses its button or tells that the step was done; nothing is said to be skipped that was not."""

import pytest

from tests.dialogue.chat import Chat

CODES = "my codes dont work"


@pytest.mark.parametrize("words", ["they come by text", "by text"])
def test_a_button_is_pressed_in_the_words_of_its_file(chat: Chat, words: str) -> None:
    chat.says(CODES)
    chat.says(words)
    assert chat.known.step == "text_message"


@pytest.mark.parametrize("words", ["yes the role is right", "yes role is right"])
def test_a_role_that_is_right_goes_on(chat: Chat, words: str) -> None:
    chat.says("our label export button is gone")
    chat.says(words)
    assert chat.known.step == "refresh_app"


@pytest.mark.parametrize(
    ("told", "words"),
    [("the time of my appointment is wrong, it shows 3am", "timezone is right"), (CODES, "clock is automatic")],
)
def test_a_step_that_is_so_already_goes_on(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    before = chat.known.step
    chat.says(words)
    assert chat.known.step != before and "tried_before" in {one.outcome for one in chat.known.tried}


def test_a_date_of_birth_that_is_wrong_begins_at_its_button(chat: Chat) -> None:
    assert "It's my date of birth" in chat.says("my date of birth is wrong in there")


def test_nothing_is_skipped_that_was_not_tried(chat: Chat) -> None:
    assert "already tried" not in chat.says("i changed my phone number and get no code")


def test_what_is_skipped_is_still_said(chat: Chat) -> None:
    assert "already tried" in chat.says("the phone app closes itself as soon as I open it, I have updated it already")
