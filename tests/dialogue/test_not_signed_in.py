"""Who does not get in is not sent to a page that wants them signed in."""

import pytest

from tests.dialogue.chat import Chat

SIGN_IN = "Sign in and choose your name"


def test_a_mistyped_address_amid_its_confirmation_is_for_people(chat: Chat) -> None:
    chat.says("Salaam, I make account yesterday but the email to confirm is not come")
    chat.says("my email is fatima.n@yaho.com")
    assert SIGN_IN not in chat.says("oh sorry i write wrong yahoo, how to change")
    assert chat.known.issue == "account.cant_verify_email" and "account_access_needed" in chat.known.signals


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("confirmation email not arriving", "how do i change my email then, it has a typo"),
        ("i forgot my password", "my email there is the old one, can i change it"),
    ],
)
def test_the_address_by_which_one_gets_in_is_for_people(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    issue = chat.known.issue
    assert SIGN_IN not in chat.says(words)
    assert (chat.known.state, chat.known.issue) == ("gathering", issue)


def test_other_details_come_once_they_are_in(chat: Chat) -> None:
    chat.says("cant log in")
    assert SIGN_IN not in chat.says("the phone number on my account is old how do i update that")
    assert chat.known.step == "verify_email" and "account.manage_profile" in chat.known.also


def test_who_is_in_gets_the_steps(chat: Chat) -> None:
    assert SIGN_IN in chat.says("how do i change the email of my profile")
