"""A message as it is read for facts: its words as tags, where it is only thought of, and where it is put right."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.understanding.details.fact import Form
from bot.understanding.details.lexicon import COMPOSED_TAGS, HAN, REST, WORD, composed, lexicon, mark
from bot.understanding.details.marks import MARKED_BY
from bot.understanding.text.plain import neat

QUOTES = str.maketrans("「」『』〝〞‹›", '""""""  ')
_TAG_LIKE = re.compile(r"[\ue000-\uf8ff]")
_TITLE_DOT = re.compile(r"\b(dra?|prof|doc|med|d|no|nr|tel|डॉ|د)\.", re.IGNORECASE)
LONGEST = 4000
"""Characters of a message that are read."""
SHORT = 3
"""A word of so few letters beside a hyphen is part of another word: sign-in, follow-up."""


@dataclass(frozen=True)
class Said:
    """A message as it is read; all its forms have the same length. `turn` is where it was last put right."""

    shown: str
    low: str
    tagged: str
    cased: str
    tags: frozenset[str]
    digits: int
    imagined: tuple[tuple[int, int], ...]
    turn: int

    def read_as(self, form: Form) -> str:
        """Words as tags, the same with the case of names kept, or no tags at all."""
        return {"tagged": self.tagged, "cased": self.cased, "plain": self.low}[form]


def said_in(text: str) -> Said:
    """A message in all its forms, as far as it is read."""
    shown = neat(text[:LONGEST]).translate(QUOTES)
    dotless = _TITLE_DOT.sub(r"\1 ", _TAG_LIKE.sub(" ", shown))
    low = dotless.lower() if len(dotless.lower()) == len(shown) else "".join(letter.lower()[:1] for letter in dotless)
    words = tuple(_tags_of(low))
    tagged = _with_tags(words, low)
    spans = [(*found.span(), COMPOSED_TAGS[(found.lastindex or 1) - 1]) for found in composed().finditer(tagged)]
    tagged, keep = _with_tags(spans, tagged), lexicon().capitals
    tags = frozenset(tag for _, _, tag in (*words, *spans))
    turns = [found.end() for found in _marked("turn", tagged, tags)]
    return Said(
        shown,
        low,
        tagged,
        _with_tags((word for word in words if word[2] in keep or not shown[word[0]].isupper()), dotless),
        tags,
        sum(map(str.isdigit, low)),
        tuple(found.span() for name in ("imagined", "asked") for found in _marked(name, tagged, tags)),
        turns[-1] if turns else 0,
    )


def _marked(name: str, tagged: str, tags: frozenset[str]) -> Iterator[re.Match[str]]:
    """Where a mark stands in a text that has a word of those it begins with."""
    if tags.isdisjoint(tag for word in MARKED_BY[name] for tag in lexicon().tags_of(word)):
        return iter(())
    return mark(name).finditer(tagged)


def _tags_of(low: str) -> Iterator[tuple[int, int, str]]:
    """Where known words and phrases stand, the longest first, and their tags."""
    known = lexicon()
    words = [found.span() for found in WORD.finditer(low)]
    at = 0
    while at < len(words):
        start, end = words[at]
        for size in range(min(known.longest.get(low[start:end], 0), len(words) - at), 0, -1):
            end = words[at + size - 1][1]
            tag = known.tags.get(low[start:end])
            if tag is not None and not _is_part(low, start, end):
                yield start, end, tag
                at += size - 1
                break
        at += 1
    if HAN.search(low):
        yield from ((*found.span(), known.tags[found[0]]) for found in known.joined.finditer(low))


def _is_part(low: str, start: int, end: int) -> bool:
    """True for a short word that is part of another: the in of sign-in, the a of a54."""
    after = low[end : end + 1]
    return end - start <= SHORT and ("-" in (low[start - 1 : start], after) or after.isdigit())


def _with_tags(tags: Iterable[tuple[int, int, str]], text: str) -> str:
    """A text in which each known word is its tag and fillers, as long as the word."""
    letters = list(text)
    for start, end, tag in tags:
        letters[start:end] = [tag, *(REST * (end - start - 1))]
    return "".join(letters)
