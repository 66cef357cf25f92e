"""What we taught to tell from a sentence's vector: linear heads, and small networks where a line was not enough; beside the
encoder's adapter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from bot.understanding.encoding.encoder import Vectors

TAUGHT = Path(__file__).parent / "taught.npz"
"""The heads, and the levels that were chosen for them (tools/teach/); made together with the encoder's adapter."""

LABEL, DANGER, ACT, QUESTION, SIGNAL, TRIED = "label", "danger", "act", "question", "signal", "tried"
ACT_IN_STEP, BUTTON = "act_in_step", "button"
"""What a reply does, read beside the step it answers; and whether it means one button of that step."""
WORDING = "wording"
"""What is wrong with a text that a lead wrote (bot/authoring/wording_judge.py)."""
ASIDE = "aside."
"""What strangers asked about steps, by how its name begins."""
LEVELS = ("danger.mix", "danger.levels", "confidence.")
"""What was chosen for the heads, by how its name begins."""
ONLY_AN_ANSWER, ONE_IN = "only_an_answer", 9
"""A name of the issue's head that is no issue: words that make sense only as an answer to us. So many of them teach it."""


@dataclass(frozen=True)
class Hidden:
    """A layer of units before the columns, each off below zero."""

    weights: Vectors
    offset: Vectors

    def of(self, vectors: Vectors) -> Vectors:
        """How far each unit is on, one row per vector."""
        return np.asarray(np.maximum(vectors @ self.weights + self.offset, 0.0), np.float32)


@dataclass(frozen=True)
class Head:
    """One task: a column of weights for each of its names."""

    weights: Vectors
    offset: Vectors
    names: tuple[str, ...]
    hidden: Hidden | None = None

    def scores(self, vectors: Vectors) -> Vectors:
        """One row per vector, one column per name; log odds, not yet made soft."""
        seen = vectors if self.hidden is None else self.hidden.of(vectors)
        return np.asarray(seen @ self.weights + self.offset, np.float32)

    def over(self, vectors: Vectors, names: Sequence[str]) -> Vectors:
        """The same with its columns in the order of `names`; a name it was never taught scores as the lowest."""
        own = self.scores(vectors)
        found = np.full((len(vectors), len(names)), own.min(initial=0.0), np.float32)
        for column, name in enumerate(names):
            if name in self.names:
                found[:, column] = own[:, self.names.index(name)]
        return found


def everything() -> dict[str, Vectors]:
    """All that was taught, by name: for the tools that write it anew."""
    with np.load(TAUGHT) as kept:
        return {name: kept[name] for name in kept.files}


@lru_cache(maxsize=1)
def levels() -> Mapping[str, Vectors]:
    """The levels and mixtures that were chosen for the heads, by name; the weights do not lie in memory a second time."""
    with np.load(TAUGHT) as kept:
        return {name: kept[name] for name in kept.files if name.startswith(LEVELS)}


@lru_cache(maxsize=1)
def asides() -> Mapping[str, Any]:
    """What strangers asked about steps: `vectors`, and of each its issue, step and answer (replying/asides.py)."""
    with np.load(TAUGHT) as kept:
        return {name.removeprefix(ASIDE): kept[name] for name in kept.files if name.startswith(ASIDE)}


@cache
def head(task: str) -> Head | None:
    """The head of a task; None where the adapter has none."""
    with np.load(TAUGHT) as kept:
        if f"{task}.w" not in kept:
            return None
        names = tuple(str(name) for name in kept.get(f"{task}.names", np.array([task])))
        weights = np.ascontiguousarray(kept[f"{task}.w"].astype(np.float32).T)
        return Head(weights, kept[f"{task}.b"].astype(np.float32), names, _hidden(kept, task))


def _hidden(kept: Mapping[str, Vectors], task: str) -> Hidden | None:
    if f"{task}.hidden.w" not in kept:
        return None
    weights = np.ascontiguousarray(kept[f"{task}.hidden.w"].astype(np.float32))
    return Hidden(weights, kept[f"{task}.hidden.b"].astype(np.float32))
