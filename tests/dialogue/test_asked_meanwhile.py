"""A question of the user's, asked in the place of an answer to ours, is met first; ours stays."""

import pytest

from tests.dialogue.chat import Chat

WHY = "It helps the person who takes over"
DUE = "by soon at the latest"


@pytest.mark.parametrize("words", ["how long will it take", "thanks, how long", "how long does that normally take?"])
def test_how_long_it_takes_is_told_where_people_have_it(chat: Chat, words: str) -> None:
    chat.says("my account is locked")
    asked = chat.known.asking
    chat.opens()
    chat.goes_on(state="gathering", asking=asked)
    said = chat.says(words)
    assert DUE in said and WHY not in said and chat.known.asking == asked


@pytest.mark.parametrize(
    "words",
    [
        "how long will it take",
        "how long does that normally take",
        "what happens after i send this",
        "who is going to look at this",
    ],
)
def test_before_people_have_it_it_is_said_when_it_will_be_told(chat: Chat, words: str) -> None:
    chat.says("i was charged twice")
    asked = chat.known.asking
    said = chat.says(words)
    assert "by when a person answers" in said and WHY not in said and chat.known.asking == asked


def test_a_mark_tells_the_time_too_where_it_was_asked(chat: Chat) -> None:
    chat.says("My account is locked, it says too many attempts")
    chat.opens()
    said = chat.says("how long will it take? i have a visit at 5")
    assert "can't wait" in said and "by soon" in said


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("is smartmed hipaa compliant? our manager asks", "do you have a pdf of that"),
        (
            "card declined when i try to pay but theres money on it",
            "its for tomorrows visit, will i lose it if i cant pay?",
        ),
    ],
)
def test_a_question_for_people_is_kept_for_them(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    asked = chat.known.asking
    said = chat.says(words)
    assert "I'll pass your question on as well" in said and chat.known.asking == asked


@pytest.mark.parametrize("words", ["why do you need that", "what do you need that for?"])
def test_a_question_about_ours_is_still_told_why(chat: Chat, words: str) -> None:
    chat.says("i was charged twice")
    assert WHY in chat.says(words)


def test_a_month_answers_when_it_was_last_seen(chat: Chat) -> None:
    chat.says("my visit notes from 2024 are gone")
    chat.says("i looked everywhere, they were there in october")
    assert {one.id: one.value for one in chat.known.gathered}.get("last_seen", "").endswith("in october")


def test_how_long_a_step_takes_names_what_is_waited_for(chat: Chat) -> None:
    chat.says("i cant log in")
    assert "A message from us can take a few minutes" in chat.says("how long will it take")


def test_a_day_that_would_suit_is_an_answer_and_no_success(chat: Chat) -> None:
    for words in (
        "booked the wrong day, my visit is on tuesday at 10, need to move it",
        "i dont see reschedule anywhere",
    ):
        chat.says(words)
    chat.says("they cant move it, the phone is busy all the time")
    assert chat.known.asking == "new_time"
    assert "works now" not in chat.says("friday after 2 would be ok too")


def test_waiting_for_host_is_explained_and_not_waited_for(chat: Chat) -> None:
    chat.says("cant join my video visit")
    assert "The host is the doctor" in chat.says("waiting for host")


def test_what_the_screen_says_answers_what_it_says(chat: Chat) -> None:
    for words in ("the email to reset my password doesnt come", "nothing in spam either"):
        chat.says(words)
    assert chat.known.asking == "reset_message"
    told = "it says if the adress is known you will get a mail but i never get it"
    chat.says(told)
    assert chat.last.request is not None and told in {one.value for one in chat.last.request.details}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("my lab results from last year have disappeared", "can u tell my doctor about this"),
        ("i was charged twice", "am i in trouble for that"),
        ("i see another patient in my account", "i took a screenshot should i send it"),
    ],
)
def test_a_question_that_is_not_about_ours_is_never_told_why_we_ask(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    if chat.last.request is not None:
        asked = chat.known.asking
        chat.opens()
        chat.goes_on(state="gathering", asking=asked)
    said = chat.says(words)
    assert "I don't want to guess" in said and WHY not in said


def test_what_comes_next_is_told_and_is_no_day(chat: Chat) -> None:
    chat.is_asked("billing.question", "appointment_date")
    said = chat.says("ok whats gonna happen now")
    assert "by when a person answers" in said and not chat.known.gathered


@pytest.mark.parametrize(
    ("issue", "question", "words", "answer", "met"),
    [
        (
            "billing.question",
            "appointment_date",
            "About ten minutes ago. Do you have a pdf of that?",
            "About ten minutes ago",
            "want to guess",
        ),
        (
            "technical.mobile_app",
            "device",
            "android, s21. when will that be fixed?",
            "android, s21",
            "by when a person",
        ),
        ("appointment.no_slots", "doctor_name", "Dr Lee, would she see my son too?", "Lee", "want to guess"),
    ],
)
def test_a_question_behind_an_answer_is_met_and_the_answer_is_kept(
    chat: Chat, issue: str, question: str, words: str, answer: str, met: str
) -> None:
    chat.is_asked(issue, question)
    said = chat.says(words)
    told = {one.id: one.value for one in chat.known.gathered}.get(question, "")
    assert told == answer and met in said


def test_whether_it_is_you_or_a_human_is_asked_and_no_wish(chat: Chat) -> None:
    chat.says("i was charged twice")
    assert "not a person" in chat.says("is it you or a human who handles it") and chat.known.state == "gathering"
