"""The words by which facts are heard, by the names of their lists."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import RootModel

from bot.understanding.text.plain import ACCENTS
from handoff.data_files import read_yaml, validated

HERE = Path(__file__).parent
LOOKED_UP = frozenset({"places", "no_place", "not_a_name", "names_like_deeds", "surnames", "phone_regions"})
"""Lists of the vocabulary that no pattern names."""
TOO_SHORT = 3
"""So short a word is without accents one of another language (`từ`, `lỗi`): what is meant all the same stands in its list."""


class _Words(RootModel[dict[str, list[str]]]):
    """Lists of words by name."""


@cache
def vocabulary() -> Mapping[str, tuple[str, ...]]:
    """Every list by its name; a word with accents stands in it without them too."""
    words = validated(_Words, read_yaml(HERE / "words.yml", HERE.parents[2])).root
    return {name: tuple(form for word in found for form in _forms(word)) for name, found in words.items()}


def _forms(word: str) -> tuple[str, ...]:
    """A word as it is written, and as it is typed without accents."""
    bare = unicodedata.normalize("NFC", ACCENTS.sub("", unicodedata.normalize("NFD", word)))
    return (word,) if bare == word or len(bare) <= TOO_SHORT else (word, bare)
