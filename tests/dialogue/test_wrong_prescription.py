"""A wrong prescription: its doctor settles it, a pharmacy that has it makes it urgent, a doctor's own is with people at once."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from handoff.triage import triage
from tests.dialogue.chat import Chat
from tests.makers import MARIA

WRONG_NAME = "The name on my prescription is wrong"


@pytest.fixture
def doctor(mind: Mind) -> Chat:
    return Chat(mind, replace(MARIA, role="doctor"))


def priority(chat: Chat) -> str:
    """Of the request that was opened with the last words."""
    assert chat.last.request is not None
    return triage(chat.mind.assistant.script.policy, chat.last.request).priority


@pytest.mark.parametrize("words", ["the pharmacy has it", "it's at the pharmacy already", "the chemist has filled it"])
def test_a_wrong_prescription_at_a_pharmacy_is_more_urgent_and_not_solved(chat: Chat, words: str) -> None:
    chat.says(WRONG_NAME)
    said = chat.says(words)
    assert "ask them not to hand it out" in said and priority(chat) == "high"
    assert chat.last.request is not None
    assert ("pharmacy", "Yes") in [(one.id, one.value) for one in chat.last.request.details]


@pytest.mark.parametrize(
    "words",
    [
        "spoke to him, he'll write a new one",
        "yes",
        "they are correcting it now",
        "it's at the pharmacy, they hold it, and the doctor has promised to put it right",
    ],
)
def test_what_its_doctor_does_settles_a_wrong_prescription(chat: Chat, words: str) -> None:
    chat.says(WRONG_NAME)
    chat.says(words)
    assert chat.known.state == "solved"


@pytest.mark.parametrize("words", ["the pharmacy never received it", "does the pharmacy have it?"])
def test_that_a_pharmacy_has_it_is_not_heard_where_it_is_denied_or_asked(chat: Chat, words: str) -> None:
    chat.says(WRONG_NAME)
    assert "ask them not to hand it out" not in chat.says(words)


@pytest.mark.parametrize(
    "words",
    [
        "I sent a wrong prescription to the wrong patient. Need it revoked NOW",
        "Double dose on a prescription that I issued, 2x1000 instead of 2x500",
    ],
)
def test_a_doctors_own_wrong_prescription_is_with_people_at_once_and_how_to_cancel_it_is_told(
    doctor: Chat, words: str
) -> None:
    said = doctor.says(words)
    assert priority(doctor) == "high" and "so carefully" not in said and "Which part" not in said
    doctor.opens()
    assert "cancel it there if that is still possible" in doctor.says("how to revoke it")


def test_that_it_was_not_taken_and_a_question_after_it_raise_no_alarm(chat: Chat) -> None:
    for words in ("The prescription has the wrong name on it", "I haven't taken it", "am i going to get mine today?"):
        chat.says(words)
    assert chat.known.state == "answering" and chat.last.request is None


@pytest.mark.parametrize(
    "words",
    [
        "reçetemde yanlış doz yazıyor 5 yerine 50",
        "dozu yanlış yazmışlar 10 yerine 100, reçetemde",
        "Auf meinem Rezept steht das falsche Medikament, Metformin statt Metoprolol",
        "en mi receta dice amoxicilina y yo soy alergico, el doctor lo sabe",
        "c'è la dose sbagliata sulla mia ricetta",
        "la dose est fausse sur mon ordonnance",
        "处方上的剂量写错了",
    ],
)
def test_a_wrong_medicine_or_dose_is_urgent_in_every_language(chat: Chat, words: str) -> None:
    chat.says(words)
    assert priority(chat) == "high"


@pytest.mark.parametrize(
    "words",
    [
        "mi nombre está mal escrito en la receta",
        "auf dem Rezept steht ein falscher Nachname",
        "la date sur l'ordonnance est fausse",
        "il mio cognome è sbagliato sulla ricetta",
    ],
)
def test_what_stands_beside_the_medicine_is_not(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is None or priority(chat) != "high"
