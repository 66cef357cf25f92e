"""Who mistyped their address at sign-up gets people, who read what was told; never steps for which one must be signed in."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    "words",
    [
        "i think i typed my email wrong when i signed up. gmial",
        "I registered with the wrong email address and can't confirm it",
    ],
)
def test_a_mistyped_address_goes_to_people(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.state == "gathering" and chat.known.reason == "account_access_needed"

    chat.says("skip")
    assert chat.last.request is not None and chat.last.request.issue == "account.cant_verify_email"


def test_it_is_a_button_of_the_first_step_too(chat: Chat) -> None:
    chat.says("the confirmation mail never came")
    said = chat.presses("The address is wrong")

    assert chat.known.state == "gathering" and "Profile" not in said
