"""When is the top answer right? One calibrated number, and the two thresholds on it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from bot.understanding.matcher_bases import Scores, Seen

KNOWN, HIDDEN, FOREIGN = 0, 1, 2
"""What a held-out row is: of an issue that was learnt, of one that was hidden, or out of scope by its label."""
SHARE_OUTSIDE, SHARE_OUTSIDE_WHEN_TOLD = 0.5, 0.05
"""How much of the messages is taken to be out of scope: half, as with real support bots; little, where rows say what it is."""
LEVELS = np.concatenate([np.linspace(0.01, 0.2, 39), np.linspace(0.21, 0.9, 70)])
OFFER_SHARE = 0.1
"""Of the way from nothing to the answer threshold, where offering begins."""
Flags = npt.NDArray[np.bool_]
Kinds = npt.NDArray[np.intp]


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
        np.asarray((asked.words > 0).sum(axis=1)).ravel() / np.maximum(1, [len(text) for text in asked.texts]),
    ]
    if "fuzz" in scores:
        columns += [scores["fuzz"].max(axis=1), scores["fuzz"][rows, top]]
    return np.column_stack(columns).astype(np.float32)


@dataclass(frozen=True)
class AnswerModel:
    """Says how likely the top answer is right; answer from `answer_at` on, offer from `offer_at` on."""

    scaler: StandardScaler
    model: LogisticRegression
    answer_at: float
    offer_at: float

    def right(self, rows: Scores) -> npt.NDArray[np.float64]:
        """The chance that the top answer is right, per row."""
        return np.asarray(self.model.predict_proba(self.scaler.transform(rows))[:, 1])

    @classmethod
    def fit(cls, rows: Scores, right: Flags, kinds: Kinds, caution: float) -> "AnswerModel":
        """Learn it from what was held out. `kinds` tells what each row is; `caution` is what a wrong answer costs."""
        scaler = StandardScaler().fit(rows)
        known = kinds == KNOWN
        weight = np.where(known, 1.0, max(0.2, min(1.0, known.sum() / max(1, (~known).sum()))))
        seen, truth = scaler.transform(rows), right
        if right.all() or not right.any():  # nothing to tell apart: one doubt, so that there is a line to draw
            seen, truth, weight = np.vstack([seen, -seen[:1]]), np.append(right, not right[0]), np.append(weight, 1.0)
        model = LogisticRegression(C=1.0, max_iter=300).fit(seen, truth, sample_weight=weight)
        chance = model.predict_proba(scaler.transform(rows))[:, 1]
        answer_at = best_threshold(chance, right, kinds, caution)
        return cls(scaler, model, answer_at, answer_at * OFFER_SHARE)


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
