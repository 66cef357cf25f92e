"""A dose that is wrong: its doctor gets people at once, a child's is High where the doctor cannot be reached, nothing told is asked."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from handoff.triage import triage
from tests.dialogue.chat import Chat
from tests.makers import MARIA

WROTE = "I wrote 40 mg of lisinopril for a patient this morning and meant 4. How do I correct it"
FOR_A_CHILD = "my son is 3 and the bottle says 10ml, the doctor told us 1ml. we have not given any"


@pytest.fixture
def doctor(mind: Mind) -> Chat:
    return Chat(mind, replace(MARIA, role="doctor"))


def priority(chat: Chat) -> str:
    """Of the request that was opened with the last words."""
    request = chat.last.request
    assert request is not None and request.issue == "prescription.wrong_information"
    return triage(chat.mind.assistant.script.policy, request).priority


@pytest.mark.parametrize("words", [WROTE, "I prescribed 30 ml for a child and meant 3, it has gone out already"])
def test_a_doctor_who_wrote_a_wrong_dose_gets_people_at_once(doctor: Chat, words: str) -> None:
    said = doctor.says(words)
    assert priority(doctor) == "high"
    assert "your doctor" not in said and "Which doctor wrote" not in said


def test_so_does_who_says_later_that_it_is_theirs(doctor: Chat) -> None:
    doctor.says("the dose on a prescription of my patient is wrong")
    doctor.says("I'm the doctor who wrote it")
    assert priority(doctor) == "high"


@pytest.mark.parametrize(
    "words",
    [
        "the new one is out, but I can't reach her and the pharmacy says she collected it at 11",
        "the patient HAS it and may take it tonight, I need one of you to get hold of her",
    ],
)
def test_what_they_tell_then_is_for_people_and_nothing_is_guessed(doctor: Chat, words: str) -> None:
    doctor.says(WROTE)
    doctor.opens()
    said = doctor.says(words)
    assert doctor.known.ticket == 1001 and doctor.known.state == "with_support"
    assert "works now" not in said and "danger right now" not in said


def test_a_childs_dose_is_high_where_the_doctor_cannot_be_reached(chat: Chat) -> None:
    chat.says(FOR_A_CHILD)
    said = chat.says("clinic's shut until tomorrow morning")
    assert priority(chat) == "high"
    assert "Which part" not in said


def test_whether_another_may_be_given_is_for_doctor_or_pharmacist(chat: Chat) -> None:
    chat.says(FOR_A_CHILD)
    chat.says("clinic's shut until tomorrow morning")
    assert "contact your doctor or pharmacist" in chat.says("can we use the bottle from last month")


def test_a_fever_told_while_they_wait_gets_the_numbers(chat: Chat) -> None:
    chat.says(FOR_A_CHILD)
    chat.says("clinic's shut until tomorrow morning")
    chat.opens()
    assert "911" in chat.says("he has a fever now and nobody is there")


def test_yes_it_has_answers_whether_a_pharmacy_has_it(chat: Chat) -> None:
    for words in ("The dose on my prescription looks wrong", "No, I can't reach the doctor", "Dr. Kay", "yes it has"):
        chat.says(words)
    assert chat.last.request is not None
    assert ("pharmacy", "Yes") in [(one.id, one.value) for one in chat.last.request.details]


@pytest.mark.parametrize(
    "words",
    ["no he hasn't had any, not one. bag's still stapled shut and he's right as rain", "nobody took it, it's sealed"],
)
def test_that_nothing_was_taken_calls_no_alarm(chat: Chat, words: str) -> None:
    chat.says("the prescription in the app says three tablets, the doctor told us one")
    chat.says(words)
    assert chat.known.issue == "prescription.wrong_information"
