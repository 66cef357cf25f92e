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
