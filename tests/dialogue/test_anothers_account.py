"""A carer's wish for somebody's account is for people; what somebody near could only know as staff is an exposure."""

import pytest

from tests.dialogue.chat import Chat

DANGER = "Is somebody in danger right now?"


@pytest.mark.parametrize(
    "words",
    [
        "can I be added to my dad's account",
        "i have power of attorney for my mother, how do i get into her account",
        "my husband had a stroke. can I be added to his account",
        "my son is 17 and i cant see his visits any more since his birthday",
        "i cant see my daughters appointments any more since she turned 18",
    ],
)
def test_a_carer_who_wants_somebodys_account_gets_people(chat: Chat, words: str) -> None:
    assert DANGER not in chat.says(words)
    assert chat.known.issue == "escalate.unknown_issue"


def test_signing_in_there_has_its_steps(chat: Chat) -> None:
    chat.says("I can't log in to my husband's account")
    assert chat.known.issue == "account.cant_log_in"


def test_danger_beside_it_is_asked_about(chat: Chat) -> None:
    assert DANGER in chat.says("my husband is on the floor, can I be added to his account")


@pytest.mark.parametrize(
    "words",
    [
        "Where can I see who looked at my file? My sister in law works at the clinic and she knew about my pregnancy",
        "my cousin is a receptionist there and she knew i have diabetes before i told anyone",
        "my neighbour is a nurse at your clinic and she read my chart, she told my whole street",
    ],
)
def test_what_only_staff_could_tell_is_an_exposure(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.last.request is not None and "phi_exposure" in chat.last.request.signals
