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


@pytest.mark.parametrize(
    "words",
    [
        "c'est maintenant, j'arrive pas à entrer dans la visio",
        "me atrasé con el pago, no puedo entrar a la videollamada que es ya mismo",
        "wizyta jest teraz a nie moge wejsc do wideo",
        "meri appointment abhi hai video call nahi khul rahi",
        "mein termin ist jetzt und ich komme nicht in den videoraum",
    ],
)
def test_a_visit_that_is_now_is_so_in_every_language(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is not None and "visit_soon" in chat.last.request.signals


def test_a_visit_in_minutes_told_later_in_another_language_marks_the_request(chat: Chat) -> None:
    chat.says("mein Bild fehlt in der Videosprechstunde")
    chat.opens()
    chat.says("za 5 minut mam wizyte")
    assert "visit_soon" in chat.last.new_signals


@pytest.mark.parametrize(
    "words", ["ahora no me deja entrar a la videollamada", "la videollamada es mañana y no sé cómo entrar"]
)
def test_now_is_not_told_of_a_visit_by_what_only_fails_now(chat: Chat, words: str) -> None:
    chat.says(words)
    made = chat.last.request
    assert made is not None and made.issue == "appointment.join_video" and "visit_soon" not in made.signals
