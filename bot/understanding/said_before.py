"""Sentences of the intents files that mean a fact, known by meaning: steps the user says they did, and signals of an issue."""

import re
from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz

from bot.understanding.catalog import Catalog
from bot.understanding.encoder import Encoder, Vectors
from bot.understanding.text import plain

TRIED_LIKE, SIGNAL_LIKE = 0.75, 0.84
"""How like a sentence of the file a clause must be (0 to 1) that tells of a step done, and of a fact."""
SPELLED_ALIKE = 0.82
MOST_CLAUSES, LONGEST = 6, 2000
_ASKS_OR_WISHES = re.compile(
    r"(?:please )?(?:how|what|where|when|why|which|who|can|could|should|shall|may|do|does|is|are|will|would|"
    r"i want|i need|i would|i'd|i will|i'll|we want|we need|help me|show me|if i|tell me|not sure|i don't know how)\b|.*\?$"
)
"""A clause that begins so asks for a thing and does not say that it was done."""
_CUT = re.compile(r"[.;,!?\n]+\s*|\s(?:but|and|then|so|pero|und|mais|mas|et|e|y)\s")


class SaidBefore:
    """What the files' sentences mean, with their vectors at hand; by spelling where there is no encoder."""

    def __init__(self, catalog: Catalog, encoder: Encoder | None) -> None:
        self._encoder = encoder
        tried = [
            (plain(sentence), intent.id, step.id)
            for intent in catalog.intents.values()
            for step in intent.steps
            for sentence in step.tried
        ]
        facts = [
            (plain(when), intent.id, rule.signal)
            for intent in catalog.intents.values()
            for rule in intent.signals
            for when in rule.when
        ]
        self._tried, self._facts = _Known(tried, encoder), _Known(facts, encoder)

    def reads(self, text: str) -> list[str]:
        """The parts of a text whose vectors are asked for."""
        return clauses(text)

    def steps(self, text: str, issues: Sequence[str]) -> tuple[str, ...]:
        """Steps of these issues, as issue/step, that a clause of the text says were done."""
        told = [clause for clause in clauses(text) if not _ASKS_OR_WISHES.match(clause)]
        found = self._tried.like(told, self._vectors(told), TRIED_LIKE, frozenset(issues))
        return tuple(dict.fromkeys(f"{issue}/{step}" for issue, step in found))

    def nearest_signal(self, text: str, issue: str) -> tuple[str, ...]:
        """The fact of an issue that the words come nearest to, for issues where one of several always holds."""
        return self._facts.nearest(self._vectors([plain(text)[:LONGEST]]), issue)

    def signals(self, text: str) -> tuple[tuple[str, str], ...]:
        """Facts that the text tells, each with the issue for which it counts."""
        told = list(dict.fromkeys([plain(text)[:LONGEST], *clauses(text)]))
        return tuple(dict.fromkeys(self._facts.like(told, self._vectors(told), SIGNAL_LIKE, None)))

    def _vectors(self, told: Sequence[str]) -> Vectors | None:
        return self._encoder.encode_few(told) if self._encoder and told else None


class _Known:
    def __init__(self, rows: Sequence[tuple[str, str, str]], encoder: Encoder | None) -> None:
        self._texts = [text for text, _, _ in rows]
        self._means = [(issue, meant) for _, issue, meant in rows]
        self._vectors = encoder.encode(self._texts) if encoder and rows else None

    def like(
        self, told: Sequence[str], vectors: Vectors | None, at_least: float, issues: frozenset[str] | None
    ) -> list[tuple[str, str]]:
        """What the clauses mean, the likest sentence of each issue that is like enough."""
        if not told or not self._texts:
            return []
        if vectors is not None and self._vectors is not None:
            scores = vectors @ self._vectors.T
        else:
            rows = [[fuzz.token_sort_ratio(clause, text) / 100 for text in self._texts] for clause in told]
            scores, at_least = np.array(rows, np.float32), max(at_least, SPELLED_ALIKE)
        found: list[tuple[str, str]] = []
        for row in scores:
            best: dict[str, int] = {}
            for column in np.flatnonzero(row >= at_least):
                issue = self._means[column][0]
                if (issues is None or issue in issues) and (issue not in best or row[column] > row[best[issue]]):
                    best[issue] = int(column)
            found += [self._means[column] for column in best.values()]
        return found

    def nearest(self, vectors: Vectors | None, issue: str) -> tuple[str, ...]:
        """What the likest sentence of one issue means; nothing where the issue has none, or there is no encoder."""
        mine = [column for column, (of, _) in enumerate(self._means) if of == issue]
        if not mine or vectors is None or self._vectors is None:
            return ()
        scores = (vectors @ self._vectors[mine].T).max(axis=0)
        return (self._means[mine[int(scores.argmax())]][1],)


def clauses(text: str) -> list[str]:
    """The parts of a text that can stand alone, the first few."""
    parts = [part.strip() for part in _CUT.split(plain(text))]
    return [part for part in parts if len(part.split()) >= 2][:MOST_CLAUSES]
