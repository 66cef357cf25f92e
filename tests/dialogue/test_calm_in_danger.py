"""Around danger: what is made light of stands, what is calm is kept for people or looked at, and what only sounds so is none."""

from dataclasses import replace

import pytest

from tests.dialogue.chat import Chat


@pytest.mark.parametrize(
    "words", ["it's only nerves, I'm sure. could you just book the visit", "probably just heartburn"]
)
def test_symptoms_that_are_made_light_of_stand(chat: Chat, words: str) -> None:
    chat.says("tightness in my chest and my left arm is going numb")
    chat.opens()
    said = chat.says(words)
    assert "911" in said and "If anything changes" not in said
    assert "on your request #1001" in said and chat.last.for_ticket


@pytest.mark.parametrize(
    "words", ["¿y la cita del jueves, la tengo que cancelar?", "¿Y la cita de mañana, la cancelo?"]
)
def test_a_calm_question_in_another_language_is_for_people_and_no_second_wall(chat: Chat, words: str) -> None:
    chat.says("mi padre no respira bien y le duele el pecho")
    chat.opens()
    chat.says("ya llamé, viene la ambulancia")
    said = chat.says(words)
    assert "solicitud #1001" in said and "Si no puede llamar" not in said
    assert chat.last.for_ticket


def test_who_is_low_hears_988_once_and_is_then_helped_to_find_the_visit(chat: Chat) -> None:
    said = chat.says("there's no point to anything anymore, honestly, not just this app")
    assert "988" in said and "You don't have to carry this alone" in said
    said = chat.says("no. only worn out. i can't find my visit with the therapist")
    assert "988" not in said and "My appointments" in said


def test_a_no_with_despair_in_it_is_none(chat: Chat) -> None:
    chat.says("there's no point to anything anymore")
    chat.says("no, I can't go on like this")
    assert chat.known.issue == "safety.emergency"


@pytest.mark.parametrize(
    "words",
    [
        "i overdosed on soap operas in your queue, can the time of my visit be changed",
        "she's hanging on the line, my patient can't see any times",
    ],
)
def test_a_figure_of_speech_is_not_asked_about(chat: Chat, words: str) -> None:
    assert "danger" not in chat.says(words)
    assert chat.known.state != "checking"


def _asked(chat: Chat) -> None:
    chat.known = replace(chat.known, state="checking", checked=2, turn=2, words=("she is next and not well",))


@pytest.mark.parametrize(
    "words",
    ["ah. ok she's after Mr Pell now. ta", "the queue moved, he is second now", "it was the wrong column, sorry"],
)
def test_a_plain_sentence_about_the_matter_declares_no_emergency(chat: Chat, words: str) -> None:
    _asked(chat)
    chat.says(words)
    assert chat.known.state != "checking" and chat.known.issue != "safety.emergency"


@pytest.mark.parametrize("words", ["do I ring 999 or can you do it?", "does it count if it's yourself"])
def test_a_question_back_is_no_plain_sentence(chat: Chat, words: str) -> None:
    _asked(chat)
    chat.says(words)
    assert chat.known.issue == "safety.emergency"
