"""Whose matter it is: a patient is never answered with, or offered, what only doctors and clinic staff have."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from tests.dialogue.chat import Chat
from tests.makers import MARIA

OF_THE_CLINIC = "doctor."
AS_A_PATIENT = [
    "how do I get my prescription to the pharmacy",
    "how do I send the script to walgreens",
    "how do I renew my prescription",
    "put me on the waiting list",
    "how many people are before me in the waiting list",
]


@pytest.mark.parametrize("words", AS_A_PATIENT)
def test_a_patient_is_never_answered_with_what_a_doctor_does(chat: Chat, words: str) -> None:
    chat.says(words)
    assert not (chat.known.issue or "").startswith(OF_THE_CLINIC)
    assert not [button for button in chat.known.buttons if OF_THE_CLINIC in button.value]


@pytest.mark.parametrize("words", AS_A_PATIENT)
def test_nor_is_it_offered_later_on(chat: Chat, words: str) -> None:
    for said in (words, "none of these", "that is not it either"):
        chat.says(said)
        assert not [button for button in chat.known.buttons if OF_THE_CLINIC in button.value]


@pytest.mark.parametrize("role", ["doctor", "staff"])
def test_those_who_work_at_a_clinic_get_it(mind: Mind, role: str) -> None:
    chat = Chat(mind, replace(MARIA, role=role))
    chat.says("put somebody on the waiting list")
    assert chat.known.issue == "doctor.queue_management"


@pytest.mark.parametrize(
    ("words", "issue"),
    [
        ("how do I write a prescription for my patient", "doctor.create_prescription"),
        ("need to change my tuesday hours, 9-13 instead of 8-12, from next week", "doctor.manage_schedule"),
    ],
)
def test_whose_words_are_a_doctors_is_no_patient_whatever_they_signed_in_as(chat: Chat, words: str, issue: str) -> None:
    chat.says(words)
    assert chat.known.issue == issue


def test_staff_who_speak_for_a_patient_get_the_patients_row(mind: Mind) -> None:
    chat = Chat(mind, replace(MARIA, role="staff"))
    chat.says("my patient can't see any free times with dr lee")
    assert chat.known.issue == "appointment.no_slots"
