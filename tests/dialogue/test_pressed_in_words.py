"""A reply that all but presses a button stays with its step, whatever a part of it sounds like; what is grave is still heard."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from tests.dialogue.chat import Chat
from tests.makers import MARIA

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


@pytest.mark.parametrize(
    ("told", "step"),
    [
        ("Dr Mensah is away 20-24 Dec, need to block her out but 3 pts are already booked in", "block_time"),
        ("doctor on leave 5-9 jan, want to close his slots", "block_time"),
        ("it asks for six numbers from a program which was on the old telephone", "backup_code"),
    ],
)
def test_what_the_first_words_tell_chooses_the_step(mind: Mind, told: str, step: str) -> None:
    chat = Chat(mind, replace(MARIA, role="staff"))
    chat.says(told)
    assert chat.known.step == step


def test_the_next_step_that_was_done_too_is_passed_over(chat: Chat) -> None:
    chat.says("the email to confirm my account has not come")
    chat.says("i check in junk also nothing")
    assert chat.known.step is None and chat.known.state == "gathering"


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("need to cancel my visit", "there is no cancel button"),
        ("i need to change the working hours of my schedule", "right did that, it says 'conflict'"),
    ],
)
def test_what_is_not_there_or_refused_goes_on(chat: Chat, first: str, words: str) -> None:
    chat.says(first)
    before = chat.known.step
    chat.says(words)
    assert chat.known.step not in (before, None)


@pytest.mark.parametrize("words", ["Tried them, recorded message", "i get the answering machine"])
def test_a_machine_that_answers_is_nobody(chat: Chat, words: str) -> None:
    for one in ("need to cancel my visit", "no"):
        chat.says(one)
    chat.says(words)
    assert chat.known.state == "gathering"


@pytest.mark.parametrize("words", ["im 15", "there are three of us"])
def test_a_fact_that_tells_no_result_is_noted(chat: Chat, words: str) -> None:
    chat.says("how do i book a visit")
    assert "I've noted that" in chat.says(words)
