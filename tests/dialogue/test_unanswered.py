"""Who says that nobody answers is not asked about danger: it is named, the true state is told, and people see it."""

import pytest

from handoff.facts import CANNOT_WAIT
from tests.dialogue.chat import Chat

OF_US = (
    "THIRD time I write and nobody answers",
    "this is the 3rd time i am writing, still no reply from you people",
    "I have written four times and no one ever gets back to me",
    "you keep ignoring me!!! 3rd message",
    "is anybody even reading this?",
    "nobody replies, nobody helps, for days",
)
OF_A_CLINIC = (
    "my doctor does not answer my messages",
    "Dr Patel never replies, i sent three messages",
    "staff at the front desk never pick up",
    "nobody answers the phone at the clinic for days",
    "my therapist hasn't written back in two weeks",
)


@pytest.mark.parametrize("words", OF_US)
def test_of_a_request_that_waits_the_true_state_is_told_and_it_is_marked(chat: Chat, words: str) -> None:
    chat.says("my account is locked")
    chat.opens()

    said = chat.says(words)

    assert "I'm sorry" in said and "#1001" in said and "soon" in said
    assert "danger" not in said and chat.known.state == "with_support"
    assert CANNOT_WAIT in chat.last.new_signals


def test_who_says_it_again_hears_how_to_ring_and_not_the_same_once_more(chat: Chat) -> None:
    chat.says("my account is locked")
    chat.opens()
    first = chat.says(OF_US[0])
    second = chat.says(OF_US[2])
    assert second != first and second.count("had to write again") == 0 and "1-800-SMARTMED" in second


def test_while_we_ask_nothing_more_is_asked_of_them(chat: Chat) -> None:
    chat.says("my account is locked")
    chat.opens()
    chat.goes_on(state="gathering", asking="lock_message", asked=("lock_message",))
    chat.says(OF_US[0])
    assert chat.known.state == "with_support" and chat.known.asking is None


@pytest.mark.parametrize("words", OF_US)
def test_where_nobody_has_anything_yet_it_is_said_so_and_a_person_gets_it(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert "don't see an open request" in said and "person" in said
    assert "danger" not in said and "Which of these" not in said
    assert said.count("sorry") == 1


@pytest.mark.parametrize("words", OF_A_CLINIC)
def test_a_doctor_or_clinic_that_is_silent_is_for_people_and_no_list_of_issues(chat: Chat, words: str) -> None:
    said = chat.says(words)
    assert "can't reach a clinic or a doctor" in said and "Which of these" not in said
    assert chat.last.request is not None and chat.last.request.reason == "not_in_known_issues"


@pytest.mark.parametrize(
    "words",
    [
        "nobody answers and I can't go on",
        "nobody responds. my husband is not responding either he is on the floor",
        "no one picks up and he has a knife",
        "nobody answers, nobody helps, I'm alone",
    ],
)
def test_a_danger_told_beside_it_is_heard(chat: Chat, words: str) -> None:
    assert "911" in chat.says(words)


def test_a_doctor_who_does_not_answer_within_a_step_is_the_answer_to_it(chat: Chat) -> None:
    chat.says("the dose on my prescription is wrong, it says 50 mg and the doctor told me 5 mg")
    chat.says("she does not answer the phone")
    assert chat.known.issue == "prescription.wrong_information"
