"""Who does not hear, and who writes for somebody else, is understood."""

from pathlib import Path

import pytest

from tests.dialogue.chat import Chat

INTENTS = Path(__file__).parents[2] / "intents"


@pytest.mark.parametrize(
    "words",
    [
        "I'm deaf, I can't use the phone, my interpreter can't join the video visit",
        "No sound in the visit, I am deaf so I need captions",
    ],
)
def test_who_does_not_hear_gets_people_who_write_and_no_step_by_ear(chat: Chat, words: str) -> None:
    said = chat.says(words)

    assert "in writing" in said and chat.known.issue == "appointment.join_video" and chat.known.step is None
    assert "call your clinic" not in said and "sound up" not in said


def test_who_says_it_within_the_steps_gets_people_too(chat: Chat) -> None:
    chat.says("i can't join my video visit")

    assert "in writing" in chat.says("i am deaf") and chat.known.state == "gathering"


def test_every_text_that_says_call_your_clinic_has_a_way_without_a_phone() -> None:
    for file in sorted(INTENTS.glob("*.yml")):
        for part in file.read_text("utf-8").split("\n  - "):
            if "call your clinic" in part or "call the clinic:" in part:
                assert "don't use the phone" in part or "call or write" in part, file.name


def test_a_hearing_problem_in_a_visit_is_no_danger(chat: Chat) -> None:
    said = chat.says(
        "my dad can't hear the doctor, he is 91, i'm not with him, he calls me on the landline and i type for him here"
    )

    assert chat.known.issue == "appointment.join_video" and "danger" not in said


def test_danger_beside_a_hearing_problem_is_still_heard(chat: Chat) -> None:
    assert "911" in chat.says("my dad can't hear the doctor and now he has chest pain and can't breathe")


def test_what_somebody_does_not_know_is_explained_and_the_step_stays(chat: Chat) -> None:
    chat.says("my grandmother can't hear anything in the video visit")
    step = chat.known.step
    said = chat.says("he doesn't know what a browser is")

    assert "open websites" in said and chat.known.step == step and not chat.known.tried
