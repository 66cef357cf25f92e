"""A reply that all but presses a button stays with its step, whatever a part of it sounds like; what is grave is still heard."""

import pytest

from tests.dialogue.chat import Chat

MAIL = "account.forgot_password"


@pytest.mark.parametrize(
    "reply",
    [
        "did that, been 10 mins and no email from you",
        "mail came ok but when i click it says link not valid any more",
        "pressed send and the mail hasn't turned up after a quarter of an hour",
    ],
)
def test_what_a_button_says_is_no_other_matter(chat: Chat, reply: str) -> None:
    chat.says("forgot my smartmed password, whats the way to change it")
    chat.says(reply)
    assert chat.known.issue == MAIL and chat.known.ticket is None
    assert chat.known.state == "answering"


@pytest.mark.parametrize(
    ("reply", "issue"),
    [
        (
            "no mail came, and somebody changed my phone number on the account, i think i was hacked",
            "escalate.security",
        ),
        ("the mail never came, and i can see another patient's lab results on my screen", "escalate.privacy"),
    ],
)
def test_what_is_grave_beside_it_goes_to_its_team(chat: Chat, reply: str, issue: str) -> None:
    chat.says("forgot my password")
    chat.says(reply)
    assert chat.known.issue == issue
