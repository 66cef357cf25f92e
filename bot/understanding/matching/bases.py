"""The bases of the matcher: four ways to score issues for a message, each over words, vectors or spelling."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from scipy import sparse

from bot.understanding.matching.tfidf import Tfidf, parts_of_words, word_pairs

Scores = npt.NDArray[np.float32]
Labels = npt.NDArray[np.intp]
MOST_FOR_FUZZ = 3500
MOST_PARTS = 60_000


@dataclass(frozen=True)
class Words:
    """TF-IDF over words and over parts of words; slips of the pen keep most of their parts."""

    words: Tfidf
    parts: Tfidf

    @classmethod
    def learnt(cls, texts: Sequence[str], least: int = 1) -> tuple["Words", sparse.csr_matrix]:
        """The words that stand in `least` of these texts or more, and the texts' features."""
        words, by_word = Tfidf.learnt(texts, word_pairs, least=least)
        parts, by_part = Tfidf.learnt(texts, parts_of_words, MOST_PARTS)
        return cls(words, parts), sparse.hstack([by_word, by_part], format="csr", dtype=np.float32)

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """The features of texts."""
        return sparse.hstack([self.words.matrix(texts), self.parts.matrix(texts)], format="csr", dtype=np.float32)


@dataclass(frozen=True)
class Seen:
    """Texts with what the bases need of them."""

    texts: Sequence[str]
    words: sparse.csr_matrix
    vectors: Scores | None

    def part(self, rows: Labels) -> "Seen":
        """Some of the texts."""
        vectors = None if self.vectors is None else self.vectors[rows]
        return Seen([self.texts[row] for row in rows], self.words[rows], vectors)


@dataclass(frozen=True)
class Main:
    """The main directions of the vectors, in the place of all of them: as good beside words, and three times as quick."""

    middle: Scores
    turn: Scores

    def of(self, vectors: Scores) -> Scores:
        """The vectors in these directions."""
        return np.asarray((vectors - self.middle) @ self.turn, np.float32)


@dataclass(frozen=True)
class Linear:
    """A linear model that was learnt, as plain numbers: one column of weights for each of its labels."""

    weights: Scores
    offset: Scores
    labels: Labels

    def over(self, asked: Seen, main: Main | None) -> Scores:
        """Its scores over words, and main directions beside them."""
        split = asked.words.shape[1]
        raw = asked.words @ self.weights[:split] + self.offset
        if main is not None and asked.vectors is not None:
            raw = raw + main.of(asked.vectors) @ self.weights[split:]
        return np.asarray(raw, np.float32)

    def spread(self, raw: Scores, count: int) -> Scores:
        """One column for each of `count` labels; a label that was never seen scores low."""
        found = np.full((raw.shape[0], count), raw.min(initial=0) - 1, np.float32)
        found[:, self.labels] = raw
        return found


@dataclass(frozen=True)
class Bases:
    """The bases, fitted on texts that are sorted by label. Labels are numbers from 0."""

    seen: Seen
    count: int
    present: Labels
    edges: Labels
    """Where the texts of each present label begin."""
    centers: Scores
    main: Main | None
    joined: Linear
    by_vector: Linear | None
    spelled: Sequence[str]
    """The texts with their words in order, where spelling is compared; nothing where there are too many."""

    def scores(self, asked: Seen) -> tuple[dict[str, Scores], Scores]:
        """Base -> one row per text, one column per label; and how like each text is to each that was seen."""
        found = {"joined": self.joined.spread(self.joined.over(asked, self.main), self.count)}
        like = self._like(asked)
        if asked.vectors is not None and self.by_vector is not None:
            raw = asked.vectors @ self.by_vector.weights + self.by_vector.offset
            found["vector"] = self.by_vector.spread(np.asarray(raw, np.float32), self.count)
            found["near"] = 0.5 * self._best(like) + 0.5 * np.asarray(asked.vectors @ self.centers.T, np.float32)
        else:
            found["near"] = self._best(like)
        if self.spelled:
            close = process.cdist(in_order(asked.texts), self.spelled, scorer=fuzz.ratio, dtype=np.float32)
            found["fuzz"] = self._best(np.asarray(close / 100, np.float32))
        return found, like

    def _like(self, asked: Seen) -> Scores:
        if asked.vectors is not None and self.seen.vectors is not None:
            return np.asarray(asked.vectors @ self.seen.vectors.T, np.float32)
        return np.asarray((asked.words @ self.seen.words.T).todense() / 2, np.float32)

    def _best(self, like: Scores) -> Scores:
        """The best phrase of each label."""
        found = np.full((like.shape[0], self.count), -1.0, np.float32)
        found[:, self.present] = np.maximum.reduceat(like, self.edges, axis=1)
        return found


def in_order(texts: Sequence[str]) -> list[str]:
    """Texts with their words in alphabetical order: compared so, the order in which they were said does not count."""
    return [" ".join(sorted(text.split())) for text in texts]
