"""When is the top answer right? One calibrated number, and the two thresholds on it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.understanding.matching.bases import Scores, Seen


def hints(chances: Scores, scores: Mapping[str, Scores], asked: Seen) -> Scores:
    """What tells a right answer from a wrong one: chance, lead, spread, agreement, nearness, length."""
    order = np.sort(chances, axis=1)[:, ::-1]
    top = chances.argmax(axis=1)
    rows = np.arange(len(top))
    spread = -(chances * np.log(chances + 1e-9)).sum(axis=1)
    agree = np.mean([values.argmax(axis=1) == top for values in scores.values()], axis=0)
    second = order[:, 1] if order.shape[1] > 1 else np.zeros(len(top))
    near = scores["near"]
    columns = [
        np.log(order[:, 0] + 1e-6),
        order[:, 0] - second,
        order[:, :3].sum(axis=1),
        spread,
        agree,
        near[rows, top],
        near.max(axis=1),
        scores["joined"][rows, top],
        scores["joined"].max(axis=1) - np.partition(scores["joined"], -2, axis=1)[:, -2],
        np.log1p([len(text.split()) for text in asked.texts]),
        np.diff(asked.words.indptr) / np.maximum(1, [len(text) for text in asked.texts]),
    ]
    if "fuzz" in scores:
        columns += [scores["fuzz"].max(axis=1), scores["fuzz"][rows, top]]
    return np.column_stack(columns).astype(np.float32)


@dataclass(frozen=True)
class ConfidenceModel:
    """Says how likely the top answer is right; answer from `answer_at` on, offer from `offer_at` on."""

    weights: npt.NDArray[np.float64]
    """One for each hint, over hints as they are."""
    offset: float
    answer_at: float
    offer_at: float

    def right(self, rows: Scores) -> npt.NDArray[np.float64]:
        """The chance that the top answer is right, per row."""
        return chance_of(rows @ self.weights + self.offset)


def chance_of(raw: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A logistic model's score as a chance."""
    return np.asarray(1 / (1 + np.exp(-np.clip(raw, -500, 500))))
