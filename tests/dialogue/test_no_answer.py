"""Words that answer nothing are no fact: they are asked about once more, or passed over, and nothing of them is on a ticket."""

import pytest

from handoff.ticket import SKIPPED
from tests.dialogue.chat import Chat

FIRST = ("i was charged twice for my visit", "i get error 5003 when i open my profile")
NOTHING, OVER = (
    ("ok", "lol", "sure", "oh", "right", "i guess", "please help", "??", "what?", "so?"),
    ("dunno lol", "u tell me", "just fix it", "as i said", "i already told you", "whatever", "see above", "idk"),
)
NOTED = "I've noted that"


def facts(chat: Chat) -> set[str]:
    """What stands in the fields."""
    return {detail.value for detail in chat.known.gathered} - {SKIPPED}


@pytest.mark.parametrize("words", NOTHING)
@pytest.mark.parametrize("first", FIRST)
def test_a_filler_is_no_answer_and_the_question_stays_once(chat: Chat, first: str, words: str) -> None:
    chat.says(first)
    asked, known = chat.known.asking, facts(chat)
    said = chat.says(words)
    assert chat.known.asking == asked and NOTED not in said
    chat.says(words)
    assert chat.known.asking != asked and facts(chat) == known


@pytest.mark.parametrize("words", OVER)
@pytest.mark.parametrize("first", FIRST)
def test_what_will_not_or_cannot_be_told_is_passed_over_at_once(chat: Chat, first: str, words: str) -> None:
    chat.says(first)
    asked, known = chat.known.asking, facts(chat)
    chat.says(words)
    assert chat.known.asking != asked and facts(chat) == known


def test_a_name_that_looks_like_a_filler_is_one_where_it_is_told_as_a_name(chat: Chat) -> None:
    for words in ("how do I book a visit", "no", "no", "skip"):
        chat.says(words)
    assert chat.known.asking == "doctor_name"
    chat.says("Dr. Oh")
    assert "Oh" in facts(chat)


def test_a_question_back_is_told_why_we_ask(chat: Chat) -> None:
    chat.says("i was charged twice for my visit")
    assert "It helps the person who takes over" in chat.says("what?")
