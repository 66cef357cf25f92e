"""Who wants no person gets none, and who wants one is told so in their own language."""

from dataclasses import replace

import pytest

from tests.dialogue.chat import Chat

REFUSALS = [
    "no i dont want a person, just tell me how",
    "no person please",
    "i dont want to talk to anyone, i just want it to work",
    "please don't put me through to a person",
]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_refusal_on_the_way_to_a_person_opens_no_request(chat: Chat, refusal: str) -> None:
    chat.says("the page is blank")
    while chat.known.state == "answering":
        chat.presses("No")
    assert chat.known.state == "gathering"

    chat.says(refusal)

    assert chat.last.request is None and chat.known.state == "new"
    assert [button.value for button in chat.known.buttons] == ["person"]
    assert chat.last.says[-1].page is not None


def test_a_person_can_be_had_all_the_same_with_what_was_told(chat: Chat) -> None:
    chat.says("the page is blank")
    while chat.known.state == "answering":
        chat.presses("No")
    chat.says("no person please")
    chat.says("ok then get me a person")
    assert chat.known.issue == "technical.page_not_loading" and chat.known.state == "gathering"


def test_what_is_wanted_in_the_place_of_a_person_begins(chat: Chat) -> None:
    chat.says("talk to a person please")
    chat.says("i don't want a person, how do i reset my password")
    assert chat.known.issue == "account.forgot_password" and chat.last.request is None


def test_a_refusal_of_an_open_request_is_asked_about_and_closes_nothing_by_itself(chat: Chat) -> None:
    chat.says("i want a person about my bill")
    while chat.known.state == "gathering":
        chat.says("skip")
    chat.opens()

    text = chat.says("no person please")

    assert "Shall I close it?" in text and not chat.last.withdrawn
    chat.says("yes")
    assert chat.last.withdrawn


def test_an_emergency_is_kept_by_people_whoever_is_refused(chat: Chat) -> None:
    chat.says("i took too many pills")
    chat.opens()
    text = chat.says("i dont want to talk to anyone")
    assert "Shall I close it?" not in text and not chat.last.withdrawn


@pytest.mark.parametrize(
    ("language", "asks", "own"),
    [
        ("fr", ["Je veux parler à une personne", "Non"], "Votre demande"),
        ("tl", ["gusto ko makausap ng tao"], "Nasa aming team"),
        ("es", ["No", "quiero hablar con una persona"], "Su solicitud"),
    ],
)
def test_a_no_and_a_wish_for_a_person_are_answered_in_the_language_of_the_talk(
    chat: Chat, language: str, asks: list[str], own: str
) -> None:
    chat.says("i want a person about my bill")
    while chat.known.state == "gathering":
        chat.says("skip")
    chat.opens()
    chat.known = replace(chat.known, language=language)
    for words in asks:
        assert own in chat.says(words)
