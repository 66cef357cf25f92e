"""A result in Arabic or Hindi, typed in Latin letters (`msh sha8al`, `ho gya`): known by the consonants of its words, and what
has become well in Hindi by its whole spelling."""

import re
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from bot.understanding.reading import Act
from bot.understanding.text.plain import COMMON
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
    done: str
    beside_works: str
    fails: str
    denied_by_ma: str
    later: str
    beside: str


def result(said: str) -> Act | None:
    """What few words say that hold a result of this kind; `unclear` where something else may have become so; None for
    all else, for English and for a question."""
    spelled = _WORD.findall(said)
    if not spelled or len(spelled) > MOST or not said.isascii() or "?" in said or _is_english(spelled):
        return None
    words = [_bones(word) for word in spelled]
    held, done = _with_pairs(words), bool(_with_pairs(spelled) & _spelled("done"))
    fails = bool(held & _group("fails"))
    if "m" in words[:-1] and held & _group("denied_by_ma"):
        return "not_helped"
    if fails and (done or held & (_group("beside") | _group("works"))):
        return "not_helped"
    if held & _group("later"):
        return "later"
    if not fails and _only_works(spelled):
        return "helped"
    return "unclear" if done else None


def _with_pairs(words: list[str]) -> set[str]:
    return {*words, *("_".join(two) for two in pairwise(words))}


def _is_english(spelled: list[str]) -> bool:
    """`why is it the same`: an English word that is none of the file's."""
    return not COMMON.isdisjoint({*spelled} - _spelled("beside") - _spelled("beside_works"))


def _only_works(spelled: list[str]) -> bool:
    """That it works, and nothing else: `account lock ho gaya` tells of what became of something."""
    done = _spelled("done")
    first = {place for place, two in enumerate(pairwise(spelled)) if "_".join(two) in done}
    alone = {place for place, word in enumerate(spelled) if word in done or _bones(word) in _group("works")}
    told = first | {place + 1 for place in first} | alone
    return bool(told) and {word for place, word in enumerate(spelled) if place not in told} <= _spelled("beside_works")


@lru_cache(maxsize=8)
def _spelled(name: str) -> frozenset[str]:
    words: str = getattr(_file(), name)
    return frozenset(words.split())


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
