"""A request's one line is the matter as it was told first, and no word on what came of a step."""

import pytest

from tests.dialogue.chat import Chat


def summary(chat: Chat) -> str:
    """The line of the request, every question passed over."""
    for _ in range(6):
        if chat.last.request is not None:
            return chat.last.request.summary
        chat.presses("Skip")
    raise AssertionError("no request")


@pytest.mark.parametrize(
    "turns",
    [
        ("the link to confirm my email address never came", "checked junk too, nothing there", "still nothing at all"),
        ("i forgot my password and get no reset mail", "the spam folder is empty too", "no, still no mail from you"),
    ],
)
def test_what_came_of_a_step_is_no_summary(chat: Chat, turns: tuple[str, ...]) -> None:
    for words in turns:
        chat.says(words)
    assert summary(chat) == turns[0]


def test_the_first_words_stay_when_a_button_leads_to_another_issue(chat: Chat) -> None:
    chat.says("how do I create an account for the family practice portal")
    chat.presses("The confirmation didn't come")
    chat.says("checked junk too, nothing there")
    chat.says("still nothing. i used my work email")
    assert summary(chat) == "how do I create an account for the family practice portal"


@pytest.mark.parametrize(
    ("first", "issue"),
    [
        ("Hi team, kindly help me to prepone my appointment from 14th to 11th", "appointment.cant_reschedule"),
        ("cvs says they never got my rx from dr brown. 3 days now", "escalate.unknown_issue"),
    ],
)
def test_a_line_of_which_much_is_hidden_stands_behind_the_title(chat: Chat, first: str, issue: str) -> None:
    chat.goes_on(words=(first,), so_far=(first,))
    chat.is_asked(issue, "")
    chat.says("no more questions please")
    line = summary(chat)
    assert "[…]" in line and not line.startswith(("[…]", "Hi team")) and ": " in line


def test_of_lines_that_tell_as_much_the_one_with_less_hidden_is_taken(chat: Chat) -> None:
    told = (
        "Dr Quimbleworth Zarnow visit at 9 booking failed",
        "my booking of a visit with a new doctor stops after the payment page",
    )
    chat.goes_on(words=told, so_far=told)
    chat.is_asked("appointment.booking_failed", "")
    chat.says("no more questions please")
    assert "[…]" not in summary(chat)
