"""Who says that it is not what we look at is believed: it is read anew without that, and goes to people where nothing else is sure."""

import pytest

from tests.dialogue.chat import Chat

SLOW = "technical.slow_performance"


@pytest.mark.parametrize("words", ["no, it's NOT slow. it signs me OUT", "nothing is slow, read what i wrote please"])
def test_a_matter_that_is_denied_is_left_and_goes_to_people_as_it_was_told(chat: Chat, words: str) -> None:
    chat.says("your site is so slow today")
    assert chat.known.issue == SLOW
    chat.says("the page signs me out every few minutes")
    said = chat.says(words)

    assert chat.known.issue != SLOW and "I'm sorry, I misunderstood" in said
    assert chat.last.request is not None and chat.last.request.issue != SLOW


def test_what_is_denied_of_the_offered_is_not_begun(chat: Chat) -> None:
    chat.says("the website keeps throwing me out every few minutes")
    assert SLOW in chat.known.choices

    chat.says("it isn't slow, it signs me out")
    assert SLOW not in {step.partition("/")[0] for step in chat.known.offered} and chat.known.issue != SLOW


def test_another_matter_that_is_surely_meant_begins(chat: Chat) -> None:
    chat.says("my password is refused")
    chat.says("it's not about the password, the code on my phone is refused")

    assert chat.known.issue == "account.mfa_not_working" and chat.known.step


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("your site is so slow today", "it's not slow any more"),
        ("booking a visit failed with an error", "no it is not booked"),
        ("how do i cancel my visit", "it's not cancelled"),
    ],
)
def test_a_result_or_that_there_is_none_leaves_no_matter(chat: Chat, first: str, words: str) -> None:
    chat.says(first)
    issue = chat.known.issue
    said = chat.says(words)

    assert issue in (chat.known.issue, *chat.known.solved) and "misunderstood" not in said
