"""Slips of the keyboard, set right before models read a message: `cancle`, `hcaked`. What was typed is kept as it was."""

import gzip
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.text.language import language_of
from bot.understanding.text.plain import plain

WORDS = Path(__file__).parent / "words"
WRITTEN, ENGLISH = WORDS / "written.txt.gz", WORDS / "harmless.txt.gz"
"""The words that strangers write, each with how many of their texts hold it (tools/teach/spelling.py); and English ones."""
SHORTEST, LONG, TWO_SLIPS_FROM = 4, 6, 9
"""Letters of a word that can be a slip; of one in which a letter may be wrong, missing or too many (a shorter one can only have two
turned round); and of one in which two may be."""
OFTEN, TIMES_AS_OFTEN, CLEARLY = 20, 25, 5
"""How many texts must hold the word that is meant; how many times as many as hold the slip; and as hold another word as near."""
NEAREST = 8
ENDINGS = ("s", "d", "r", "y", "ed", "er", "ly", "ing", "a", "e", "o", "i", "n")
"""What makes another word of one, here or in another language, and no slip."""
WITHOUT_APOSTROPHE = frozenset(
    "theyre youre whos thats whats theres heres theyve youve itll thatll youll theyll wouldve".split()
)
_WORD = re.compile(r"(?<![\w'@.])[a-z]{4,30}(?![\w'@])")


def as_read(text: str) -> str:
    """A text as models read it: in plain words, the slips mended."""
    return mended(plain(text))


def mended(text: str) -> str:
    """Plain English with the words that nobody writes made those that they are a slip of, where one alone is near."""
    changed = _WORD.sub(lambda found: meant_by(found[0]), text)
    return changed if changed != text and language_of(text) == "en" else text


@lru_cache(maxsize=4096)
def meant_by(word: str) -> str:
    """The word that a word in lower case is a slip of, or itself."""
    written, often = _written()
    count = written.get(word, 0)
    if word in WITHOUT_APOSTROPHE or word in _english():
        return word
    most = 2 if len(word) >= TWO_SLIPS_FROM else 1
    found = process.extract(word, often, scorer=OSA.distance, score_cutoff=most, limit=NEAREST)
    near = [(how_far, not _is_turned(word, other), -written[other], other) for other, how_far, _ in found]
    near = sorted(one for one in near if written[one[3]] >= TIMES_AS_OFTEN * count)
    if not near or not _may_be(word, near[0][3]) or not _stands_alone(near):
        return word
    return near[0][3]


def _may_be(word: str, other: str) -> bool:
    """Whether one can be a slip of the other: long enough, the same first letter, and no form of it."""
    if _is_turned(word, other):
        return True
    forms = any(word == other + ending or other == word + ending for ending in ENDINGS)
    return max(len(word), len(other)) >= LONG and len(word) > SHORTEST and word[0] == other[0] and not forms


def _is_turned(word: str, other: str) -> bool:
    return sorted(word) == sorted(other)


def _stands_alone(near: Sequence[tuple[float, bool, int, str]]) -> bool:
    """Whether no other word is as near, or hardly anybody writes it."""
    (how_far, _, count, _), *others = near
    return all(other[0] > how_far or other[2] * CLEARLY >= count for other in others)


@cache
def _english() -> frozenset[str]:
    """English words, and names; the list marks some of them behind (tools/privacy_words.py)."""
    return frozenset(line.rstrip("!*-") for line in gzip.decompress(ENGLISH.read_bytes()).decode().split())


@cache
def _written() -> tuple[dict[str, int], tuple[str, ...]]:
    """Every word with how many texts hold it, and those that many hold."""
    rows = (line.split() for line in gzip.decompress(WRITTEN.read_bytes()).decode().splitlines())
    counts = {word: int(count) for word, count in rows}
    return counts, tuple(word for word, count in counts.items() if count >= OFTEN)
