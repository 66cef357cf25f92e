"""While a request of security is open, what is told of the attack is added to it: no steps, and no second request."""

import pytest

from bot.dialogue.hearing.said_again import answer_in
from tests.dialogue.chat import Chat

CAN_YOU, CHOICES = "Can you still sign in to your account yourself?", ("Yes", "No", "I have not tried")
MORE = (
    "also my phone gets texts from your number asking for the code",
    "they changed my phone number in my profile too",
    "now it says my password is wrong",
)


def hacked(chat: Chat) -> None:
    """A Critical request that people have, whose first question is before the user."""
    chat.says("someone hacked my account")
    asking, state, buttons = chat.known.asking, chat.known.state, chat.known.buttons
    chat.opens()
    chat.goes_on(asking=asking, state=state, buttons=buttons)


@pytest.mark.parametrize("words", MORE)
@pytest.mark.parametrize("asked", [True, False])
def test_more_of_the_attack_is_added_and_gets_no_steps(chat: Chat, words: str, asked: bool) -> None:
    hacked(chat)
    if not asked:
        chat.goes_on(asking=None, state="with_support", buttons=())
    chat.says(words)
    assert chat.known.step is None and chat.known.issue == "escalate.security" and chat.last.request is None


def test_a_question_how_to_do_something_is_still_answered(chat: Chat) -> None:
    hacked(chat)
    chat.goes_on(asking=None, state="with_support", buttons=())
    chat.says("how do i set up two-step sign-in?")
    assert chat.known.step is not None


def test_more_of_the_matter_told_amid_other_steps_opens_no_second_request(chat: Chat) -> None:
    hacked(chat)
    chat.goes_on(asking=None, state="with_support", buttons=())
    chat.says("how do i set up two-step sign-in?")
    assert "added that to your request #1001" in chat.says("a stranger is in my account, it was hacked")
    assert chat.last.request is None and chat.known.ticket == 1001 and chat.known.step is None


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("no i can sign in", "Yes"),
        ("i still can", "Yes"),
        ("no I can't sign in", "No"),
        ("yes, i cannot", "No"),
        ("my cousin can sign in", None),
        ("no", None),
    ],
)
def test_who_says_the_question_over_again_answers_it(words: str, meant: str | None) -> None:
    assert answer_in(words, CAN_YOU, CHOICES) == meant


def test_no_i_can_sign_in_is_written_down_as_yes(chat: Chat) -> None:
    hacked(chat)
    while chat.known.asking != "still_has_access":
        chat.presses("Skip")
    said = chat.says("no i can sign in")
    assert "sorry you can't sign in" not in said
    assert ("still_has_access", "Yes") in {(one.id, one.value) for one in chat.known.gathered}
