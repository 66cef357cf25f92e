"""Who asks after the request in the place of an answer is told how far it is: such words are no fact, and the question stays."""

import pytest

from handoff.facts import OpenRequest
from tests.dialogue.chat import Chat

QUESTIONS = [
    ("account.locked", "lock_message"),
    ("account.locked", "when_started"),
    ("billing.question", "where_charged"),
    ("technical.feature_missing", "page_or_feature"),
    ("appointment.no_slots", "doctor_name"),
]
ENGLISH = [
    "any update?",
    "are you there",
    "hello?",
    "did anyone see this",
    "how long",
    "is someone looking at it",
    "still there?",
]
ABROAD = [
    "¿alguna novedad?",
    "¿hola?",
    "des nouvelles ?",
    "vous êtes là ?",
    "gibt es was Neues?",
    "alguma novidade?",
    "有消息吗？",
    "هل من جديد؟",
    "कोई अपडेट?",
    "may balita na ba?",
]


def _asked(chat: Chat, issue: str, question: str) -> None:
    chat.is_asked(issue, question)
    chat.goes_on(ticket=1001, asked=(question,))
    chat.request = OpenRequest(1001, issue, "account_access_needed", "Triaged", "soon")


@pytest.mark.parametrize(("issue", "question"), QUESTIONS)
@pytest.mark.parametrize("words", [*ENGLISH, *ABROAD])
def test_it_is_answered_and_nothing_is_stored(chat: Chat, issue: str, question: str, words: str) -> None:
    _asked(chat, issue, question)
    answer = chat.says(words)
    assert chat.known.asking == question and chat.known.gathered == ()
    assert "1001" in answer


@pytest.mark.parametrize(
    ("issue", "question", "words"),
    [
        ("account.locked", "when_started", "Monday?"),
        ("account.locked", "lock_message", "it says too many attempts"),
        ("appointment.no_slots", "doctor_name", "Dr Lund?"),
    ],
)
def test_an_answer_in_the_form_of_a_question_is_one(chat: Chat, issue: str, question: str, words: str) -> None:
    _asked(chat, issue, question)
    chat.says(words)
    assert [one.id for one in chat.known.gathered] == [question]


def test_before_people_have_it_the_question_stays_too(chat: Chat) -> None:
    chat.is_asked("billing.question", "where_charged")
    chat.says("any update?")
    assert chat.known.asking == "where_charged" and chat.known.gathered == ()
