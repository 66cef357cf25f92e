"""Calm questions while people have a request of privacy or security: answered, or added with honest words, never twice alike."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.dialogue.chat import Chat

ASIDES = (
    "will he be told that I complained?",
    "who decides that",
    "is this confidential?",
    "can the doctor see what I wrote here?",
    "can I trust you",
    "should i write to my clinic too",
)
A_PERSON, NOT_OURS = (
    ("person", "request #1001"),
    ("no news", "waiting for a person", "I'm the SmartMed Support Assistant"),
)


@pytest.fixture
def asked(chat: Chat) -> Chat:
    """A request to have data deleted waits with the security team."""
    chat.says("i want my data deleted under GDPR")
    chat.opens()
    assert chat.request is not None
    chat.request = replace(chat.request, team="security", priority="high")
    return chat


@pytest.mark.parametrize("words", ASIDES)
def test_what_we_cannot_answer_is_added_for_a_person_and_said_so(asked: Chat, words: str) -> None:
    said = asked.says(words)
    assert all(part in said for part in A_PERSON) and not any(part in said for part in NOT_OURS)
    assert asked.last.for_ticket and asked.known.ticket == 1001


def test_no_answer_stands_there_twice_in_a_row(asked: Chat) -> None:
    said = [asked.says(words) for words in (*ASIDES, *ASIDES)]
    assert all(one != after for one, after in pairwise(said))


def test_who_reads_it_is_answered(asked: Chat) -> None:
    assert "the people who work on your request #1001" in asked.says("who reads this?")
    assert "the people who work on" not in asked.says("but who reads this")


def test_what_to_do_till_then_is_answered(asked: Chat) -> None:
    assert "You don't need to do anything" in asked.says("do I need to do something till then")


def test_what_to_do_where_something_is_to_be_heeded_is_that(asked: Chat) -> None:
    assert asked.request is not None
    asked.request = replace(asked.request, care="Please do not open what you saw.")
    assert "Please do not open what you saw." in asked.says("do I need to do something till then")
    assert "You don't need" not in asked.says("should I do something?")


@pytest.mark.parametrize("words", ["how long will that take", "any news?", "have you deleted it yet"])
def test_how_far_it_is_stays_that(asked: Chat, words: str) -> None:
    assert "soon" in asked.says(words)


def test_another_matter_stays_one(asked: Chat) -> None:
    asked.says("how do i book a visit")
    assert asked.known.issue == "appointment.how_to_book"


def test_a_question_to_a_question_is_answered_and_ours_stays_once(asked: Chat) -> None:
    asked.goes_on(state="gathering", asking="when_started", asked=("when_started",), issue="escalate.security")
    assert "person" in asked.says("will he be told?") and asked.known.asking == "when_started"
    asked.says("and who decides that?")
    assert asked.known.asking != "when_started"
