"""Asking for a secret: a password, a code, a card, an identity number, in whatever words and over two sentences."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize

from bot.understanding.text.cuts import SENTENCES
from handoff.policy.texts import SecretsRule

QUOTES = str.maketrans("’‘ʼ`´“”„«»", "'''''\"\"\"\"\"")
UNSEEN = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Letters that nobody sees, and those that turn the direction of writing."""
UNSPACED = "\u2e80"
"""From this letter on words stand without spaces, so that one may begin behind any letter."""
MOST_KEPT = 400
_SPACED = re.compile(r"\b(?:\w ){3,}\w\b")
_MARKS = re.compile(r"[*_#>]+")
_WRAP = re.compile(r"(?<=[^\n.!?:])\n(?!\n|\s*(?:[-•]|\d+[.)])\s)")
"""The end of a line inside a sentence."""
_LIST_OPENS = re.compile(r":\s*\n+\s*")
_LIST_ITEM = re.compile(r"\s*(?:[-•]|\d+[.)])\s+(.*)")


@lru_cache(maxsize=MOST_KEPT)
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of the guide. To make them takes a second, and an edit changes one of them or none."""
    return re.compile(pattern, flags)


class Secrets:
    """Asking for a password, a code, a card or an identity number, in whatever words."""

    def __init__(self, rule: SecretsRule) -> None:
        self._parts = {
            "<thing>": f"(?:{'|'.join(rule.things)})",
            "<give>": f"(?:{'|'.join(rule.give)})",
            "<us>": f"(?:{'|'.join(rule.us)})",
        }
        self._asks = [self._made(rf"(?:{pattern})") for pattern in (*rule.asks, *rule.refers)]
        self._outright = [self._made(rf"(?:{pattern})") for pattern in rule.outright]
        self._refers = [self._made(rf"(?:{pattern})") for pattern in rule.refers]
        self._never = [self._made(pattern) for pattern in rule.never]
        self._thing = self._made(r"\b<thing>\b")
        words = (one if one >= UNSPACED else rf"(?<!\w){one}" for one in rule.in_other_languages)
        self._foreign = re.compile("|".join(words), re.IGNORECASE)
        of = r"(?: (?:on|of|from|you (?:got|received|set|use))\b.{0,40})?"
        self._alone = self._made(rf"^(?:and |or )?(?:(?:your|the) (?:\w+ ){{0,2}}?)?<thing>(?: number)?{of}\W*$")

    def _made(self, pattern: str) -> re.Pattern[str]:
        for name, meant in self._parts.items():
            pattern = pattern.replace(name, meant)
        return compiled(pattern)

    def asked(self, text: str, *, foreign: bool) -> list[str]:
        """The words that ask for a secret."""
        plain = normalize("NFKC", UNSEEN.sub("", text.translate(QUOTES))).replace("\r", "")
        found = [hit[0] for hit in self._foreign.finditer(plain)]
        lowered = _SPACED.sub(lambda hit: hit[0].replace(" ", ""), _MARKS.sub("", plain).lower())
        if foreign:
            return [*found, *(hit[0] for hit in self._thing.finditer(lowered))]
        opened = _LIST_OPENS.sub(": ", lowered)
        sentences, whole = _sentences(opened), _sentences(_WRAP.sub(" ", opened))
        hits = [self._in_piece(one, self._asks) for one in dict.fromkeys((*sentences, *whole, *_items(lowered)))]
        hits += [self._in_piece(f"{one} {other}", self._refers) for one, other in pairwise(sentences)]
        return [*found, *dict.fromkeys(hit for hit in hits if hit)]

    def _in_piece(self, piece: str, asks: list[re.Pattern[str]]) -> str | None:
        for pattern in self._never:
            piece = pattern.sub("~", piece)
        for pattern in self._outright:
            if hit := pattern.search(piece):
                return hit[0].strip(" ,.")
        if not self._thing.search(piece):
            return None
        if piece.rstrip().endswith("?") and (alone := self._alone.match(piece)):
            return alone[0]
        return next((hit[0].strip(" ,.") for pattern in asks if (hit := pattern.search(piece))), None)


def _sentences(text: str) -> list[str]:
    return [" ".join(part.split()) for part in SENTENCES.split(text) if part.strip()]


def _items(text: str) -> Iterator[str]:
    """The entries of each list, each with the line that opens it: `Send us:` and `your password`."""
    lead = ""
    for row in text.split("\n"):
        item = _LIST_ITEM.match(row)
        if row.rstrip().endswith(":") and not item:
            lead = row.strip()
        elif item and lead:
            yield from (f"{lead} {part}" for part in SENTENCES.split(item[1]))
        elif row.strip():
            lead = ""
