"""What strangers' words teach: for each task a linear model over words, beside the encoder's head for the same task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bot.understanding.encoding.encoder import Vectors
from bot.understanding.matching.bases import Scores, Words
from bot.understanding.voices import heads

Chances = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Blend:
    """How the two scores of a task become one: the weight of each, before they are made soft."""

    by_words: float
    by_head: float


BLENDS: Mapping[str, Blend] = {
    heads.LABEL: Blend(4.0, 0.5),
    heads.DANGER: Blend(0.7, 1.0),
    heads.ACT: Blend(2.0, 0.7),
    heads.ACT_IN_STEP: Blend(5.0, 1.0),
    heads.QUESTION: Blend(2.0, 0.7),
    heads.SIGNAL: Blend(0.7, 1.0),
    heads.TRIED: Blend(0.7, 1.0),
}
"""Chosen on writers that neither had learnt from (docs/reader.md)."""


@dataclass(frozen=True)
class ByWords:
    """A linear model over words and parts of words."""

    weights: sparse.csr_matrix
    """One row per word, one column per name: most words say nothing of most names."""
    offset: Scores
    names: tuple[str, ...]

    def scores(self, features: sparse.csr_matrix) -> Scores:
        """One row per text, one column per name."""
        return np.asarray((features @ self.weights).toarray() + self.offset, np.float32)


@dataclass(frozen=True)
class VoiceModels:
    """One vocabulary for messages, one for replies, and a model over words for each task."""

    message_words: Words
    reply_words: Words
    tasks: Mapping[str, ByWords]
    sayings: Mapping[tuple[str, str, str], tuple[str, ...]]
    """(issue, step, button) -> what strangers typed who meant that button."""
    version: str

    def of_messages(self, task: str, words: sparse.csr_matrix, vectors: Vectors | None) -> Scores:
        """The scores for a task of messages whose words (`message_words.of`) and vectors are known."""
        return self._blended(task, words, vectors)

    def of_replies(self, task: str, texts: Sequence[str], vectors: Vectors | None) -> Scores:
        """The scores of replies for a task; a text holds the reply, and what stood before it as words of its own kind."""
        return self._blended(task, self.reply_words.of(texts), vectors)

    def of_answers(self, texts: Sequence[str], beside: Vectors | None) -> Scores:
        """The scores of the acts for replies to a step, each with its vector beside that step's (replying/beside_step.py)."""
        return self._blended(heads.ACT, self.reply_words.of(texts), beside, heads.ACT_IN_STEP)

    def names(self, task: str) -> tuple[str, ...]:
        """What the columns of a task are."""
        return self.tasks[task].names

    def _blended(
        self, task: str, features: sparse.csr_matrix, vectors: Vectors | None, by_head: str | None = None
    ) -> Scores:
        model, blend, taught = self.tasks[task], BLENDS[by_head or task], heads.head(by_head or task)
        own = model.scores(features) * blend.by_words
        if vectors is None or taught is None:
            return own
        return np.asarray(own + taught.over(vectors, model.names) * blend.by_head, np.float32)


def soft(scores: Scores) -> Chances:
    """Scores of names that exclude each other, as chances."""
    raised = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def each(scores: Scores) -> Chances:
    """Scores of names that stand alone, as chances."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores.astype(np.float64), -30, 30))))
