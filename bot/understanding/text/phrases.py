"""English words and phrases that code looks for (phrases.yml), each with the sentences that prove it."""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.understanding.intents.intent_file import Name
from bot.understanding.text.plain import plain
from handoff.data_files import Strict, read_yaml, validated
from handoff.text_files import Review

FILE = Path(__file__).resolve().parent / "phrases.yml"


class Phrase(Strict):
    """What is sought in plain text, and sentences that hold it, or do not."""

    means: str
    pattern: str
    hears: Annotated[tuple[str, ...], Field(min_length=3)]
    ignores: Annotated[tuple[str, ...], Field(min_length=3)]

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The pattern, ready to search plain text with."""
        return re.compile(self.pattern)

    def is_in(self, text: str) -> bool:
        """Whether a text, of any case, holds it."""
        return self.expression.search(plain(text)) is not None


class Phrases(Strict):
    """The file: groups of words, phrases, and the words at which a message is cut."""

    review: Review
    words: Mapping[Name, str]
    phrases: Mapping[Name, Phrase]
    joints: Mapping[Name, tuple[str, ...]]

    def group(self, name: str) -> frozenset[str]:
        """The words of a group."""
        return frozenset(self.words[name].split())

    def any_joint(self, name: str) -> str:
        """An expression for the joints of a kind."""
        return "(?:" + "|".join(re.escape(words) for words in self.joints[name]) + ")"


PHRASES = validated(Phrases, read_yaml(FILE, FILE.parents[3]))
"""The phrases that were shipped."""
