"""Sentences of the intents files that mean a fact, known by meaning: steps the user says they did, and signals of an issue."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from bot.understanding.encoding.encoder import Encoder, Vectors
from bot.understanding.intents.catalog import Catalog
from bot.understanding.intents.intent_file import Intent
from bot.understanding.matching.bases import in_order
from bot.understanding.matching.cache import cached_vectors
from bot.understanding.matching.semantic_match import denies
from bot.understanding.pieces import Pieces, cut
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from bot.understanding.text.spelling import as_read

TRIED_LIKE, SIGNAL_LIKE = (0.66, 0.76), (0.74, 0.84)
"""How like a sentence of the file words must be (0 to 1) that tell of a step done, and of a fact: as a small part of what is told,
and as all of it. In the light of the rest a clause is never as like a sentence that stands alone."""
SPELLED_ALIKE = 0.82
SAME_WORDS, FEWEST_SAME, OF_THE_MATTER = 0.6, 2, 0.05
"""Which part of the telling words of a clause and a sentence together both have, and how many: `pressed resend twice`; and from which
part of an issue's examples on a word tells of the matter and of no deed: `forgot my password`."""
_ASKS_OR_WISHES = PHRASES.phrases["asks_or_wishes"]


class PhraseMatcher:
    """What the files' sentences mean, with their vectors at hand; by spelling where there is no encoder."""

    def __init__(self, catalog: Catalog, encoder: Encoder | None, cache: Path | None = None) -> None:
        self._encoder = encoder
        tried = [
            (as_read(sentence), intent.id, step.id)
            for intent in catalog.intents.values()
            for step in intent.steps
            for sentence in step.tried
        ]
        facts = [
            (as_read(when), intent.id, rule.signal)
            for intent in catalog.intents.values()
            for rule in intent.signals
            for when in rule.when
        ]
        matters = {intent.id: words_of_the_matter(intent) for intent in catalog.intents.values()}
        self._tried, self._facts = _Known(tried, encoder, cache, matters), _Known(facts, encoder, cache)

    def heard(self, text: str) -> "Told":
        """A text as it is looked through for steps and facts."""
        said = cut(text)
        return told_in(said, self._encoder.encode_pieces([(said.whole, said.spans)])[0] if self._encoder else None)

    def steps(self, told: "Told", issues: Sequence[str]) -> tuple[str, ...]:
        """Steps of these issues, as issue/step, that a clause says were done."""
        says = [number for number, clause in enumerate(told.clauses) if not _ASKS_OR_WISHES.is_in(clause)]
        vectors = None if told.vectors is None else told.vectors[1:][says]
        clauses = [told.clauses[number] for number in says]
        found = self._tried.like(clauses, vectors, told.levels(clauses, TRIED_LIKE), frozenset(issues))
        return tuple(dict.fromkeys(f"{issue}/{step}" for issue, step in found))

    def nearest_signal(self, told: "Told", issue: str) -> tuple[str, ...]:
        """The fact of an issue that the words come nearest to, for issues where one of several always holds."""
        return self._facts.nearest(None if told.vectors is None else told.vectors[:1], issue)

    def signals(self, told: "Told") -> tuple[tuple[str, str], ...]:
        """Facts that the text tells, each with the issue for which it counts."""
        said = [told.whole, *told.clauses]
        return tuple(dict.fromkeys(self._facts.like(said, told.vectors, told.levels(said, SIGNAL_LIKE), None)))


def words_of_the_matter(intent: Intent) -> set[str]:
    """Words that many of an issue's examples have."""
    said = Counter(word for example in intent.examples for word in set(telling_words(plain(example))))
    return {word for word, count in said.items() if count >= OF_THE_MATTER * len(intent.examples)}


@dataclass(frozen=True)
class Told:
    """A text and its clauses, and a vector for each of them."""

    whole: str
    clauses: tuple[str, ...]
    vectors: Vectors | None

    def levels(self, said: Sequence[str], at_least: tuple[float, float]) -> list[float]:
        """How like each of these parts of the text must be: the more of it a part is, the more."""
        part, whole = at_least
        return [part + (whole - part) * min(1.0, len(one) / max(1, len(self.whole))) for one in said]


def told_in(said: Pieces, vectors: Vectors | None) -> Told:
    """The text and its clauses, whose vectors are the first row and the last ones."""
    clauses = tuple(piece.text for piece in said.told)
    if vectors is not None:
        vectors = np.vstack([vectors[:1], vectors[len(vectors) - len(clauses) :]])
    return Told(said.whole, clauses, vectors)


class _Known:
    def __init__(
        self,
        rows: Sequence[tuple[str, str, str]],
        encoder: Encoder | None,
        cache: Path | None,
        matters: Mapping[str, set[str]] | None = None,
    ) -> None:
        """Where the words of each matter are given, sentences are known by their own words too."""
        self._words = [(set(telling_words(text)), matters[issue]) for text, issue, _ in rows] if matters else []
        self._holding: dict[str, list[int]] = {}
        for number, (words, _) in enumerate(self._words):
            for word in words:
                self._holding.setdefault(word, []).append(number)
        self._texts = [text for text, _, _ in rows]
        self._spelled = in_order(self._texts)
        self._means = [(issue, meant) for _, issue, meant in rows]
        self._vectors = cached_vectors(self._texts, encoder, cache) if encoder and rows else None

    def like(
        self, told: Sequence[str], vectors: Vectors | None, at_least: Sequence[float], issues: frozenset[str] | None
    ) -> list[tuple[str, str]]:
        """What the clauses mean, the likest sentence of each issue that is like enough."""
        if not told or not self._texts:
            return []
        levels = np.array(at_least, np.float32)[:, None]
        spelled = process.cdist(in_order(told), self._spelled, scorer=fuzz.ratio, dtype=np.float32) / 100
        scores = np.where(spelled >= SPELLED_ALIKE, spelled, 0.0)
        for number, clause in enumerate(told):
            np.maximum(scores[number], self._same_words(clause), out=scores[number])
        if vectors is not None and self._vectors is not None:
            meant = vectors @ self._vectors.T
            scores = np.maximum(scores, np.where(meant >= levels, meant, 0.0))
        found: list[tuple[str, str]] = []
        for row in scores:
            best: dict[str, int] = {}
            for column in np.flatnonzero(row):
                issue = self._means[column][0]
                if (issues is None or issue in issues) and (issue not in best or row[column] > row[best[issue]]):
                    best[issue] = int(column)
            found += [self._means[column] for column in best.values()]
        return found

    def _same_words(self, clause: str) -> NDArray[np.float32]:
        """The part of their telling words that a clause and each sentence share, where it is most of them; nothing is done by what
        is denied."""
        scores, said = np.zeros(len(self._texts), np.float32), set() if denies(clause) else set(telling_words(clause))
        shared = Counter(number for word in said for number in self._holding.get(word, ()))
        for number, same in shared.items():
            words, matter = self._words[number]
            all_words = len(said | words)
            if same >= FEWEST_SAME and (said & words) - matter and same >= SAME_WORDS * all_words:
                scores[number] = same / all_words
        return scores

    def nearest(self, vectors: Vectors | None, issue: str) -> tuple[str, ...]:
        """What the likest sentence of one issue means; nothing where the issue has none, or there is no encoder."""
        mine = [column for column, (of, _) in enumerate(self._means) if of == issue]
        if not mine or vectors is None or self._vectors is None:
            return ()
        scores = (vectors @ self._vectors[mine].T).max(axis=0)
        return (self._means[mine[int(scores.argmax())]][1],)
