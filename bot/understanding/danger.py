"""May somebody be in danger? A second look beside the rules, learnt from examples and from what only sounds like it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from bot.understanding.encoder import Encoder
from bot.understanding.matcher_bases import Joined, Seen, Words
from bot.understanding.text import plain

MISSING_COSTS = 2.0
"""A missed emergency beside a false alarm, while learning."""
UNLIKE_COUNTS = 3.0
"""How much more than others the sentences count that only sound like it."""


@dataclass(frozen=True)
class Alarm:
    """What the sense learns from besides the phrases of the issue itself."""

    issue: str
    more: tuple[str, ...]
    unlike: tuple[str, ...]


class Danger:
    """The chance that a message tells of danger, over words and vectors."""

    def __init__(
        self, alarm: Alarm, words: Words, joining: Joined, seen: Seen, labels: Sequence[str], encoder: Encoder | None
    ) -> None:
        texts = [plain(text) for text in (*alarm.more, *alarm.unlike)]
        extra = Seen(texts, words.of(texts), encoder.encode(texts) if encoder and texts else None)
        truth = np.array(
            [label == alarm.issue for label in labels] + [True] * len(alarm.more) + [False] * len(alarm.unlike)
        )
        weight = np.ones(len(truth))
        weight[len(labels) + len(alarm.more) :] = UNLIKE_COUNTS
        features = joining.stacked(seen, extra)
        self._joining = joining
        self._model = LogisticRegression(C=10, solver="liblinear", class_weight={True: MISSING_COSTS, False: 1.0})
        self._model.fit(features, truth, sample_weight=weight)

    def chances(self, asked: Seen) -> npt.NDArray[np.float64]:
        """One chance per text."""
        return np.asarray(self._model.predict_proba(self._joining.of(asked))[:, 1])
