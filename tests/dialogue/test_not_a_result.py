"""Words that lead away from a step, or quote its screen, and words that mean a button in passing: each counts as what it is."""

import pytest

from tests.dialogue.chat import Chat
from tests.dialogue.step_outcomes import outcomes

NO_HURRY, TAKE_TIME = "No hurry at all", "take your time"
NO_MAIL = "please i forget my password, mail for reset not coming, my mail is hotmail"
WRONG_TIME = "the times in the app are all wrong. says my visit is 6pm but the email says 3pm"
GONE = "hi, my dotter account, she is 15, i can not see her visits anymore, before yes"


@pytest.mark.parametrize(
    "words",
    [
        "no entiendo bien inglés, puede en español por favor?",
        "no entiendo, en español",
        "po polsku można? nie ma przycisku zapisz, tylko anuluj",
    ],
)
def test_who_asks_for_another_language_has_tried_nothing(chat: Chat, words: str) -> None:
    chat.says("how do i change my phone number")
    chat.says(words)
    assert outcomes(chat).get("edit", "no_answer") == "no_answer"


def test_that_it_does_not_work_is_still_a_result_in_another_language(chat: Chat) -> None:
    chat.says("how do i change my phone number")
    chat.says("no funciona, sigue igual")
    assert outcomes(chat)["edit"] == "did_not_help"


@pytest.mark.parametrize("words", ["now it tell to many try, wait", "it say too many, wait 30 min"])
def test_a_screen_that_says_wait_asks_nobody_to_wait_for(chat: Chat, words: str) -> None:
    chat.says(NO_MAIL)
    said = chat.says(words)
    assert TAKE_TIME not in said and outcomes(chat)["no_mail"] == "did_not_help"


@pytest.mark.parametrize(
    "words", ["i ask again 3 time. now it tell to many try, wait", "app says please wait then nothing"]
)
def test_what_a_screen_says_answers_the_question(chat: Chat, words: str) -> None:
    chat.says(NO_MAIL)
    chat.says("spam i look, nothing. before one hour i ask it")
    assert NO_HURRY not in chat.says(words)


def test_who_is_still_at_it_is_waited_for(chat: Chat) -> None:
    chat.says(NO_MAIL)
    assert TAKE_TIME in chat.says("ok wait i check")

    chat.says("spam i look, nothing. before one hour i ask it")
    assert NO_HURRY in chat.says("oh wait, there is another tab, let me look there")


@pytest.mark.parametrize(
    "words",
    [
        "nothing of this. she is still in, but her profile is not in my list of family",
        "not this ones. her profile is not in my list",
        "no of these, her profile is missing",
    ],
)
def test_none_of_these_and_what_it_is_opens_nothing_that_was_offered(chat: Chat, words: str) -> None:
    chat.says(GONE)
    offered = chat.known.choices
    assert offered
    chat.says(words)
    assert chat.known.issue not in offered
    assert chat.known.state == "choosing" and chat.known.choices and set(offered).isdisjoint(chat.known.choices)


def test_something_grave_behind_it_is_heard(chat: Chat) -> None:
    chat.says(GONE)
    chat.says("not this ones, a stranger logged into her account")
    assert chat.known.issue == "escalate.security"


@pytest.mark.parametrize(
    "words",
    [
        "it's this afternoon btw, i'm in texas",
        "its at 2 today",
    ],
)
def test_a_button_is_meant_in_passing(chat: Chat, words: str) -> None:
    chat.says(WRONG_TIME)
    chat.says(words)
    assert "visit_soon" in chat.known.signals and chat.known.state == "gathering"


def test_a_button_meant_in_passing_with_all_that_would_be_asked_goes_to_people(chat: Chat) -> None:
    chat.says(WRONG_TIME)
    chat.says("im travelling, in LA now, home is boston. but visit is today lol")
    assert "visit_soon" in chat.known.signals and chat.known.state == "with_support"


@pytest.mark.parametrize("words", ["we're in florida for the winter", "it's on friday at 2"])
def test_a_place_or_another_day_means_no_button(chat: Chat, words: str) -> None:
    chat.says(WRONG_TIME)
    chat.says(words)
    assert "visit_soon" not in chat.known.signals


@pytest.mark.parametrize(
    "words", ["its just her missing", "I'm in the call. camera works fine. only the doctor is missing"]
)
def test_a_doctor_who_does_not_come_is_no_fact_to_be_noted(chat: Chat, words: str) -> None:
    chat.says("i can't get into my video visit")
    said = chat.says(words)
    assert "sorry that you are kept waiting" in said and chat.known.step is None


def test_waiting_for_the_host_for_long_is_told_what_to_do(chat: Chat) -> None:
    said = chat.says("video visit with Dr. Sato at 3pm, page says waiting for host for 25 mins. did she forget me?")
    assert "sorry that you are kept waiting" in said


def test_waiting_for_the_host_alone_is_no_doctor_who_is_late(chat: Chat) -> None:
    chat.says("i can't get into my video visit")
    assert "sorry that you are kept waiting" not in chat.says("it says waiting for host")
