"""What a word means, and that we cannot do it for them, wherever it is asked."""

import pytest

from tests.dialogue.chat import Chat

BROWSER, CANNOT = "program with which you open websites", "can't change anything in"


@pytest.mark.parametrize("before", ["", "hello", "my prescription pdf is blank", "i want a person"])
def test_a_word_is_explained_wherever_it_is_asked(chat: Chat, before: str) -> None:
    if before:
        chat.says(before)
    asking = chat.known.asking
    assert BROWSER in chat.says("what is a browser?")
    assert chat.known.asking == asking


def test_who_answers_is_still_told(chat: Chat) -> None:
    assert "automated assistant" in chat.says("what are you?")
    assert "automated assistant" in chat.says("are you a robot?")


@pytest.mark.parametrize("words", ["can you do it for me?", "why don't you do it for me"])
def test_we_say_what_we_can_do_and_the_step_stays(chat: Chat, words: str) -> None:
    chat.says("i want to change my visit")
    assert CANNOT in chat.says(words)
    assert chat.known.step == "reschedule_policy"
    assert "Talk to a person" in {button.label for button in chat.known.buttons}


def test_who_wants_it_done_before_anything_is_known_is_asked_what(chat: Chat) -> None:
    said = chat.says("can you do it for me?")
    assert CANNOT in said and "What can I help you with?" in said


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        (
            "calling on behalf of a patient, he needs his 3pm visit moved to thursday, can you do that for me",
            "appointment.cant_reschedule",
        ),
        ("front desk here. a patient wants to cancel her visit on friday, can you do it for me?", "appointment.cancel"),
        ("i have a patient who needs a new password can you do that for me", "account.forgot_password"),
    ],
)
def test_who_wants_it_done_and_says_what_is_not_asked_what(chat: Chat, words: str, issue: str) -> None:
    said = chat.says(words)

    assert CANNOT in said and chat.known.issue == issue and chat.known.step
    assert "What can I help you with?" not in said
