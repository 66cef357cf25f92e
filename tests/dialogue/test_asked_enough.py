"""The questions on the way to a person end in words that fit: nobody is told "no more questions" who has not asked for that."""

from dataclasses import replace

import pytest

from handoff.facts import OpenRequest
from tests.dialogue.chat import Chat


def _asked_with_a_request(chat: Chat) -> None:
    chat.says("my account is locked")
    made = chat.last.request
    assert made is not None and chat.known.state == "gathering"
    chat.request = OpenRequest(1001, made.issue, made.reason, "Triaged", "Mon, 9:00 AM")
    chat.known = replace(chat.known, ticket=1001)


@pytest.mark.parametrize("words", ["I just want somebody to talk to me", "will somebody call me? I want a person"])
def test_who_wants_a_person_hears_that_one_comes_and_by_when(chat: Chat, words: str) -> None:
    _asked_with_a_request(chat)

    said = chat.says(words)

    assert "no more questions" not in said and "a person will answer it" in said


def test_who_wants_no_more_questions_is_told_so(chat: Chat) -> None:
    _asked_with_a_request(chat)

    assert "no more questions" in chat.says("no more questions please")
