"""The bases of the matcher: four ways to score issues for a message, each over words, vectors or spelling."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

Scores = npt.NDArray[np.float32]
MOST_FOR_FUZZ = 3500
VECTOR_WEIGHT, MAIN_DIRECTIONS = 1.7, 128
WORD = r"(?u)\b\w+\b"


class Words:
    """TF-IDF over words and over parts of words; slips of the pen keep most of their parts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD, dtype=np.float32)
        self._parts = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, max_features=60_000, dtype=np.float32
        )
        self.matrix = sparse.hstack([self._words.fit_transform(texts), self._parts.fit_transform(texts)], format="csr")

    def of(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """The features of other texts."""
        return sparse.hstack([self._words.transform(texts), self._parts.transform(texts)], format="csr")


@dataclass(frozen=True)
class Seen:
    """Texts with what the bases need of them."""

    texts: Sequence[str]
    words: sparse.csr_matrix
    vectors: Scores | None

    def part(self, rows: npt.NDArray[np.intp]) -> "Seen":
        """Some of the texts."""
        vectors = None if self.vectors is None else self.vectors[rows]
        return Seen([self.texts[row] for row in rows], self.words[rows], vectors)


class Joined:
    """Words and vector side by side; the vector by its main directions alone, which learns three times as fast."""

    def __init__(self, seen: Seen) -> None:
        self._middle: Scores | None = None
        if seen.vectors is not None:
            self._middle = np.asarray(seen.vectors.mean(axis=0), np.float32)
            apart = seen.vectors - self._middle
            _, directions = np.linalg.eigh(apart.T @ apart)
            self._turn = np.asarray(directions[:, ::-1][:, :MAIN_DIRECTIONS] * VECTOR_WEIGHT, np.float32)

    def of(self, asked: Seen) -> sparse.csr_matrix:
        """The features of texts."""
        if self._middle is None or asked.vectors is None:
            return asked.words
        main = sparse.csr_matrix((asked.vectors - self._middle) @ self._turn)
        return sparse.hstack([asked.words, main], format="csr")

    def stacked(self, *texts: Seen) -> sparse.csr_matrix:
        """The features of several sets of texts, one below the other."""
        return sparse.vstack([self.of(some) for some in texts if len(some.texts)], format="csr")


def _by_vector(seen: Seen, labels: npt.NDArray[np.intp]) -> LogisticRegression | None:
    if seen.vectors is None:
        return None
    return LogisticRegression(C=20, tol=1e-3, max_iter=300).fit(seen.vectors, labels)


class Bases:
    """The bases, fitted on labelled texts. Labels are numbers from 0."""

    def __init__(self, seen: Seen, labels: npt.NDArray[np.intp], count: int, *, fuzzy: bool) -> None:
        self.seen, self.labels, self.count = seen, labels, count
        self.present = np.unique(labels)
        self.joining = Joined(seen)
        with ThreadPoolExecutor(1) as beside:
            by_vector = beside.submit(_by_vector, seen, labels)
            joined = LinearSVC(C=0.7, tol=1e-2, max_iter=300, random_state=0).fit(self.joining.of(seen), labels)
            self._by_vector = by_vector.result()
        joined.coef_ = joined.coef_.astype(np.float32)  # half the memory, the same order of answers
        self._joined = joined
        self._fuzzy = fuzzy
        self._onehot = sparse.csr_matrix(
            (np.ones(len(labels), np.float32), (labels, np.arange(len(labels)))), (count, len(labels))
        )
        per_label = np.asarray(self._onehot.sum(axis=1)).ravel()
        self._mean = sparse.diags(1 / np.maximum(per_label, 1)) @ self._onehot
        self._starts = np.argsort(labels, kind="stable")
        self._edges = np.searchsorted(labels[self._starts], self.present)
        self._centers = self._centroids()

    def _centroids(self) -> Scores:
        vectors = self.seen.vectors if self.seen.vectors is not None else None
        if vectors is None:
            return np.zeros((self.count, 1), np.float32)
        centers = np.asarray(self._mean @ vectors, np.float32)
        return np.asarray(centers / np.maximum(np.linalg.norm(centers, axis=1, keepdims=True), 1e-9), np.float32)

    def scores(self, asked: Seen) -> dict[str, Scores]:
        """Base -> one row per text, one column per label; a label that was never seen scores low."""
        found = {"joined": self._spread(self._joined, self.joining.of(asked))}
        if asked.vectors is not None and self._by_vector is not None and self.seen.vectors is not None:
            found["vector"] = self._spread(self._by_vector, asked.vectors)
            like: Scores = np.asarray(asked.vectors @ self.seen.vectors.T, np.float32)
            found["near"] = 0.5 * self._best(like) + 0.5 * np.asarray(asked.vectors @ self._centers.T, np.float32)
        else:
            like = np.asarray((asked.words @ self.seen.words.T).todense() / 2, np.float32)
            found["near"] = self._best(like)
        if self._fuzzy:
            close = process.cdist(asked.texts, self.seen.texts, scorer=fuzz.token_sort_ratio, dtype=np.float32)
            found["fuzz"] = self._best(np.asarray(close / 100, np.float32))
        return found

    def _best(self, like: Scores) -> Scores:
        """The best phrase of each label."""
        found = np.full((like.shape[0], self.count), -1.0, np.float32)
        found[:, self.present] = np.maximum.reduceat(like[:, self._starts], self._edges, axis=1)
        return found

    def _spread(self, model: LinearSVC | LogisticRegression, features: object) -> Scores:
        raw = np.asarray(model.decision_function(features), np.float32)
        if raw.ndim == 1:
            raw = np.stack([-raw, raw], axis=1)
        found = np.full((raw.shape[0], self.count), raw.min(initial=0) - 1, np.float32)
        found[:, model.classes_] = raw
        return found
