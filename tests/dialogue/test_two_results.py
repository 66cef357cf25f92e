"""One thing works and another does not: nothing is solved by half."""

import pytest

from tests.dialogue.chat import Chat

GLAD = "glad that helped"


@pytest.mark.parametrize(
    "words",
    [
        "name is greyed out. phone worked",
        "the phone number saved fine; my name can't be edited",
        "phone worked. but the name is grey",
    ],
)
def test_what_cannot_be_edited_is_for_people_whatever_else_worked(chat: Chat, words: str) -> None:
    chat.says("how do i update my profile")
    said = chat.says(words)
    assert GLAD not in said and chat.known.state == "with_support"


@pytest.mark.parametrize(
    "words",
    ["not that one, the NEW address. jo.new instead of jo.old", "no, not that address. the new one, ana.b, not ana.a"],
)
def test_another_than_what_is_meant_helps_nobody(chat: Chat, words: str) -> None:
    chat.says("i changed my email and the confirm thing never came")
    chat.says("pressed resend, nothing came")
    assert GLAD not in chat.says(words)
    assert not chat.known.solved


@pytest.mark.parametrize(
    "words",
    [
        "pressed resend. it says sent to my old address though, i need it at the new one",
        "did it twice, no luck. it goes to my old email, I need it at the new one",
    ],
)
def test_what_a_button_says_is_heard_beside_a_no(chat: Chat, words: str) -> None:
    chat.says("i changed my email and the confirm thing never came")
    chat.says(words)
    assert chat.known.state == "gathering" and "account_access_needed" in chat.known.signals


@pytest.mark.parametrize(
    "words",
    [
        "name is fine now. phone worked too",
        "it was greyed out at first, then it saved",
        "it saved my name and the phone, thank you",
    ],
)
def test_a_whole_result_still_solves_it(chat: Chat, words: str) -> None:
    chat.says("how do i update my profile")
    assert GLAD in chat.says(words)
