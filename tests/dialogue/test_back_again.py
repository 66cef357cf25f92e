"""What was solved or closed is back: its issue again, and nothing that was told is asked again."""

import pytest

from tests.dialogue.chat import Chat

BLANK = "my prescription pdf is blank on my iphone in safari"
BACK = ["it broke again", "no, it's back", "same problem again", "ok but it's broken again"]


@pytest.mark.parametrize("back", BACK)
def test_a_step_that_is_left_follows_when_it_is_back(chat: Chat, back: str) -> None:
    chat.says(BLANK)
    chat.says("it opened, great")
    chat.says("are you a robot?")
    assert "it is back" in chat.says(back)
    assert (chat.known.issue, chat.known.step) == ("prescription.pdf_download", "clear_cache")
    assert BLANK in chat.known.words


@pytest.mark.parametrize("back", BACK)
def test_people_get_all_that_is_known_when_the_steps_were_used(chat: Chat, back: str) -> None:
    chat.says(BLANK)
    chat.presses("No")
    chat.says("it works now")
    chat.says(back)
    assert chat.last.request is not None and chat.last.request.issue == "prescription.pdf_download"
    assert {"iphone", "safari"} <= {detail.value.lower() for detail in chat.last.request.details}
    assert chat.last.request.summary == BLANK and len(chat.last.request.tried) == 2


@pytest.mark.parametrize("back", BACK)
def test_a_closed_request_comes_back_with_what_it_held(chat: Chat, back: str) -> None:
    chat.says(BLANK)
    chat.presses("No")
    chat.presses("No")
    chat.opens()
    chat.says("it works now, close it")
    chat.request = None
    chat.says("yes close it")
    chat.says(back)
    assert chat.last.request is not None and len(chat.last.request.tried) == 2
    assert "iphone" in {detail.value.lower() for detail in chat.last.request.details}


def test_another_issue_after_a_solved_one_is_not_taken_for_its_return(chat: Chat) -> None:
    chat.says(BLANK)
    chat.says("it opened, great")
    chat.says("my login code never comes")
    assert chat.known.issue == "account.mfa_not_working"


def test_what_was_solved_beside_a_request_comes_back_beside_it(chat: Chat) -> None:
    chat.says("i was charged twice")
    while chat.last.request is None:
        chat.presses("Skip")
    chat.opens()
    chat.says("also i forgot my password")
    chat.says("thanks got in")
    chat.says("it's back")
    assert (chat.known.issue, chat.known.beside) == ("account.forgot_password", 1001)


def test_news_of_the_request_itself_is_added_where_nothing_was_solved_beside_it(chat: Chat) -> None:
    chat.says("i was charged twice")
    while chat.last.request is None:
        chat.presses("Skip")
    chat.opens()
    assert "added" in chat.says("it happened again")


def test_what_was_let_be_can_be_taken_up_again(chat: Chat) -> None:
    chat.says(BLANK)
    chat.says("ok forget it")
    chat.says("no wait it still doesn't work")
    assert chat.known.issue == "prescription.pdf_download"


@pytest.mark.parametrize(
    ("first", "ends", "again", "issue"),
    [
        ("my prescription pdf wont open", "its working now", "still blank", "prescription.pdf_download"),
        ("i forgot my password", "in now thanks", "nope it kicked me out", "account.forgot_password"),
    ],
)
def test_few_words_that_say_it_is_not_well_are_of_what_was_solved(
    chat: Chat, first: str, ends: str, again: str, issue: str
) -> None:
    chat.says(first)
    chat.says(ends)
    chat.says(again)
    assert chat.known.issue == issue and chat.known.state != "solved"
