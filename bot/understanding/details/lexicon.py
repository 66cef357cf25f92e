"""The vocabulary made ready: each known word is a tag, one letter of its own and fillers, and patterns are written of tags."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from bot.understanding.details.facts import FACTS
from bot.understanding.details.marks import MARKS
from bot.understanding.details.parts import COMPOSED, PARTS
from bot.understanding.details.vocabulary import LOOKED_UP, vocabulary

_FIRST_TAG, REST = 0xE001, "\ue000"
COMPOSED_TAGS = "\uf8f1\uf8f2\uf8f3"
_LETTERS = r"[A-Za-z\u00c0-\u0605\u0620-\u065f\u066e-\u06d3\u0710-\u0963\u0970-\u1fff\u3040-\u30ff\uac00-\ud7a3]+"
WORD = re.compile(_LETTERS)
HAN = re.compile(r"[\u3400-\u9fff]")
_NAMED = re.compile(r"<([a-z_]{1,20})>")
_LITERAL = re.compile(
    r"\\.|\[[^\]]*\]|\{[^}]*\}|<[a-z_]+>|\(\?(?:<[!=]|[:!=])|"
    rf"({_LETTERS}(?:'[a-z]+)?)(?![\w?*{{\\\[])"
)
CAPITALS = frozenset({"titles", "i_am", "weekdays", "near_days", "now", "visits"})
"""Lists whose words are known in capitals too where names are read."""


@dataclass(frozen=True)
class Lexicon:
    """A tag for each word, how long a phrase can be, and the parts of patterns."""

    tags: Mapping[str, str]
    capitals: frozenset[str]
    longest: Mapping[str, int]
    joined: re.Pattern[str]
    parts: dict[str, str]

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """A pattern with its names filled in; a known word in it stands for its own tag."""
        tagged = _LITERAL.sub(self._tagged, pattern)
        return re.compile(_NAMED.sub(lambda found: self.parts[found[1]], tagged))

    def tags_of(self, name: str) -> str:
        """The tags that the words of a list can have."""
        return self.parts[name].removeprefix("(?:").lstrip("[").partition("]")[0].partition(REST)[0]

    def _tagged(self, found: re.Match[str]) -> str:
        word = found[1]
        return self.tags[word] + REST * (len(word) - 1) if word in self.tags else found[0]


@cache
def lexicon() -> Lexicon:
    """The tags of every word that is heard, and the parts of patterns with their tags filled in."""
    heard = {name: words for name, words in vocabulary().items() if name not in LOOKED_UP}
    lists = _lists_of_words(heard)
    kinds = {kind: chr(_FIRST_TAG + number) for number, kind in enumerate(dict.fromkeys(lists.values()))}
    parts = {name: _any_of(tag for kind, tag in kinds.items() if name in kind) for name in heard}
    parts |= {name: _any_of(tag) for name, tag in zip(COMPOSED, COMPOSED_TAGS, strict=True)}
    parts["surnames"] = f"[{vocabulary()['surnames'][0]}]"
    han = sorted((word for word in lists if HAN.match(word)), key=len, reverse=True)
    known = Lexicon(
        {word: kinds[names] for word, names in lists.items()},
        frozenset(tag for kind, tag in kinds.items() if not CAPITALS.isdisjoint(kind)),
        _longest(lists),
        re.compile("|".join(han)),
        parts,
    )
    parts["days"] = _any_of(tag for name in ("weekdays", "near_days", "date") for tag in known.tags_of(name))
    for name, pattern in PARTS.items():
        parts[name] = known.compiled(pattern).pattern
    return known


def _lists_of_words(heard: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The lists in which each word stands; a word that stands in a pattern itself is a list of its own too."""
    lists: dict[str, tuple[str, ...]] = {}
    for name, words in heard.items():
        lists |= {word: (*lists.get(word, ()), name) for word in words}
    ways = (way for fact in FACTS.values() for way in fact.ways)
    patterns = (*COMPOSED.values(), *PARTS.values(), *MARKS.values(), *(f"{way.pattern} {way.unless}" for way in ways))
    literals = {found[1] for pattern in patterns for found in _LITERAL.finditer(pattern)}
    return {word: (*names, f"={word}") if word in literals else names for word, names in lists.items()}


def _any_of(tags: Iterable[str]) -> str:
    return f"(?:[{''.join(tags)}]{REST}*+)"


def _longest(words: Iterable[str]) -> dict[str, int]:
    """How many words the longest phrase has that begins with a word."""
    longest: dict[str, int] = {}
    for parts in filter(None, map(WORD.findall, words)):
        longest[parts[0]] = max(len(parts), longest.get(parts[0], 0))
    return longest


@cache
def mark(name: str) -> re.Pattern[str]:
    """A mark by which facts are taken back, ready to be sought in a tagged text."""
    return lexicon().compiled(MARKS[name])


@cache
def composed() -> re.Pattern[str]:
    """Dates, times of day and lengths of time in a tagged text, each in its own group."""
    known, kinds = lexicon(), "|".join(f"({pattern})" for pattern in COMPOSED.values())
    first = "".join(known.tags_of(name) for name in ("months", "numbers", "one", "pairs", "clock_words", "day_parts"))
    return known.compiled(rf"(?=[\d{first}])(?:{kinds})")
