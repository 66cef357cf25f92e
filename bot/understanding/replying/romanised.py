"""A result in Arabic or Hindi, typed in Latin letters (`msh sha8al`, `ho gya`): known by the consonants of its words."""

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from bot.understanding.reading import Act
from handoff.data_files import Strict, read_yaml, validated
from handoff.text_files import Review

FILE, MOST = Path(__file__).with_name("romanised.yml"), 6
"""So many words tell a result and nothing else."""
_LETTERS = str.maketrans({"2": "", "3": "", "5": "kh", "6": "t", "7": "h", "8": "gh", "9": "s"})
_WORD, _VOWELS, _DOUBLED = (
    re.compile(r"[a-z0-9]+"),
    re.compile(r"(?<=.)(?:[aeiouyw]+(?=.)|[aeouw]+$|y(?=.))"),
    re.compile(r"(.)\1+"),
)


class Romanised(Strict):
    """The file: words, each spelled in one of its ways; `_` joins two."""

    review: Review
    works: str
    fails: str
    denied_by_ma: str
    later: str
    beside: str


def result(said: str) -> Act | None:
    """What few words say that hold a result of this kind; None for all else."""
    words = [_bones(word) for word in _WORD.findall(said)]
    if not words or len(words) > MOST or not said.isascii():
        return None
    held = {*words, *("_".join(two) for two in pairwise(words))}
    works, fails = bool(held & _group("works")), bool(held & _group("fails"))
    if "m" in words[:-1] and held & _group("denied_by_ma"):
        return "not_helped"
    if fails and (works or held & _group("beside")):
        return "not_helped"
    if held & _group("later"):
        return "later"
    return "helped" if works and not fails else None


@lru_cache(maxsize=8)
def _group(name: str) -> frozenset[str]:
    words: str = getattr(_file(), name)
    return frozenset("_".join(_bones(part) for part in word.split("_")) for word in words.split())


@lru_cache(maxsize=1)
def _file() -> Romanised:
    return validated(Romanised, read_yaml(FILE, FILE.parents[3]))


def _bones(word: str) -> str:
    """The first letter, the consonants, each once, and an i at the end: `sha8al` and `shaghal` are `shghl`."""
    word = re.sub("y$", "i", word)
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word.translate(_LETTERS))) or word
