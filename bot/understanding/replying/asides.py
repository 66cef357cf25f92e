"""A question about a step: which of its issue's approved answers is asked for, if any. Told by what strangers asked there, each with
the answer that two readers found, or none."""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from bot.understanding.encoding.encoder import Vectors
from bot.understanding.intents.intent_file import Intent
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from bot.understanding.voices import heads

NEAREST, SHARPLY, SAME_STEP = 9, 12.0, 0.05
"""So many of the likest questions vote, how much more the likest of them count, and how much it counts to be asked at the same step."""
ENOUGH = 0.6
"""So much of the vote an answer needs: of writers who are kept out, three of four answers are then right (docs/reader.md)."""
LIKE_AN_ASK, THE_SAME = 0.7, 0.95
"""How like one of the file's own questions it must be where no stranger asked anything of this issue; and from where on it is that very
question, whatever strangers meant by words that are near to it."""
YES_OR_NO = PHRASES.phrases["yes_or_no"]
_CLAUSE = re.compile(r"([^.;!?]+)([.;!?]*)")


@dataclass(frozen=True)
class Asked:
    """What strangers asked while a step of one issue was before them."""

    vectors: Vectors
    steps: tuple[str, ...]
    answers: tuple[str, ...]
    """The first question of the answer that was asked for; nothing where none of them answers it."""


def answer_to(question: Vectors, own: Vectors, intent: Intent, step: str) -> int | None:
    """The number of the approved answer (the file's `glossary`) that a question asks for; None where none of them does. `own` are the
    vectors of the file's own questions, in their order."""
    numbers = [number for number, entry in enumerate(intent.glossary) for _ in entry.asks]
    like_own, asked = own @ question, _asked().get(intent.id)
    best = int(like_own.argmax())
    if asked is None or like_own[best] >= THE_SAME:
        return numbers[best] if like_own[best] >= LIKE_AN_ASK else None
    named = {entry.asks[0]: number for number, entry in enumerate(intent.glossary)}
    like_asked = asked.vectors @ question + SAME_STEP * np.array([one == step for one in asked.steps])
    return _voted(np.concatenate([like_own, like_asked]), [*numbers, *(named.get(answer) for answer in asked.answers)])


def questions_in(text: str) -> list[str]:
    """The whole text, and each clause of it, that may ask for a yes or no: by its mark or beginning, or by foreign letters."""
    clauses = [(one[1].strip(), one[2]) for one in _CLAUSE.finditer(text)]
    may_ask = [
        one for one, mark in ((text, text), *clauses) if "?" in mark or YES_OR_NO.is_in(one) or not one.isascii()
    ]
    return [one for one in may_ask if one]


def own_questions(intent: Intent) -> tuple[str, ...]:
    """The questions of the file itself, as they are read."""
    return tuple(plain(ask) for entry in intent.glossary for ask in entry.asks)


def _voted(likes: npt.NDArray[np.float64], answers: list[int | None]) -> int | None:
    nearest = np.argsort(-likes)[:NEAREST]
    votes: dict[int | None, float] = {}
    for place in nearest:
        votes[answers[place]] = votes.get(answers[place], 0.0) + float(np.exp(SHARPLY * likes[place]))
    best = max(votes, key=lambda answer: votes[answer])
    return best if votes[best] >= ENOUGH * sum(votes.values()) else None


@lru_cache(maxsize=1)
def _asked() -> dict[str, Asked]:
    """By issue."""
    kept = heads.asides()
    if not kept:
        return {}
    issues, steps, answers = (kept[name] for name in ("issues", "steps", "answers"))
    found = {}
    for issue in np.unique(issues):
        rows = issues == issue
        found[str(issue)] = Asked(
            kept["vectors"][rows].astype(np.float32),
            tuple(str(one) for one in steps[rows]),
            tuple(str(one) for one in answers[rows]),
        )
    return found
