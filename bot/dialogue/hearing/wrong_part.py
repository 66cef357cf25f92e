"""Which part of a prescription is wrong by words of any language: the medicine or its dose, or what stands beside it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.understanding.intents.intent_file import Name
from bot.understanding.matching.semantic_match import SemanticMatcher
from handoff.data_files import Strict, read_yaml, validated
from handoff.text_files import Review

FILE = Path(__file__).with_name("wrong_part.yml")
MEDICINE = "medicine"
ALIKE, AHEAD = 0.5, 0.02
"""How like three sentences of a part must be, and how much more than any other's."""


class _Parts(Strict):
    review: Review
    parts: Mapping[Name, Annotated[tuple[str, ...], Field(min_length=5)]]


_SENTENCES = validated(_Parts, read_yaml(FILE, FILE.parents[3])).parts


def is_medicine(words: Sequence[str], matcher: SemanticMatcher) -> bool:
    """Any of these words tell that the medicine or its dose is wrong."""
    return any(matcher.group_of(one, _SENTENCES, ALIKE, AHEAD) == MEDICINE for one in words)
