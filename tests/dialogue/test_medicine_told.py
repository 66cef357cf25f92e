"""A medicine that runs out, or was taken twice, is heard at every point of the road; who is in the room raises no alarm."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from tests.dialogue.chat import Chat
from tests.makers import MARIA

DANGER, WHOM = "Is somebody in danger right now?", "call your pharmacy or your doctor today"


@pytest.mark.parametrize(
    "words",
    [
        "prescription list shows the same drug twice, i took both this morning",
        "my prescription is listed double so i had two of them today",
        "her inhaler prescription is shown twice and she used both today",
    ],
)
def test_both_taken_of_what_stands_twice_is_asked_about(chat: Chat, words: str) -> None:
    assert DANGER in chat.says(words)


def test_what_stands_twice_and_was_not_taken_is_the_matter_alone(chat: Chat) -> None:
    assert DANGER not in chat.says("prescription list shows the same drug twice, i took a screenshot of both")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("my prescription is not showing", "it's for my asthma, i have maybe 2 puffs left"),
        ("my inhaler prescription is missing in the app", "i've got like one day left"),
        ("i can't download my prescription pdf", "her test strips are nearly gone"),
        ("i was charged twice", "also i have only 2 pills left"),
    ],
)
def test_a_medicine_that_runs_out_is_heard_amid_whatever_is_before_them(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    assert WHOM in chat.says(words)
    assert chat.last.request is not None and "critical_workflow_blocked" in chat.last.request.signals


def test_days_left_of_something_else_are_no_medicine(chat: Chat) -> None:
    chat.says("i was charged twice")
    assert WHOM not in chat.says("i've got like one day left")


@pytest.mark.parametrize(
    "words", ["prescription wont send, patient is in the room", "cant sign the script, pt waiting in front of me"]
)
def test_a_patient_in_the_room_is_no_danger(mind: Mind, words: str) -> None:
    assert DANGER not in Chat(mind, replace(MARIA, role="doctor")).says(words)


@pytest.mark.parametrize(
    "words",
    [
        "hi my son cant attend his video visit today he is sick please cancel",
        "my daughter is ill so we cant come, she is sick please move it",
    ],
)
def test_an_illness_for_which_a_visit_is_off_is_no_danger(chat: Chat, words: str) -> None:
    assert DANGER not in chat.says(words)


def test_what_the_other_side_of_a_visit_does_is_no_danger(chat: Chat) -> None:
    chat.says("therapist cant see me on the video")
    assert DANGER not in chat.says("she's nodding")


@pytest.mark.parametrize(
    "words",
    [
        "prescription wont send, patient is in the room and not breathing",
        "he is sick and unconscious, please cancel his visit",
    ],
)
def test_danger_beside_it_stands(mind: Mind, words: str) -> None:
    said = Chat(mind).says(words)
    assert "911" in said
