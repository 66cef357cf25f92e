"""What a doctor, or somebody beside, tells of a wrong medicine of somebody else: people at once, and as danger where it was taken."""

from dataclasses import replace

import pytest

from tests.dialogue.chat import Chat


@pytest.fixture
def doctor(chat: Chat) -> Chat:
    return Chat(chat.mind, user=replace(chat.user, role="doctor"))


@pytest.mark.parametrize(
    "words",
    [
        "i prescribed amoxicillin to a patient with a penicillin allergy by mistake, how do i cancel it",
        "sent amoxicillin 500 tid to the wrong pt, need it pulled back",
        "i sent a prescription to the wrong patient",
        "prescribed ibuprofen, patient is allergic to it",
    ],
)
def test_a_wrong_medicine_told_by_its_doctor_is_with_people_at_once(doctor: Chat, words: str) -> None:
    said = doctor.says(words)
    made = doctor.last.request
    assert made is not None and made.issue == "prescription.wrong_information"
    assert "have the patient told not to take it" in said and "critical_workflow_blocked" in made.signals
    assert "Which doctor wrote" not in said and "Which part looks wrong" not in said


def test_a_wrong_patient_is_a_matter_of_privacy_too(doctor: Chat) -> None:
    doctor.says("i sent a prescription to the wrong patient")
    made = doctor.last.request
    assert made is not None and "Privacy concern or request" in made.also


@pytest.mark.parametrize(
    "words",
    [
        "pt took the wrong script i sent, how do i correct it",
        "wrote penicillin for an allergic pt, she may have taken it, cancel button missing",
        "ordered 40 mg instead of 4 for a patient and he has already taken two",
    ],
)
def test_what_a_patient_may_have_taken_is_an_emergency_where_they_are(doctor: Chat, words: str) -> None:
    said = doctor.says(words)
    made = doctor.last.request
    assert made is not None and made.issue == "safety.emergency" and "911" in said
    assert "have 911 called to where they are" in said.replace("**", "")


@pytest.mark.parametrize(
    "words",
    [
        "my prescription says 50 mg but the doctor said 5, my mother may have taken it",
        "mein Arzt hat 50 statt 5 mg eingetragen, habe eine genommen",
        "i need the invoice for june, my daughter drank some of the cough syrup while i was typing this",
    ],
)
def test_a_bystander_who_tells_that_it_was_taken_is_asked_nothing_more(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is not None and chat.last.request.issue == "safety.emergency"


def test_an_allergy_told_later_is_asked_about_and_nothing_is_offered_to_be_closed(doctor: Chat) -> None:
    doctor.says("sent amoxicillin 500 tid to the wrong pt, need it pulled back")
    doctor.says("skip")
    doctor.opens()
    assert "Shall I close" not in doctor.says("yes walgreens. they're holding it")
    doctor.says("is it still visible to her? she has a penicillin allergy")
    assert doctor.known.state == "checking"


@pytest.mark.parametrize(
    "words", ["how do i add a patient's allergy to a prescription", "where do i see what my patient has taken before"]
)
def test_an_ordinary_question_of_a_doctor_stays_one(doctor: Chat, words: str) -> None:
    doctor.says(words)
    assert doctor.last.request is None and doctor.known.state != "checking"
