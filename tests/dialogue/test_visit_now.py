"""A visit that runs now reaches people at once, a stated deadline marks the request, and whether it is in time is told honestly."""

from dataclasses import replace

import pytest

from tests.dialogue.chat import Chat

SOON, MARK = "visit_soon", "urgent"


@pytest.mark.parametrize("words", ["it's happening NOW", "the visit is right now", "it started 5 minutes ago", "now"])
def test_a_visit_that_runs_now_leaves_the_step_for_people(chat: Chat, words: str) -> None:
    chat.says("my video visit says camera blocked")
    chat.says("no, still blocked")
    chat.says(words)
    made = chat.last.request
    assert made is not None and SOON in made.signals


@pytest.mark.parametrize("words", ["my visit is on friday", "it starts tomorrow", "it started yesterday"])
def test_a_visit_on_another_day_calls_nobody(chat: Chat, words: str) -> None:
    chat.says("my video visit says camera blocked")
    chat.says(words)
    assert chat.last.request is None


@pytest.mark.parametrize(
    "words",
    ["video visit is on now and no sound", "the visit began 4 minutes ago and the doctor can't hear me"],
)
def test_no_sound_in_a_running_visit_gets_the_sound_step_and_another_way(chat: Chat, words: str) -> None:
    assert "call your clinic" in chat.says(words) and chat.known.step == "allow_camera"


def test_now_is_the_answer_to_when_the_visit_is(chat: Chat) -> None:
    for words in ("I can't join my video visit", "No", "No", "No"):
        chat.says(words)
    chat.opens()
    chat.goes_on(state="gathering", asking="appointment_date")
    said = chat.says("now. it's NOW")
    assert "1-800-SMARTMED" in said and "close" not in said
    assert ("appointment_date", "now") in {(one.id, one.value) for one in chat.known.gathered}


@pytest.fixture
def waits(chat: Chat) -> Chat:
    """A request of Maria's is with people, and nothing is asked."""
    chat.says("I was charged twice for my visit")
    chat.says("enough questions")
    chat.opens()
    return chat


@pytest.mark.parametrize(
    ("words", "raised"),
    [
        ("it's 20 minutes to the visit and nobody rang", SOON),
        ("الموعد بدأ الآن والطبيب ينتظر", SOON),
        ("i have surgery on wednesday", MARK),
        ("i need it by 5 today", MARK),
        ("لا أستطيع الانتظار", MARK),
    ],
)
def test_what_cannot_wait_marks_or_raises_the_request(waits: Chat, words: str, raised: str) -> None:
    said = waits.says(words)
    assert raised in waits.last.new_signals and "1-800-SMARTMED" in said


@pytest.mark.parametrize("words", ["will somebody be in time?", "visit at 6, will somebody be in time?"])
def test_whether_it_is_in_time_is_told_with_the_due_time_and_the_phone(waits: Chat, words: str) -> None:
    assert waits.request is not None
    waits.request = replace(waits.request, due="Mon, Nov 30, 6:21 PM EST")
    said = waits.says(words)
    assert "6:21 PM" in said and "1-800-SMARTMED" in said


def test_a_deadline_told_amid_the_steps_is_on_the_request(chat: Chat) -> None:
    chat.says("pdf of my prescription wont open on my ipad")
    chat.says("it's for the pharmacy, i need it by 5 today")
    assert MARK in chat.known.signals
