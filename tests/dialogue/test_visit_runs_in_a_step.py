"""Who waits in a visit, or keeps people waiting, is in a hurry wherever it is told; whether to leave it is no clinical question."""

import pytest

from tests.dialogue.chat import Chat

LATER, CLINICAL = "take your time", "I can't answer questions about medicines"


@pytest.mark.parametrize("words", ["its 20 min now", "been 10 minutes already"])
def test_minutes_that_pass_in_a_visit_bring_people(chat: Chat, words: str) -> None:
    chat.says("video visit wont connect")
    chat.says(words)
    assert chat.last.request is not None and "visit_soon" in chat.last.request.signals


def test_who_waits_long_for_the_host_is_told_what_to_do_and_people_have_it_when_it_goes_on(chat: Chat) -> None:
    chat.says("video visit wont connect")
    said = chat.says("waiting for host since 15 min")
    assert "sorry that you are kept waiting" in said and "visit_soon" in chat.known.signals
    chat.says("still nobody")
    assert chat.last.request is not None and "visit_soon" in chat.last.request.signals


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("queue page does not load", "got 6 waiting, manager is shouting at me"),
        ("queue page does not load", "i have 4 patients waiting"),
        ("queue page does not load", "there's a queue out the door"),
    ],
)
def test_who_keeps_people_waiting_is_offered_a_person_and_the_phone(chat: Chat, told: str, words: str) -> None:
    chat.says(told)
    said = chat.says(words)
    assert LATER not in said and "1-800-SMARTMED" in said


@pytest.mark.parametrize("words", ["should i just leave", "should i hang up", "do i wait"])
def test_whether_to_leave_a_visit_is_no_clinical_question(chat: Chat, words: str) -> None:
    chat.says("my video says waiting for host")
    said = chat.says(words)
    assert CLINICAL not in said and "1-800-SMARTMED" in said
    chat.says("its 20 min now")
    assert CLINICAL not in chat.says(words)
