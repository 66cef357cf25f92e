"""TF-IDF with plain numbers and no learning library, so that a message is read, and a process starts, quickly."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

Analyze = Callable[[str], Iterable[str]]
Numbers = npt.NDArray[np.float32]
_WORD = re.compile(r"(?u)\b\w+\b")
SHORTEST, LONGEST = 2, 5
USUAL_LENGTH, MOST_KEPT = 14, 10_000


def word_pairs(text: str) -> list[str]:
    """The words of a text, and each two that stand side by side."""
    words = _WORD.findall(text)
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def parts_of_words(text: str) -> list[str]:
    """Every run of two to five letters inside a word, its edges marked by a space; a shorter word once."""
    parts: list[str] = []
    for word in text.split():
        parts += _parts_of_usual(word) if len(word) <= USUAL_LENGTH else _parts_of(word)
    return parts


def _parts_of(word: str) -> tuple[str, ...]:
    marked, parts = f" {word} ", list[str]()
    for length in range(SHORTEST, LONGEST + 1):
        if len(marked) <= length:
            return (*parts, marked)
        parts += [marked[start : start + length] for start in range(len(marked) - length + 1)]
    return tuple(parts)


_parts_of_usual = lru_cache(MOST_KEPT)(_parts_of)
"""The same few thousand words make up nearly everything that is said."""


@dataclass(frozen=True)
class Tfidf:
    """The features of texts: how often a term stands in a text (1 + log), times how rare it is, of length one."""

    analyze: Analyze
    columns: dict[str, int]
    rarity: Numbers

    @classmethod
    def learnt(
        cls, texts: Sequence[str], analyze: Analyze, most: int | None = None, least: int = 1
    ) -> tuple["Tfidf", sparse.csr_matrix]:
        """The terms that stand in `least` of these texts or more, the `most` frequent ones only, and the texts' own features."""
        counted = [Counter(analyze(text)) for text in texts]
        often, held = Counter[str](), Counter[str]()
        for terms in counted:
            held.update(terms.keys())
            if most is not None:
                often.update(terms)
        usual = [term for term, texts_with_it in held.items() if texts_with_it >= least]
        kept = sorted(usual if most is None or len(usual) <= most else (term for term, _ in often.most_common(most)))
        within = np.array([held[term] for term in kept], np.float64)
        rarity = np.log((1 + len(texts)) / (1 + within)) + 1
        made = cls(analyze, {term: column for column, term in enumerate(kept)}, rarity.astype(np.float32))
        return made, made._matrix(counted)

    def matrix(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """One row of features per text; terms that were never learnt are left out."""
        return self._matrix([Counter(self.analyze(text)) for text in texts])

    def _matrix(self, counted: Sequence[Counter[str]]) -> sparse.csr_matrix:
        column_of, where, often, ends = self.columns.get, list[int](), list[int](), [0]
        for terms in counted:
            known = [(column, count) for term, count in terms.items() if (column := column_of(term)) is not None]
            where.extend(column for column, _ in known)
            often.extend(count for _, count in known)
            ends.append(len(where))
        found = np.array(where, np.int32)
        weight = (1 + np.log(np.array(often, np.float32))) * self.rarity[found]
        lengths = np.sqrt(np.bincount(np.repeat(np.arange(len(counted)), np.diff(ends)), weight**2, len(counted)))
        weight = weight / np.repeat(np.maximum(lengths, 1e-9), np.diff(ends))
        filled = (weight.astype(np.float32), found, np.array(ends, np.int32))
        return sparse.csr_matrix(filled, shape=(len(counted), len(self.columns)))
