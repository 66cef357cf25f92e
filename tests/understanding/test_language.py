"""In which language a message is written."""

from pathlib import Path
from time import thread_time

import pytest

from bot.understanding.intents.catalog import load_catalog
from bot.understanding.text.language import language_of, says_enough

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


def test_a_long_message_is_told_as_quickly_as_a_short_one() -> None:
    language_of("xq xq xq xq")
    started = thread_time()
    language_of("é" * 8000)
    language_of("xq " * 2700)
    assert thread_time() - started < 0.1


@pytest.mark.parametrize("text", ["me cobraron dos veces", "mi cita no me sale", "me equivoqué de chat"])
def test_words_of_two_languages_do_not_say_that_somebody_writes_english_now(text: str) -> None:
    assert not says_enough(text, "en")
