"""Who writes for somebody else: whose matter it is stands on the request."""

from dataclasses import replace

import pytest

from bot.dialogue.hearing.person_concerned import person_concerned
from bot.mind import Mind
from tests.dialogue.chat import Chat
from tests.makers import MARIA


@pytest.mark.parametrize(
    ("role", "words", "person"),
    [
        ("doctor", "my patient Mrs Adeyemi can't open her prescription, she is 82", "my patient Mrs Adeyemi, 82"),
        ("staff", "one of our patients is 82 and can't find the code", "one of our patients, 82"),
        ("staff", "Mr Whitlow cannot get into his visit", "Mr Whitlow"),
        ("doctor", "can't open my patient Mrs O'Neill's prescription", "my patient Mrs O'Neill"),
        ("doctor", "A patient can't sign in", "A patient"),
        ("patient", "my mum can't get the code", "my mum"),
        ("patient", "my daughter's account is locked", "my daughter"),
    ],
)
def test_the_person_is_named_as_they_were(role: str, words: str, person: str) -> None:
    assert person_concerned([words], role) == person


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("doctor", "I can't sign my prescriptions"),
        ("staff", "the queue is frozen since 9"),
        ("patient", "I can't open my prescription"),
        ("patient", "Mrs Lund is my doctor"),
    ],
)
def test_nobody_is_named_by_who_writes_for_themselves(role: str, words: str) -> None:
    assert person_concerned([words], role) is None


def test_it_stands_on_the_request(mind: Mind) -> None:
    chat = Chat(mind, replace(MARIA, role="doctor"))
    chat.says("the account of my patient Mrs Adeyemi is locked")
    made = chat.last.request
    assert made is not None
    assert {one.id: one.value for one in made.details}["person_concerned"] == "my patient Mrs Adeyemi"
