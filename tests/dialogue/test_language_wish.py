"""Who asks for a language is answered in it; a word of German among English ones is not answered in English."""

import pytest

from tests.dialogue.chat import Chat


def test_a_language_that_is_asked_for_is_spoken_from_then_on(chat: Chat) -> None:
    chat.says("my app keeps crashing")
    chat.says("in italiano per favore")
    assert chat.known.language == "it" and chat.last.request is not None

    chat.opens()
    assert "La Sua richiesta" in chat.says("quanto devo aspettare?")


@pytest.mark.parametrize(
    ("words", "language"), [("parli italiano?", "it"), ("en español por favor", "es"), ("auf deutsch bitte", "de")]
)
def test_who_only_asks_for_a_language_is_asked_in_it(chat: Chat, words: str, language: str) -> None:
    said = chat.says(words)
    assert chat.known.language == language and "were you trying to do" not in said


def test_when_people_answer_is_told_in_the_language_of_the_request(chat: Chat) -> None:
    chat.says("hanno addebitato due volte la visita del 3 novembre, 60 euro l'una")
    chat.opens()
    said = chat.says("è la carta, ma non voglio dare il numero. quando mi rispondete?")

    assert "La Sua richiesta" in said and "Support hours" not in said


@pytest.mark.parametrize("words", ["die app stürzt immer ab", "app stürzt ab"])
def test_german_with_english_names_is_german(chat: Chat, words: str) -> None:
    chat.says(words)
    assert chat.known.language == "de"
