"""Text -> ranked issues with one calibrated confidence: several bases, averaged, and a model of when they are right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.understanding.danger import Danger
from bot.understanding.encoder import Encoder
from bot.understanding.matcher_answer import AnswerModel, hints
from bot.understanding.matcher_bases import Bases, Scores, Seen, Words
from bot.understanding.reading import Candidate, Closest, Phrase, Ranked
from bot.understanding.text import plain

SHOWN = 10
CLOSEST = 3
WEIGHTS = {"joined": 1.5, "vector": 1.0, "near": 1.0, "fuzz": 0.35}


@dataclass(frozen=True)
class Calibration:
    """What was learnt by holding phrases and whole issues out: temperatures, and when the top answer is right."""

    heat: Mapping[str, float]
    answer: AnswerModel


@dataclass(frozen=True)
class Matcher:
    """The statistical reader of one set of phrases, which are in the order of the bases' texts."""

    phrases: Sequence[Phrase]
    words: Words
    bases: Bases
    names: Sequence[str]
    calibration: Calibration
    encoder: Encoder | None
    danger: Danger | None = None

    def rank(self, text: str) -> Ranked:
        """The issues for a message, best first."""
        return self.rank_many([text])[0]

    def rank_many(self, texts: Sequence[str]) -> list[Ranked]:
        """The issues for each of the messages."""
        asked = self._seen(texts)
        scores, like = self.bases.scores(asked)
        chances = mixed(scores, self.calibration.heat)
        right = self.calibration.answer.right(hints(chances, scores, asked))
        danger = self.danger.chances(asked) if self.danger else np.zeros(len(texts))
        facts = zip(chances, right, danger, like, strict=True)
        return [self._ranked(row, float(sure), float(alarm), near) for row, sure, alarm, near in facts]

    def danger_of(self, texts: Sequence[str]) -> list[float]:
        """For each of the messages alone the chance that it tells of danger (0 to 1)."""
        if self.danger is None or not texts:
            return [0.0] * len(texts)
        return [float(chance) for chance in self.danger.chances(self._seen(texts))]

    def _seen(self, texts: Sequence[str]) -> Seen:
        said = [plain(text)[:2000] for text in texts]
        return Seen(said, self.words.of(said), self.encoder.encode(said) if self.encoder else None)

    def _ranked(self, chances: Scores, right: float, danger: float, like: Scores) -> Ranked:
        order = np.argsort(chances)[::-1][:SHOWN]
        found = tuple(Candidate(self.names[label], float(chances[label])) for label in order)
        answer = self.calibration.answer
        return Ranked(found, right, answer.answer_at, answer.offer_at, self._closest(like), danger)

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
