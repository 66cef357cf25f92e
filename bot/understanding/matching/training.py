"""Learns a matcher from phrases. Apart from the matcher itself, because the learning library takes a second to load."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from bot.understanding.encoding.encoder import Encoder
from bot.understanding.matching.bases import MOST_FOR_FUZZ, Bases, Labels, Linear, Main, Scores, Seen, Words, in_order
from bot.understanding.matching.confidence_model import ConfidenceModel, chance_of, hints
from bot.understanding.matching.matcher import Calibration, Matcher, mixed, soft
from bot.understanding.reading import Phrase
from bot.understanding.text.spelling import as_read

OUT_OF_SCOPE = "out_of_scope"
ROUNDS, ROUNDS_WHEN_LARGE = 4, 3
LARGE = 5000
SHARE_HIDDEN = 0.25
FEWEST_TO_SPLIT, REST = 4, -1
VECTOR_WEIGHT, MAIN_DIRECTIONS = 1.7, 128
KNOWN, HIDDEN, FOREIGN = 0, 1, 2
"""What a held-out row is: of an issue that was learnt, of one that was hidden, or out of scope by its label."""
SHARE_OUTSIDE, SHARE_OUTSIDE_WHEN_TOLD = 0.5, 0.05
"""How much of the messages is taken to be out of scope: half, as with real support bots; little, where rows say what it is."""
LEVELS = np.concatenate([np.linspace(0.01, 0.2, 39), np.linspace(0.21, 0.9, 70)])
OFFER_SHARE = 0.1
"""Of the way from nothing to the answer threshold, where offering begins."""
Flags = npt.NDArray[np.bool_]
Kinds = npt.NDArray[np.intp]
Progress = Callable[[str, float], None]
Held = tuple[dict[str, Scores], Labels, Seen]
"""What the bases said of texts they had not seen, their labels (-1: an issue they had not seen, -2: out of scope), and the texts."""


def train(
    phrases: Sequence[Phrase],
    encoder: Encoder | None,
    *,
    calibration: Calibration | None = None,
    vectors: Scores | None = None,
    progress: Progress | None = None,
    caution: float = 1.0,
) -> Matcher:
    """A matcher for these phrases; `vectors` are theirs. With an earlier calibration only the bases are fitted anew.
    `caution`: what a wrong answer costs, beside a right one."""
    told = progress or (lambda _what, _part: None)
    told("vectors", 0.0)
    if vectors is None and encoder is not None:
        vectors = encoder.encode([as_read(phrase.text) for phrase in phrases])
    told("words", 0.3)
    order = sorted(range(len(phrases)), key=lambda row: phrases[row].label)
    inside = [row for row in order if phrases[row].label != OUT_OF_SCOPE]
    outside = [row for row in order if phrases[row].label == OUT_OF_SCOPE]
    words, features = Words.learnt([as_read(phrases[row].text) for row in inside])
    kept = [phrases[row] for row in inside]
    names = sorted({phrase.label for phrase in kept})
    labels = np.array([names.index(phrase.label) for phrase in kept], np.intp)
    seen = _seen(phrases, inside, features, vectors)
    foreign = None
    if outside:
        foreign = _seen(phrases, outside, words.of([as_read(phrases[row].text) for row in outside]), vectors)
    fuzzy = len(inside) <= MOST_FOR_FUZZ
    if calibration is None:
        calibration = calibrated(seen, labels, len(names), foreign, fuzzy=fuzzy, progress=told, caution=caution)
    told("bases", 0.9)
    bases = fitted(seen, labels, len(names), fuzzy=fuzzy)
    told("done", 1.0)
    return Matcher(kept, words, bases, names, calibration, encoder)


def _seen(phrases: Sequence[Phrase], rows: list[int], features: sparse.csr_matrix, vectors: Scores | None) -> Seen:
    texts = [as_read(phrases[row].text) for row in rows]
    return Seen(texts, features, None if vectors is None else vectors[rows])


def fitted(seen: Seen, labels: Labels, count: int, *, fuzzy: bool) -> Bases:
    """The bases for these texts, which are sorted by label."""
    # one thread each: the arithmetic library's own threads wait for each other four times as long as they save
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(1) as beside:
        main = _main_directions(seen.vectors)
        by_vector = beside.submit(_by_vector, seen.vectors, labels)
        joined = _by_words_and_vector(_side_by_side(seen, main), labels)
        found = by_vector.result()
    present, edges = np.unique(labels, return_index=True)
    centers = np.zeros((count, 1), np.float32)
    if seen.vectors is not None:
        centers = np.zeros((count, seen.vectors.shape[1]), np.float32)
        sums = np.add.reduceat(seen.vectors, edges, axis=0)
        centers[present] = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return Bases(seen, count, present, edges, centers, main, joined, found, in_order(seen.texts) if fuzzy else [])


def _main_directions(vectors: Scores | None) -> Main | None:
    if vectors is None:
        return None
    middle = np.asarray(vectors.mean(axis=0), np.float32)
    apart = vectors - middle
    _, directions = np.linalg.eigh(apart.T @ apart)
    return Main(middle, np.asarray(directions[:, ::-1][:, :MAIN_DIRECTIONS] * VECTOR_WEIGHT, np.float32))


def _side_by_side(seen: Seen, main: Main | None) -> sparse.csr_matrix:
    """Words and main directions as one set of features."""
    if main is None or seen.vectors is None:
        return seen.words
    return sparse.hstack([seen.words, sparse.csr_matrix(main.of(seen.vectors))], format="csr")


def _by_words_and_vector(features: sparse.csr_matrix, labels: Labels) -> Linear:
    """Each label against the rest; half of the labels at a time side by side, since none depends on another."""
    present = np.unique(labels)
    halves = np.array_split(present, 2) if len(present) >= FEWEST_TO_SPLIT else [present]

    def fit(half: Labels) -> Linear:
        learnt = LinearSVC(C=0.7, tol=0.1, max_iter=300, random_state=0)
        model = _as_numbers(learnt.fit(features, np.where(np.isin(labels, half), labels, REST)))
        known = model.labels != REST
        return Linear(model.weights[:, known], model.offset[known], model.labels[known])

    with ThreadPoolExecutor(len(halves)) as threads:
        parts = list(threads.map(fit, halves))
    weights = np.ascontiguousarray(np.hstack([part.weights for part in parts]))
    return Linear(weights, np.concatenate([part.offset for part in parts]), present)


def _by_vector(vectors: Scores | None, labels: Labels) -> Linear | None:
    if vectors is None:
        return None
    return _as_numbers(LogisticRegression(C=20, tol=1e-3, max_iter=300).fit(vectors, labels))


def _as_numbers(model: LinearSVC | LogisticRegression) -> Linear:
    """What was learnt, without the library; of two labels the library keeps one column, and this both."""
    weights, offset = np.asarray(model.coef_, np.float32), np.asarray(model.intercept_, np.float32)
    if len(model.classes_) == 2:
        weights, offset = np.vstack([-weights, weights]), np.concatenate([-offset, offset])
    return Linear(np.ascontiguousarray(weights.T), offset, model.classes_)


def calibrated(
    seen: Seen,
    labels: Labels,
    count: int,
    foreign: Seen | None,
    *,
    fuzzy: bool,
    progress: Progress,
    caution: float,
) -> Calibration:
    """Learn temperatures and the answer model from phrases and whole issues that a round does not see."""
    kept = _held_out(seen, labels, count, foreign, fuzzy=fuzzy, progress=progress)
    heat = {name: temperature([(s[name], t) for s, t, _ in kept]) for name in kept[0][0]}
    rows = [hints(mixed(scores, heat), scores, part) for scores, _, part in kept]
    right = np.concatenate([mixed(scores, heat).argmax(axis=1) == truth for scores, truth, _ in kept])
    kinds = np.concatenate([np.select([truth >= 0, truth == -1], [KNOWN, HIDDEN], FOREIGN) for _, truth, _ in kept])
    return Calibration(heat, confidence_model(np.concatenate(rows), right, kinds, caution))


def _held_out(
    seen: Seen, labels: Labels, count: int, foreign: Seen | None, *, fuzzy: bool, progress: Progress
) -> list[Held]:
    """Every phrase once as a stranger; in each round some issues are hidden whole, and some of their phrases asked."""
    random = np.random.default_rng(7)
    rounds = ROUNDS_WHEN_LARGE if len(labels) > LARGE else ROUNDS
    fold = folds(labels, rounds, random)
    hidden_orders = random.permutation(count)
    shown = random.random((rounds, len(labels))) < 0.6

    def held_out(turn: int) -> list[Held]:
        progress("held out", 0.3 + 0.6 * turn / rounds)
        hidden = hidden_orders[turn::rounds][: max(1, int(count * SHARE_HIDDEN))] if count > 3 else hidden_orders[:0]
        unknown = np.isin(labels, hidden)
        learn = np.flatnonzero((fold != turn) & ~unknown)
        if len(np.unique(labels[learn])) < 2:
            return []
        asked = np.flatnonzero((fold == turn) | (unknown & shown[turn]))
        bases = fitted(seen.part(learn), labels[learn], count, fuzzy=fuzzy)
        part = seen.part(asked)
        found = [(bases.scores(part)[0], np.where(unknown[asked], -1, labels[asked]), part)]
        if foreign is not None:
            mine = foreign.part(np.arange(turn, len(foreign.texts), rounds))
            found.append((bases.scores(mine)[0], np.full(len(mine.texts), -2, np.intp), mine))
        return found

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return [held for round_ in threads.map(held_out, range(rounds)) for held in round_]


def folds(labels: Labels, rounds: int, random: np.random.Generator) -> Labels:
    """A round for each phrase, so that every round holds out its share of every issue."""
    fold = np.zeros(len(labels), np.intp)
    for label in np.unique(labels):
        rows = random.permutation(np.flatnonzero(labels == label))
        fold[rows] = (np.arange(len(rows)) + random.integers(rounds)) % rounds
    return fold


def temperature(rounds: Sequence[tuple[Scores, Labels]]) -> float:
    """The factor that makes a base's chances most honest on what it had not seen (least log loss)."""
    best, least = 1.0, np.inf
    for factor in np.geomspace(0.3, 60, 24):
        losses = []
        for scores, truth in rounds:
            known = truth >= 0
            if known.any():
                chances = soft(scores[known] * np.float32(factor))
                losses.append(-np.log(chances[np.arange(known.sum()), truth[known]] + 1e-9))
        loss = float(np.concatenate(losses).mean()) if losses else np.inf
        if loss < least:
            best, least = float(factor), loss
    return best


def confidence_model(rows: Scores, right: Flags, kinds: Kinds, caution: float) -> ConfidenceModel:
    """Learn it from what was held out. `kinds` tells what each row is; `caution` is what a wrong answer costs."""
    scaler = StandardScaler().fit(rows)
    known = kinds == KNOWN
    weight = np.where(known, 1.0, max(0.2, min(1.0, known.sum() / max(1, (~known).sum()))))
    asked, truth = scaler.transform(rows), right
    if right.all() or not right.any():  # nothing to tell apart: one doubt, so that there is a line to draw
        asked, truth, weight = np.vstack([asked, -asked[:1]]), np.append(right, not right[0]), np.append(weight, 1.0)
    model = LogisticRegression(C=1.0, max_iter=300).fit(asked, truth, sample_weight=weight)
    weights = np.asarray(model.coef_[0] / scaler.scale_, np.float64)
    offset = float(model.intercept_[0] - (model.coef_[0] * scaler.mean_ / scaler.scale_).sum())
    answer_at = best_threshold(chance_of(rows @ weights + offset), right, kinds, caution)
    return ConfidenceModel(weights, offset, answer_at, answer_at * OFFER_SHARE)


def best_threshold(chance: npt.NDArray[np.float64], right: Flags, kinds: Kinds, caution: float) -> float:
    """Where answering gains most: a right answer counts one, one to what is out of scope costs one, a wrong one
    `caution`. Real out-of-scope rows are used when there are any; hidden issues stand in for them otherwise."""
    real = bool((kinds == FOREIGN).any())
    outside = kinds == (FOREIGN if real else HIDDEN)
    share = SHARE_OUTSIDE_WHEN_TOLD if real else SHARE_OUTSIDE
    each = (kinds == KNOWN).sum() * share / (1 - share) / max(1, outside.sum())
    worth = np.where(outside, -each, np.where(right, 1.0, -caution)) * ((kinds == KNOWN) | outside)
    gains = [(worth * (chance >= level)).sum() for level in LEVELS]
    return float(LEVELS[int(np.argmax(gains))])
