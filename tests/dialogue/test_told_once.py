"""What was told is not asked again, lands where it belongs, and what comes in pieces is waited for."""

import pytest

from bot.mind import Mind
from bot.understanding.details import day_told
from tests.dialogue.chat import Chat

SORRY_ANEW = "I first understood you differently"


def details(chat: Chat) -> dict[str, str]:
    """What is known for the request, by id."""
    made = chat.last.request.details if chat.last.request is not None else ()
    return {detail.id: detail.value for detail in (*chat.known.gathered, *made)}


def test_what_the_screen_said_about_a_lock_is_not_asked_again(chat: Chat) -> None:
    said = chat.says("i typed the wrong password too many times and now it says try again in 24 hours")

    assert "What does the screen say" not in said
    assert details(chat)["lock_message"] == "try again in 24 hours"


def test_who_named_the_version_of_the_app_is_not_asked_what_they_open_it_with(chat: Chat) -> None:
    chat.says("I'm using the app version 2.7 and this morning I couldn't open it, it said error 403")
    asked = [chat.says("skip") for _ in range(3) if chat.known.state == "gathering"]

    assert not any("What do you open SmartMed with" in one for one in asked)


def test_the_page_that_was_told_with_the_error_is_not_asked_for(chat: Chat) -> None:
    said = chat.says("I'm using the app version 2.7, I couldn't open the visit summary of Dr Lee, it said error 403")

    assert "On which page" not in said and details(chat)["page_or_feature"] == "visit summary"


def test_the_name_of_a_page_is_no_answer_to_what_happens_and_the_fault_is(chat: Chat) -> None:
    chat.says("I have no sound in my video visit")
    chat.says("Talk to a person")

    assert details(chat)["page_or_feature"] == "No sound"


def test_who_says_how_to_be_called_and_what_it_is_about_is_asked_neither(chat: Chat) -> None:
    chat.says("please call me at 212-555-0187, my login does not work")

    assert details(chat) | {"description": "my login does not work", "answer_by": "By phone"} == details(chat)
    assert "212-555-0187" in details(chat).values()


def test_a_day_told_to_another_question_fills_the_day_and_is_not_asked_for_again(chat: Chat) -> None:
    chat.says("i cant get into the visit the doctor is waiting")
    chat.presses("No, and it starts now")
    again = chat.says("today at 3")

    assert details(chat)["appointment_date"] == "today at 3" and "What happens when you join?" not in again
    asked = [chat.says("skip") for _ in range(4) if chat.known.state == "gathering"]
    assert not any("On which day" in one for one in asked)
    assert details(chat)["page_or_feature"] != "today at 3"


def test_the_day_of_a_visit_is_no_answer_to_since_when(chat: Chat) -> None:
    chat.says("i typed the wrong password too many times and now it says try again in 24 hours")
    chat.says("but i have a visit at 9 tomorrow morning")

    assert "visit" not in details(chat).get("when_started", "")


def test_no_question_stands_there_twice_word_for_word(mind: Mind) -> None:
    chat = Chat(mind)
    chat.says("the app crashes")
    asked = chat.says("Talk to a person").split("\n\n")[-1]
    again = chat.says("i told you it crashed again")

    assert "Which phone or tablet" in asked and asked not in again


def test_a_pharmacy_is_not_asked_for_the_day_of_a_visit(chat: Chat) -> None:
    assert "If it is about a visit" not in chat.says("my prescription never got to the pharmacy")


@pytest.mark.parametrize("text", ["today at 3", "tomorrow 9am", "on monday", "march 3", "it's tomorrow at 10:30"])
def test_a_bare_day_is_heard_as_a_day(text: str) -> None:
    assert day_told(text) is not None


@pytest.mark.parametrize("text", ["iphone", "today it works", "since monday it crashes", "safari"])
def test_what_tells_more_than_a_day_is_no_bare_day(text: str) -> None:
    assert day_told(text) is None


def test_what_comes_in_pieces_is_waited_for_and_frightens_nobody(chat: Chat) -> None:
    told = [chat.says(piece) for piece in ("my dr", "he sent me", "a prescription", "but the pharmacy says")]
    last = chat.says("they got nothing")

    assert not any("do not take it" in one or SORRY_ANEW in one for one in (*told, last))
    assert chat.known.issue == "escalate.unknown_issue" and chat.last.request is not None
    assert "they got nothing" in chat.last.request.summary


def test_an_apology_for_a_mistake_is_made_once(chat: Chat) -> None:
    pieces = (
        "my dr sent it",
        "a prescription i think",
        "the dose looks off",
        "no the pharmacy got nothing",
        "nothing at all",
    )
    told = [chat.says(piece) for piece in pieces]

    assert sum(SORRY_ANEW in one for one in told) <= 1


def test_a_wish_to_close_an_account_does_not_close_the_request(chat: Chat) -> None:
    chat.says("my wife died. how do i close her account")
    chat.opens()
    said = chat.says("i need to close her account")

    assert not chat.last.withdrawn and "added that to your request" in said
