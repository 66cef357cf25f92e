"""In which language a message is written."""

from pathlib import Path

import pytest

from bot.understanding.intents.catalog import load_catalog
from bot.understanding.text.language import READ, language_of, says_enough
from tests.growth import calls_of

LINES = (Path(__file__).parent / "languages.txt").read_text(encoding="utf-8").splitlines()
ROWS = [line.split("\t") for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize(("code", "text"), ROWS)
def test_the_language_of_a_short_message_is_told(code: str, text: str) -> None:
    assert language_of(text) == code


def test_english_support_messages_stay_english() -> None:
    phrases = load_catalog().phrases
    wrong = [phrase.text for phrase in phrases if language_of(phrase.text) != "en"]
    assert len(wrong) < 0.003 * len(phrases), wrong


@pytest.mark.parametrize("text", ["", "   ", "12345", "!!!", "\ud800", "🙂🙂🙂", "\x00"])
def test_what_has_no_letters_counts_as_english(text: str) -> None:
    assert language_of(text) == "en"


def test_one_foreign_name_does_not_change_the_language() -> None:
    assert language_of("my visit with 王医生 is not shown in the app") == "en"


@pytest.mark.parametrize("piece", ["é", "xq "])
def test_a_long_message_is_told_with_no_more_work_than_a_short_one(piece: str) -> None:
    language_of(piece)
    short, long = (piece * 8000)[:READ], (piece * 8000)[:8000]

    assert calls_of(lambda: language_of(long)) <= calls_of(lambda: language_of(short)) + 10


@pytest.mark.parametrize("text", ["me cobraron dos veces", "mi cita no me sale", "me equivoqué de chat"])
def test_words_of_two_languages_do_not_say_that_somebody_writes_english_now(text: str) -> None:
    assert not says_enough(text, "en")
