"""The English phrases that code looks for are heard where their file says so, and nowhere else that it names."""

import pytest

from bot.understanding.text.phrases import PHRASES

HEARS = [(name, said) for name, phrase in PHRASES.phrases.items() for said in phrase.hears]
IGNORES = [(name, said) for name, phrase in PHRASES.phrases.items() for said in phrase.ignores]


@pytest.mark.parametrize(("name", "said"), HEARS)
def test_a_phrase_is_in_each_sentence_that_its_file_says_holds_it(name: str, said: str) -> None:
    assert PHRASES.phrases[name].is_in(said)


@pytest.mark.parametrize(("name", "said"), IGNORES)
def test_a_phrase_is_in_no_sentence_that_its_file_says_is_none(name: str, said: str) -> None:
    assert not PHRASES.phrases[name].is_in(said)
