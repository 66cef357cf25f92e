"""A change of mind on the way to people is heard: nothing more is asked, and people read what was taken back."""

from dataclasses import replace

import pytest

from handoff.facts import OpenRequest
from tests.dialogue.chat import Chat

LEFT, CLOSE = "we'll leave it there", "Shall I close your request #1001"


def asked_of_open_request(chat: Chat, told: str) -> None:
    """A request was opened at once, and its first question is before the user, where something is still to be asked."""
    chat.says(told)
    made = chat.last.request
    assert made is not None
    chat.request = OpenRequest(1001, made.issue, made.reason, "Triaged", "soon")
    chat.known = replace(chat.known, ticket=1001)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("i was charged twice", "oh never mind it was my wife's copay, sorry"),
        ("the page gives me an error 403", "forget it, it's fixed"),
        ("i want a person about my bill", "never mind, i found it myself"),
        ("i was charged twice", "oh never mind"),
        ("the page gives me an error 403", "i need no more help, i fixed it myself"),
    ],
)
def test_what_is_taken_back_before_anybody_has_it_asks_nothing_more_and_opens_nothing(
    chat: Chat, told: str, words: str
) -> None:
    chat.says(told)
    assert chat.known.state == "gathering"
    assert LEFT in chat.says(words)
    assert chat.known.asking is None and chat.last.request is None


@pytest.mark.parametrize(
    "words",
    [
        "no wait i changed my mind, please keep my account",
        "wait no, dont delete it",
        "i changed my mind, do not delete anything",
    ],
)
@pytest.mark.parametrize("told", ["i want to delete my account", "under gdpr i want everything of mine deleted"])
def test_a_deletion_that_is_taken_back_is_told_to_people_and_asked_about(chat: Chat, told: str, words: str) -> None:
    asked_of_open_request(chat, told)
    said = chat.says(words)
    assert CLOSE in said and chat.known.asking is None
    assert chat.last.more is not None
    assert ("taken_back", words) in {(detail.id, detail.value) for detail in chat.last.more.details}
    chat.presses("Yes, close it")
    assert chat.last.withdrawn


def test_a_deletion_taken_back_after_some_questions_is_heard_too(chat: Chat) -> None:
    asked_of_open_request(chat, "i want to delete my account")
    chat.says("yes")
    assert CLOSE in chat.says("wait no, dont delete it")


def test_a_mere_never_mind_is_asked_about_and_says_nothing_on_the_ticket(chat: Chat) -> None:
    asked_of_open_request(chat, "i want to delete my account")
    assert CLOSE in chat.says("oh never mind") and chat.last.more is None


def test_a_break_in_that_is_taken_back_is_looked_at_all_the_same(chat: Chat) -> None:
    asked_of_open_request(chat, "someone hacked my account")
    said = chat.says("never mind, it was my wife")
    assert "a person will still look" in said and not chat.last.withdrawn and chat.known.asking is None
    assert chat.last.more is not None, "people read what was said"


def test_who_turns_to_something_else_is_not_let_go(chat: Chat) -> None:
    chat.says("i want a person about my bill")
    said = chat.says("forget it, actually my prescription is missing")
    assert LEFT not in said and chat.known.issue is not None and chat.known.issue.startswith("prescription.")


def test_what_is_taken_back_beside_a_request_closes_nothing_of_it(chat: Chat) -> None:
    asked_of_open_request(chat, "someone hacked my account")
    chat.known = replace(chat.known, state="with_support", asking=None, buttons=())
    chat.says("by the way, i can't open my prescription")
    chat.says("never mind")
    assert not chat.last.withdrawn and chat.known.ticket == 1001
