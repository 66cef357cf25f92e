"""Who writes for somebody else is not spoken to as if the trouble were their own."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from tests.dialogue.chat import Chat
from tests.makers import MARIA


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("doctor", "A patient can't sign in"),
        ("staff", "one of our patients can't log in"),
        ("doctor", "my patient Anna Berg can't see her prescription"),
        ("doctor", "my patient's account is locked"),
        ("patient", "my mother can't sign in, I am her carer"),
    ],
)
def test_nobody_is_told_that_it_is_they_who_cannot(mind: Mind, role: str, words: str) -> None:
    said = Chat(mind, replace(MARIA, role=role)).says(words)
    assert "sorry" in said
    assert "sorry you can't" not in said and "Are you in" not in said


def test_staff_are_told_what_the_one_who_cannot_sign_in_is_to_do(mind: Mind) -> None:
    chat = Chat(mind, replace(MARIA, role="doctor"))
    assert "ask them to do this" in chat.says("A patient can't sign in")
    assert "ask them to do this" in chat.says("no")
