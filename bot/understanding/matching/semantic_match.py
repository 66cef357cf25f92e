"""Which of a few approved sentences does somebody mean? By sentence vectors; by spelling alone where there are none."""

from collections.abc import Mapping, Sequence

import numpy as np
from rapidfuzz import fuzz

from bot.understanding.encoding.encoder import Encoder, Vectors
from bot.understanding.text.cuts import WORD_OR_SHORT
from bot.understanding.text.plain import plain

MOST_KEPT, COMPARED = 2000, 3
SPELLED_ALIKE = 0.88


DENIALS = frozenset(
    """no not never nothing none nobody neither nor without cannot unable cant wont dont doesnt didnt isnt arent wasnt
    werent hasnt havent hadnt couldnt wouldnt shouldnt""".split()
)
SAYING = frozenset("i it they he she we is are was were has have had been can could do does did will would see".split())
"""Words of an option that says something, and does not only name it."""


def denies(text: str) -> bool:
    """True when something is denied: not, never, won't (also without its apostrophe)."""
    return any(word in DENIALS or word.endswith("n't") for word in WORD_OR_SHORT.findall(plain(text)))


def _may_mean(text: str, option: str) -> bool:
    """False when one denies what the other says; what only names a thing, and says nothing of it, can be meant by both."""
    says_something = not SAYING.isdisjoint(WORD_OR_SHORT.findall(plain(option)))
    return denies(text) == denies(option) or not (says_something or denies(option))


class SemanticMatcher:
    """Compares in meaning; what it was compared with stays at hand."""

    def __init__(self, encoder: Encoder | None) -> None:
        self._encoder = encoder
        self._kept: dict[str, Vectors] = {}

    def closest(self, text: str, options: Sequence[str], at_least: float, ahead: float = 0.0) -> int | None:
        """The number of the option that is like the text by `at_least` (0 to 1) and by `ahead` more than the next; or None.
        What is denied is never taken for what is not: vectors hardly tell the two apart."""
        if not options or not text.strip():
            return None
        if self._encoder is None:
            scores = [fuzz.token_sort_ratio(plain(text), plain(option)) / 100 for option in options]
            at_least = max(at_least, SPELLED_ALIKE)
        else:
            scores = list(self._likeness(self._encoder, text, options))
        order = sorted(range(len(options)), key=lambda number: -scores[number])
        best = scores[order[0]]
        second = scores[order[1]] if len(order) > 1 else 0.0
        alike = best >= at_least and best - second >= ahead
        return order[0] if alike and _may_mean(text, options[order[0]]) else None

    def group_of(self, text: str, groups: Mapping[str, Sequence[str]], at_least: float, ahead: float) -> str | None:
        """The name of the group whose three likest sentences are like the text by `at_least`, and by `ahead` more than any other's;
        None where none is, and without vectors."""
        if self._encoder is None or not text.strip():
            return None
        options = [one for sentences in groups.values() for one in sentences]
        scores = iter(self._likeness(self._encoder, text, options))
        like = {
            name: float(np.mean(sorted(next(scores) for _ in sentences)[-COMPARED:]))
            for name, sentences in groups.items()
        }
        best, *others = sorted(like, key=lambda name: -like[name])
        next_best = like[others[0]] if others else 0.0
        return best if like[best] >= at_least and like[best] - next_best >= ahead else None

    def likest(self, text: str, options: Sequence[str], ahead: float = 0.0) -> int | None:
        """The number of the option that is about the same as the text, whatever it says of it: the first, unless another is so much
        liker; None without vectors."""
        if not options or self._encoder is None:
            return None
        scores = self._likeness(self._encoder, text, options)
        best = int(np.argmax(scores))
        return best if scores[best] >= scores[0] + ahead else 0

    def _likeness(self, encoder: Encoder, text: str, options: Sequence[str]) -> Vectors:
        """How like each option is to the text. Of the two only options come again and again, and are kept here."""
        said = encoder.encode_few([plain(text)])[0]
        return np.asarray(self._vectors(encoder, [plain(option) for option in options]) @ said, np.float32)

    def _vectors(self, encoder: Encoder, options: Sequence[str]) -> Vectors:
        kept = self._kept if len(self._kept) < MOST_KEPT else {}
        fresh = [one for one in dict.fromkeys(options) if one not in kept]
        if fresh:
            kept = kept | dict(zip(fresh, encoder.encode(fresh), strict=True))
            self._kept = kept  # as a whole: other threads read it meanwhile
        return np.stack([kept[one] for one in options])
