"""Text -> ranked issues with one calibrated confidence: several bases, averaged, and a model of when they are right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.understanding.encoding.encoder import Encoder, Vectors
from bot.understanding.matching.bases import Bases, Scores, Seen, Words
from bot.understanding.matching.confidence_model import ConfidenceModel, hints
from bot.understanding.reading import Candidate, Closest, Phrase, Ranked
from bot.understanding.text.spelling import as_read

SHOWN = 10
CLOSEST = 3
WEIGHTS = {"joined": 1.5, "vector": 1.0, "near": 1.0, "fuzz": 0.35}


@dataclass(frozen=True)
class Calibration:
    """What was learnt by holding phrases and whole issues out: temperatures, and when the top answer is right."""

    heat: Mapping[str, float]
    answer: ConfidenceModel


@dataclass(frozen=True)
class Matcher:
    """The statistical reader of one set of phrases, which are in the order of the bases' texts."""

    phrases: Sequence[Phrase]
    words: Words
    bases: Bases
    names: Sequence[str]
    calibration: Calibration
    encoder: Encoder | None

    def rank(self, text: str) -> Ranked:
        """The issues for a message, best first."""
        return self.rank_many([text])[0]

    def rank_many(self, texts: Sequence[str]) -> list[Ranked]:
        """The issues for each of the messages."""
        said = [as_read(text)[:2000] for text in texts]
        return self.rank_seen(said, self.encoder.encode(said) if self.encoder else None)

    def rank_seen(self, texts: Sequence[str], vectors: Vectors | None) -> list[Ranked]:
        """The same for plain texts whose vectors are known."""
        asked = Seen(texts, self.words.of(texts), vectors)
        scores, like = self.bases.scores(asked)
        chances = mixed(scores, self.calibration.heat)
        right = self.calibration.answer.right(hints(chances, scores, asked))
        return [self._ranked(row, float(sure), near) for row, sure, near in zip(chances, right, like, strict=True)]

    def _ranked(self, chances: Scores, right: float, like: Scores) -> Ranked:
        order = np.argsort(chances)[::-1]
        found = tuple(Candidate(self.names[label], float(chances[label])) for label in order)
        answer = self.calibration.answer
        closest = self._closest(like)
        return Ranked(found[:SHOWN], right, answer.answer_at, answer.offer_at, closest, all=found)

    def _closest(self, like: Scores) -> tuple[Closest, ...]:
        few = np.argpartition(like, -CLOSEST)[-CLOSEST:] if len(like) > CLOSEST else np.arange(len(like))
        order = few[np.argsort(like[few])[::-1]]
        return tuple(Closest(self.phrases[index], float(like[index])) for index in order)


def mixed(scores: Mapping[str, Scores], heat: Mapping[str, float]) -> Scores:
    """The weighted mean of the bases' chances, each made soft by its own temperature."""
    whole = sum(WEIGHTS[name] * soft(values * heat[name]) for name, values in scores.items())
    return np.asarray(whole / sum(WEIGHTS[name] for name in scores), np.float32)


def soft(values: Scores) -> Scores:
    """Scores as chances."""
    raised = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)
