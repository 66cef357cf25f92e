"""TF-IDF with plain numbers and no learning library, so that a message is read, and a process starts, quickly."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

Analyze = Callable[[str], Iterable[str]]
Numbers = npt.NDArray[np.float32]
_WORD = re.compile(r"(?u)\b\w+\b")
SHORTEST, LONGEST = 2, 5


def word_pairs(text: str) -> list[str]:
    """The words of a text, and each two that stand side by side."""
    words = _WORD.findall(text)
    return [*words, *(f"{first} {second}" for first, second in pairwise(words))]


def parts_of_words(text: str) -> list[str]:
    """Every run of two to five letters inside a word, its edges marked by a space; a shorter word once."""
    parts: list[str] = []
    for word in text.split():
        marked = f" {word} "
        for length in range(SHORTEST, LONGEST + 1):
            if len(marked) <= length:
                parts.append(marked)
                break
            parts.extend(marked[start : start + length] for start in range(len(marked) - length + 1))
    return parts


@dataclass(frozen=True)
class Tfidf:
    """The features of texts: how often a term stands in a text (1 + log), times how rare it is, of length one."""

    analyze: Analyze
    columns: dict[str, int]
    rarity: Numbers

    @classmethod
    def learnt(
        cls, texts: Sequence[str], analyze: Analyze, most: int | None = None
    ) -> tuple["Tfidf", sparse.csr_matrix]:
        """The terms of these texts, the `most` frequent ones only, and the texts' own features."""
        counted = [Counter(analyze(text)) for text in texts]
        often, held = Counter[str](), Counter[str]()
        for terms in counted:
            held.update(terms.keys())
            if most is not None:
                often.update(terms)
        kept = sorted(held if most is None or len(held) <= most else (term for term, _ in often.most_common(most)))
        within = np.array([held[term] for term in kept], np.float64)
        rarity = np.log((1 + len(texts)) / (1 + within)) + 1
        made = cls(analyze, {term: column for column, term in enumerate(kept)}, rarity.astype(np.float32))
        return made, made._matrix(counted)

    def matrix(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """One row of features per text; terms that were never learnt are left out."""
        return self._matrix([Counter(self.analyze(text)) for text in texts])

    def _matrix(self, counted: Sequence[Counter[str]]) -> sparse.csr_matrix:
        rows = [self._row(terms) for terms in counted]
        ends = np.cumsum([0, *(len(found) for found, _ in rows)], dtype=np.int32)
        where = np.concatenate([found for found, _ in rows]) if rows else np.zeros(0, np.int32)
        what = np.concatenate([weight for _, weight in rows]) if rows else np.zeros(0, np.float32)
        return sparse.csr_matrix((what, where, ends), shape=(len(rows), len(self.columns)))

    def _row(self, terms: Counter[str]) -> tuple[npt.NDArray[np.int32], Numbers]:
        known = [(column, count) for term, count in terms.items() if (column := self.columns.get(term)) is not None]
        found = np.array([column for column, _ in known], np.int32)
        weight = (1 + np.log(np.array([count for _, count in known], np.float32))) * self.rarity[found]
        return found, np.asarray(weight / max(float(np.linalg.norm(weight)), 1e-9), np.float32)
