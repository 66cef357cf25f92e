"""Messages -> issues, danger and facts: the lead's examples and strangers' voices, as one calibrated judgement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from bot.understanding.encoding.encoder import Encoder, Vectors
from bot.understanding.intents.names import EMERGENCY, WRONG_INFORMATION
from bot.understanding.matching.bases import Scores
from bot.understanding.matching.confidence_model import chance_of
from bot.understanding.matching.matcher import Matcher
from bot.understanding.pieces import Pieces, cut
from bot.understanding.reading import Candidate, Ranked
from bot.understanding.text.spelling import as_read
from bot.understanding.voices import heads
from bot.understanding.voices.models import Chances, VoiceModels, each, soft
from handoff.policy.names import (
    ACCOUNT_ACCESS_NEEDED,
    CRITICAL_WORKFLOW_BLOCKED,
    MEDICINE_TAKEN,
    MULTIPLE_USERS_AFFECTED,
)

SHOWN = 10
VOICES_COUNT = 0.75
"""How much strangers' voices count beside the lead's examples, for an issue that strangers have spoken of."""
SURER = {
    "angry": 0.7,
    "feature_fault": 0.5,
    MEDICINE_TAKEN: 0.97,
    "visit_soon": 0.7,
    "no_access_at_all": 0.8,
    MULTIPLE_USERS_AFFECTED: 0.8,
    "major_feature_broken": 0.6,
    ACCOUNT_ACCESS_NEEDED: 0.7,
    "severe_slowness": 0.7,
    CRITICAL_WORKFLOW_BLOCKED: 0.7,
    "system_unavailable": 0.95,
    f"{WRONG_INFORMATION}/contact_doctor": 0.8,
}
"""Facts that raise a priority far, or the alarm, must be nearly certain; so must the step that protects from a wrong dose."""
NEAR, SAME, NEAR_COUNTS, WORD_FOR_WORD = 0.8, 0.95, 0.5, 0.99
"""From which likeness on an example of the lead's counts more, and by how much when it says the very same; and when the
likeliest issue's own example was said, word for word: then it is certain enough."""
SIGNAL_AT, CLAUSE_AT, TRIED_AT = 0.4, 0.6, 0.3
"""From which chance on a fact is told by a message, by one clause of it, and a step was done. Of kept writers' openings one in 150
is then taken for a step done that was not; at .05 one in 15 was (docs/reader.md)."""
PLAINLY = 0.5
"""How likely another issue must be, by the words of a part alone, for the part to be read by itself."""
DANGER_MIX = np.array([0.64, 1.08, 0.39, 0.77], np.float32)
"""How much vector, words and issue count for danger, until it is calibrated."""
ANSWER_AT, OFFER_AT = 0.5, 0.08
"""Where there is no encoder, and so no calibration of its own."""


@dataclass(frozen=True)
class Recognized:
    """What is recognised in one text: issues best first, the chance of danger, and the facts that its words state."""

    ranked: Ranked
    hints: tuple[float, ...] = ()
    """What the confidence was judged by."""
    signals: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    """Steps, as issue/step, that the words say were done already."""


@dataclass(frozen=True)
class Found:
    """What is recognised in a message: in all of it, in each part, and the chance that each clause tells of danger."""

    whole: Recognized
    parts: tuple[Recognized, ...]
    dangers: tuple[float, ...]
    told: tuple[str, ...] = ()
    """Facts that one clause tells by itself."""


@dataclass(frozen=True)
class Recognizer:
    """Everything learnt that reads messages. Without voices the lead's examples decide alone."""

    matcher: Matcher
    voices: VoiceModels | None

    @property
    def encoder(self) -> Encoder | None:
        """The encoder both parts read with."""
        return self.matcher.encoder

    def cut(self, texts: Sequence[str]) -> list[Pieces]:
        """The messages in pieces; a part whose words alone name another issue than those of the whole is read by itself, because
        in the light of the whole it would say much the same."""
        said = [cut(text) for text in texts]
        if self.voices is None or self.encoder is None:
            return said
        return [self._with_parts_apart(self.voices, one) if one.parts else one for one in said]

    def _with_parts_apart(self, voices: VoiceModels, said: Pieces) -> Pieces:
        whole, *parts = _by_words(voices, [said.whole, *(part.text for part in said.parts)])
        apart = [one.issue != whole.issue and one.confidence >= PLAINLY for one in parts]
        return replace(said, parts=tuple(replace(p, apart=one) for p, one in zip(said.parts, apart, strict=True)))

    def by_words(self, texts: Sequence[str]) -> list[Candidate] | None:
        """What the words of each text alone name, which costs a small part of a reading; None without voices."""
        if self.voices is None or not texts:
            return None if self.voices is None else []
        return _by_words(self.voices, [as_read(text) for text in texts])

    def vectors(self, messages: Sequence[Pieces]) -> list[Vectors] | None:
        """For each message its vector, and one for each of its pieces; None without an encoder."""
        if self.encoder is None:
            return None
        return self.encoder.encode_pieces([(one.whole, one.spans) for one in messages])

    def recognize(self, messages: Sequence[Pieces], vectors: Sequence[Vectors] | None) -> list[Found]:
        """What each message says, and each of its parts and clauses."""
        counts = [(1 + len(one.parts), len(one.clauses)) for one in messages]
        named = [text for one in messages for text in (one.whole, *(part.text for part in one.parts))]
        clauses = [clause.text for one in messages for clause in one.clauses]
        read = None
        if vectors is not None:
            of_names = [rows[:names] for rows, (names, _) in zip(vectors, counts, strict=True)]
            of_clauses = [rows[names : names + more] for rows, (names, more) in zip(vectors, counts, strict=True)]
            read = np.vstack([*of_names, *of_clauses])
        by_examples = self.matcher.rank_seen(named, None if read is None else read[: len(named)])
        recognized, dangers = self._heard(by_examples, [*named, *clauses], read)
        mine, alone, told = iter(recognized), iter(dangers), self._told(messages, vectors)
        found = []
        for (names, more), facts in zip(counts, told, strict=True):
            whole, *parts = (next(mine) for _ in range(names))
            found.append(Found(whole, tuple(parts), tuple(next(alone) for _ in range(more)), facts))
        return found

    def _told(self, messages: Sequence[Pieces], vectors: Sequence[Vectors] | None) -> list[tuple[str, ...]]:
        """The facts that the clauses of each message tell."""
        clauses = [clause.text for one in messages for clause in one.told]
        if self.voices is None or not clauses:
            return [()] * len(messages)
        read = None
        if vectors is not None:
            read = np.vstack([rows[len(rows) - len(one.told) :] for one, rows in zip(messages, vectors, strict=True)])
        words = self.voices.message_words.of(clauses)
        facts = iter(self._several(heads.SIGNAL, words, read, CLAUSE_AT))
        return [tuple(dict.fromkeys(fact for _ in one.told for fact in next(facts))) for one in messages]

    def _heard(
        self, by_examples: Sequence[Ranked], texts: Sequence[str], vectors: Vectors | None
    ) -> tuple[list[Recognized], list[float]]:
        """The first texts with what the voices know of them; of the others the chance that they tell of danger (0 to 1)."""
        count = len(by_examples)
        if self.voices is None:
            return [Recognized(ranked) for ranked in by_examples], [0.0] * (len(texts) - count)
        words = self.voices.message_words.of(texts)
        chances = soft(self.voices.of_messages(heads.LABEL, words, vectors))
        danger = danger_of(danger_hints(self.voices, words, vectors, chances)).tolist()
        mine = None if vectors is None else vectors[:count]
        signals = self._several(heads.SIGNAL, words[:count], mine, SIGNAL_AT)
        tried = self._several(heads.TRIED, words[:count], mine, TRIED_AT)
        recognized = [
            Recognized(*self._joined(ranked, row, alarm, text), told, done)
            for ranked, row, alarm, text, told, done in zip(
                by_examples, chances, danger, texts, signals, tried, strict=False
            )
        ]
        return recognized, danger[count:]

    def _several(
        self, task: str, words: sparse.csr_matrix, vectors: Vectors | None, at_least: float
    ) -> list[tuple[str, ...]]:
        """The names of a task that hold for each text, of which there can be several or none."""
        assert self.voices is not None
        if task not in self.voices.tasks:
            return [()] * words.shape[0]
        names = self.voices.names(task)
        chances = each(self.voices.of_messages(task, words, vectors))
        levels = [max(at_least, SURER.get(name, 0.0)) for name in names]
        return [tuple(n for n, c, level in zip(names, row, levels, strict=True) if c >= level) for row in chances]

    def _joined(
        self, ranked: Ranked, voiced: Scores | Chances, danger: float, text: str
    ) -> tuple[Ranked, tuple[float, ...]]:
        """The two judgements as one. An issue that strangers never spoke of is judged by its examples alone."""
        assert self.voices is not None
        names = self.voices.names(heads.LABEL)
        strangers = {name: float(chance) for name, chance in zip(names, voiced, strict=True)}
        examples = {candidate.issue: candidate.confidence for candidate in ranked.all or ranked.candidates}
        unspoken = {issue: chance for issue, chance in examples.items() if issue not in strangers}
        rest = max(0.0, 1.0 - sum(unspoken.values()))
        nearest = ranked.closest[0].likeness if ranked.closest else 0.0
        count = VOICES_COUNT - NEAR_COUNTS * min(1.0, max(0.0, (nearest - NEAR) / (SAME - NEAR)))
        joined = {
            issue: rest * (count * strangers[issue] + (1 - count) * chance)
            for issue, chance in examples.items()
            if issue in strangers
        }
        joined |= unspoken
        order = sorted(joined, key=lambda issue: -joined[issue])
        top, second = order[0], order[1] if len(order) > 1 else order[0]
        rival = max(joined[second], rest * count * strangers.get(heads.ONLY_AN_ANSWER, 0.0))
        voiced_top = strangers.get(top, examples[top])
        facts = hints(joined[top], rival, voiced_top, examples[top], len(text.split()), ranked.confidence)
        sure, answer_at, offer_at = _confidence(facts, encoded=self.encoder is not None)
        if nearest >= WORD_FOR_WORD and ranked.closest[0].phrase.label == top:
            sure = max(sure, answer_at)
        joined_ranked = replace(
            ranked,
            candidates=tuple(Candidate(issue, joined[issue]) for issue in order[:SHOWN]),
            confidence=sure,
            answer_at=answer_at,
            offer_at=offer_at,
            danger=danger,
            all=(),
        )
        return joined_ranked, tuple(float(fact) for fact in facts)


def _by_words(voices: VoiceModels, texts: Sequence[str]) -> list[Candidate]:
    chances = soft(voices.of_messages(heads.LABEL, voices.message_words.of(texts), None))
    names = voices.names(heads.LABEL)
    return [Candidate(names[row.argmax()], float(row.max())) for row in chances]


def danger_hints(voices: VoiceModels, words: sparse.csr_matrix, vectors: Vectors | None, chances: Chances) -> Scores:
    """What speaks for danger in each text: its vector, its words, and how likely it is an emergency among all issues."""
    by_words = voices.tasks[heads.DANGER].scores(words)[:, 0]
    taught = heads.head(heads.DANGER)
    by_vector = by_words if vectors is None or taught is None else taught.scores(vectors)[:, 0]
    names = voices.names(heads.LABEL)
    column = names.index(EMERGENCY) if EMERGENCY in names else 0
    return np.column_stack([by_vector, by_words, np.log(chances[:, column] + 1e-5)]).astype(np.float32)


def danger_of(facts: Scores) -> Chances:
    """The chance of danger from what speaks for it."""
    mix = heads.levels().get("danger.mix", DANGER_MIX)
    return chance_of(np.asarray(facts @ mix[:3] + mix[3], np.float64))


def hints(first: float, second: float, voiced: float, by_examples: float, words: int, known: float) -> Scores:
    """What tells a right first issue from a wrong one: its chance, its lead before the next (or before no issue at all), both
    judgements, agreement, length."""
    return np.array(
        [
            np.log(first + 1e-6),
            first - second,
            voiced,
            by_examples,
            min(voiced, by_examples),
            np.log1p(words),
            known,
        ],
        np.float32,
    )


def _confidence(facts: Scores, *, encoded: bool) -> tuple[float, float, float]:
    """How likely the first issue is right, and from where on it is answered and offered."""
    taught = heads.levels()
    if not encoded or "confidence.w" not in taught:
        return float(np.exp(facts[0])), ANSWER_AT, OFFER_AT
    raw = np.array([float(facts @ taught["confidence.w"] + taught["confidence.b"][0])])
    answer_at, offer_at = (float(level) for level in taught["confidence.levels"])
    return float(chance_of(raw)[0]), answer_at, offer_at
