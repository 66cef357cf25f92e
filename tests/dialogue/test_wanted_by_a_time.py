"""`Please fix it today` is no day of a visit and no news that it works; a wish for a person beside an answer is heard with it."""

from dataclasses import replace

import pytest

from handoff.facts import CANNOT_WAIT
from tests.dialogue.chat import Chat

WISHES = ["please fix it today", "i need this fixed asap", "I want it fixed now", "it has to be solved by tomorrow"]


@pytest.mark.parametrize("words", WISHES)
def test_to_a_question_it_is_noted_as_urgent_and_the_question_stays(chat: Chat, words: str) -> None:
    chat.says("I was charged twice for my visit")
    chat.says(words)
    assert chat.known.asking == "appointment_date" and chat.known.gathered == ()
    assert CANNOT_WAIT in chat.known.signals


@pytest.mark.parametrize("words", WISHES)
def test_to_a_step_it_is_no_success_and_people_can_take_it(chat: Chat, words: str) -> None:
    chat.says("the page will not load at all")
    said = chat.says(words)
    assert chat.known.state in ("answering", "gathering") and chat.known.solved == ()
    assert "person" in said


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "arréglenlo ya por favor"),
        ("de", "ich brauche das bis morgen"),
        ("tr", "yarına kadar lazım"),
        ("en", WISHES[0]),
    ],
)
def test_while_a_request_waits_it_is_marked(chat: Chat, language: str, words: str) -> None:
    chat.says("I was charged twice for my visit")
    while chat.known.asking:
        chat.presses("Skip")
    chat.opens()
    chat.known = replace(chat.known, language=language)
    chat.says(words)
    assert CANNOT_WAIT in chat.last.new_signals


@pytest.mark.parametrize(
    ("words", "day"), [("today at 4", "today at 4"), ("last tuesday", "last tuesday"), ("it was on monday", "monday")]
)
def test_a_day_that_is_told_is_an_answer(chat: Chat, words: str, day: str) -> None:
    chat.says("I was charged twice for my visit")
    chat.says(words)
    assert day in chat.known.gathered[0].value and CANNOT_WAIT not in chat.known.signals


@pytest.mark.parametrize("words", ["it was fixed today", "now it works"])
def test_news_that_it_works_are_no_hurry(chat: Chat, words: str) -> None:
    chat.says("the page will not load at all")
    chat.says(words)
    assert CANNOT_WAIT not in chat.known.signals


@pytest.mark.parametrize("words", ["Chrome. Can I talk to a human?", "Chrome. could somebody call me please?"])
def test_a_wish_for_a_person_beside_an_answer_is_no_question_for_people(chat: Chat, words: str) -> None:
    chat.says("the page will not load at all")
    chat.says("please get me a person")
    said = chat.says(words)
    assert "I can't answer that from here" not in said
    assert chat.last.request is not None and ("browser", "Chrome") in [
        (d.id, d.value) for d in chat.last.request.details
    ]
