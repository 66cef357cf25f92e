"""A word that is a fact stays with what is before them; another matter is gone back to in so many words."""

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    ("first", "beside", "back", "issue"),
    [
        (
            "booking failed twice",
            "also my password is about to expire where do i change it",
            "ok thanks. back to the booking, its still failing",
            "appointment.booking_failed",
        ),
        (
            "cant log in",
            "also i need a refund for last week",
            "back to the login, still not working",
            "account.cant_log_in",
        ),
    ],
)
def test_going_back_in_so_many_words_takes_it_up_again(
    chat: Chat, first: str, beside: str, back: str, issue: str
) -> None:
    chat.says(first)
    chat.says(beside)
    assert chat.known.issue != issue
    chat.says(back)
    assert chat.known.issue == issue and chat.known.state == "answering"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("check in button doesnt work", "firefox"),
        ("check in button doesnt work", "android"),
        ("appointment moved itself from tue to thu, i didnt do that", "checked tz its fine"),
    ],
)
def test_a_thing_or_what_was_checked_chooses_nothing(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    choices = chat.known.choices
    chat.says(words)
    assert (chat.known.state, chat.known.choices) == ("choosing", choices)


@pytest.mark.parametrize(
    ("told", "words"), [("page wont load", "did it, now it says error 502"), ("booking failed twice", "chrome")]
)
def test_what_came_of_a_step_and_a_thing_leave_the_issue_as_it_is(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    issue = chat.known.issue
    chat.says(words)
    assert chat.known.issue == issue


def test_who_was_asked_how_it_went_and_only_thanks_is_offered_a_person(chat: Chat) -> None:
    chat.says("page wont load")
    chat.goes_on(unclear=1)
    assert "take your time" not in chat.says("ok thank you love")
    assert "person" in [button.value for button in chat.known.buttons] or chat.known.state == "gathering"
