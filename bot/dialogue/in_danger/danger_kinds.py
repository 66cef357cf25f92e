"""Which kind of danger words are likest to, by the sentences of danger_kinds.yml."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.dialogue.in_danger import behind_a_result
from bot.understanding.intents.intent_file import Name
from bot.understanding.matching.semantic_match import SemanticMatcher
from handoff.data_files import Strict, read_yaml, validated
from handoff.text_files import Review

FILE = Path(__file__).resolve().parent / "danger_kinds.yml"
ALIKE, AHEAD, TELLS = 0.5, 0.05, 3
"""How like three sentences of a kind must be, and how much more than any other's; and so many words tell one."""


class _Kinds(Strict):
    review: Review
    kinds: Mapping[Name, Annotated[tuple[str, ...], Field(min_length=5)]]


_SENTENCES = validated(_Kinds, read_yaml(FILE, FILE.parents[3])).kinds


def kind_of(words: Sequence[str], matcher: SemanticMatcher) -> str | None:
    """The kind of the first words that are like one of them, also by what stands behind an answer to us; None where none are."""
    told = [
        part for one in words for part in (one, behind_a_result.rest_of(one)) if part and len(part.split()) >= TELLS
    ]
    found = (matcher.group_of(one, _SENTENCES, ALIKE, AHEAD) for one in told)
    return next((kind for kind in found if kind is not None), None)
