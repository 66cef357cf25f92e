"""Of two matters that were told none is lost: the other is taken up when it is named, and what the request is about is told."""

import pytest

from tests.dialogue.chat import Chat

PASSWORD, BILL = "account.forgot_password", "billing.question"


@pytest.mark.parametrize(
    "first",
    [
        "two things: my password reset mail doesn't come and also I was billed 40 euro for a visit that was cancelled",
        "my password mail never arrives, and i was charged 40 euros for a visit that never took place",
    ],
)
def test_the_other_matter_goes_first_when_it_is_named_and_this_one_is_kept(chat: Chat, first: str) -> None:
    chat.says(first)
    assert chat.known.issue == PASSWORD and BILL in chat.known.also

    chat.says("and what about the 40 euro bill?")
    assert (chat.known.issue, chat.known.also) == (BILL, (PASSWORD,)) and chat.known.state == "gathering"
    chat.says("and the password thing?")
    assert (chat.known.issue, chat.known.also) == (PASSWORD, (BILL,)) and chat.known.step


def test_what_is_looked_at_and_what_comes_after_it_is_told(chat: Chat) -> None:
    chat.says("two things: my password reset mail doesn't come and also I was billed 40 euro for a cancelled visit")
    step = chat.known.step
    said = chat.says("so which one is the ticket about?")

    assert "A charge, invoice or refund" in said and "Forgotten password" in said
    assert chat.known.step == step


def test_what_the_open_request_is_about_is_told_and_the_other_begins_beside_it(chat: Chat) -> None:
    chat.says("two things: my password reset mail doesn't come and also I was billed 40 euro for a cancelled visit")
    chat.says("and what about the 40 euro bill?")
    while chat.known.asking:
        chat.presses("Skip")
    chat.opens()

    assert "#1001 is about this: **A charge, invoice or refund**" in chat.says("which one is the request about?")
    chat.says("and the password?")
    assert chat.known.issue == PASSWORD and chat.known.step and chat.known.ticket == 1001


def test_a_thing_is_no_issue_yet(chat: Chat) -> None:
    assert "tell me a little more" in chat.says("its about the thing")
