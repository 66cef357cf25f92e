"""Sentences of the intents files that mean a fact: steps the user says they tried, and signals of an issue."""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from bot.understanding.catalog import Catalog
from bot.understanding.text import plain

ALIKE = 86.0
ALIKE_TRIED = 80.0
_ASKS_OR_WISHES = re.compile(
    r"(please )?(how|what|where|when|why|which|who|can|could|should|shall|may|do|does|is|are|will|would|"
    r"i want|i need|i would|i'd|we want|we need|help me|show me)\b"
)
"""A clause that begins so asks for a thing and does not say that it was done."""
_AMOUNTS = re.compile(r"\b(any|none|no|all|every|everyone|everybody|nobody|several|many|most|both|whole|others?)\b")


class SaidBefore:
    """Near-equal sentences (token order and slips of the pen forgiven); never a part of a sentence alone."""

    def __init__(self, catalog: Catalog) -> None:
        self._tried: dict[str, dict[str, str]] = {}
        self._signals: dict[str, dict[str, str]] = {}
        for intent in catalog.intents.values():
            self._tried[intent.id] = {
                plain(sentence): f"{intent.id}/{step.id}" for step in intent.steps for sentence in step.tried
            }
            if intent.signals:
                self._signals[intent.id] = {plain(when): rule.signal for rule in intent.signals for when in rule.when}

    def steps(self, text: str) -> tuple[str, ...]:
        """Steps, as issue/step, that a clause of the text says were done: of every issue that has such a step."""
        told = [clause for clause in clauses(text) if not _ASKS_OR_WISHES.match(clause)]
        return tuple(
            dict.fromkeys(
                found
                for clause in told
                for known in self._tried.values()
                for found in _nearest(clause, known, ALIKE_TRIED)
            )
        )

    def signals(self, text: str) -> tuple[tuple[str, str], ...]:
        """Facts that the text tells, each with the issue for which it counts."""
        parts = [plain(text), *clauses(text)]
        heard = [
            (issue, found)
            for issue, known in self._signals.items()
            for part in parts
            for found in _nearest(part, known, ALIKE)
        ]
        return tuple(dict.fromkeys(heard))


def clauses(text: str) -> list[str]:
    """The parts of a text that can stand alone."""
    marked = plain(text)
    for joint in (". ", "; ", ", ", "! ", "? ", " but ", " and ", "\n"):
        marked = marked.replace(joint, "\n")
    return [part for part in marked.split("\n") if len(part.split()) >= 3]


def _nearest(clause: str, known: Mapping[str, str], alike: float) -> list[str]:
    if not known:
        return []
    found = process.extractOne(clause, known.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=alike)
    if not found or (_AMOUNTS.search(found[0]) and not _AMOUNTS.search(clause)):
        return []
    return [known[found[0]]]
