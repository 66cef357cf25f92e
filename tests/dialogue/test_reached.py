"""How somebody wants to be reached is heard once, noted, and said back."""

import pytest

from handoff.ticket import SKIPPED
from tests.dialogue.chat import Chat


def _waits(chat: Chat) -> None:
    """A request that people have."""
    chat.says("please somebody look at a wrong charge on my card")
    while chat.last.request is None:
        chat.says("skip")
    chat.opens()


@pytest.mark.parametrize(
    ("words", "noted"),
    [
        ("call me on 555 0177", "By phone: **555 0177**"),
        ("her number is 415 555 0147, please call her there", "By phone: **415 555 0147**"),
        ("reach me at dina@example.com", "By e-mail: **dina@example.com**"),
        ("dina@example.com please, not the chat", "By e-mail: **dina@example.com**"),
    ],
)
def test_an_address_or_a_number_is_noted_on_the_request_and_said_back(chat: Chat, words: str, noted: str) -> None:
    _waits(chat)
    said = chat.says(words)
    assert noted in said and "1001" in said and "at the latest" not in said


def test_an_address_answers_how_to_be_reached_though_that_way_is_not_offered(chat: Chat) -> None:
    chat.says("can i talk to a person please")
    chat.says("a question about my insurance card on my profile")
    assert chat.known.asking == "answer_by"
    chat.says("email me, l.fox@example.com")
    assert {one.id: one.value for one in chat.known.gathered}["answer_by"] == "By e-mail"
    assert chat.last.request is not None


def test_a_number_alone_is_no_answer_to_a_list_and_is_kept(chat: Chat) -> None:
    for words in ("the share link of my prescription does not open for my pharmacy", "still not"):
        chat.says(words)
    asked = chat.known.asking
    chat.says("555 0188, after 4")
    assert chat.known.asking == asked and chat.known.known["contact_phone"] == "555 0188"
    chat.says("I already said a phone number")
    assert {one.id: one.value for one in chat.known.gathered}[asked or ""] == SKIPPED
