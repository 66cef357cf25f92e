"""What teaches the head of the steps done, and how it is fitted."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.understanding.encoding.encoder import Vectors
from bot.understanding.intents.catalog import load_catalog
from bot.understanding.text.plain import plain
from bot.understanding.voices.rows import load_voices

CLOSELY, COUNTS, ONE_MESSAGE_IN = 10.0, 2.0, 1
"""How closely a line is fitted, how much a step done counts beside one that is not, and of how many messages one tells of none."""


def told() -> list[tuple[str, frozenset[str]]]:
    """Texts with the steps that they say were done, as issue/step: strangers' openings, the files' own sentences, and ordinary first
    messages, which tell of none."""
    voices, intents = load_voices(), load_catalog().intents.values()
    rows = [(one.text, frozenset(f"{one.issue}/{step}" for step in one.steps)) for one in voices.done]
    rows += [(said, frozenset((f"{i.id}/{step.id}",))) for i in intents for step in i.steps for said in step.tried]
    rows += [(one.text, frozenset()) for one in voices.messages[::ONE_MESSAGE_IN]]
    return [(plain(text), done) for text, done in rows]


def fitted(vectors: Vectors, done: Sequence[AbstractSet[str]]) -> tuple[list[str], Vectors, Vectors]:
    """The steps that anybody did, and the weights and the offset of a line for each of them."""
    names = sorted({name for steps in done for name in steps})
    weight = {True: COUNTS, False: 1.0}
    lines = [
        LogisticRegression(C=CLOSELY, max_iter=300, class_weight=weight).fit(vectors, [name in one for one in done])
        for name in names
    ]
    return names, np.vstack([one.coef_ for one in lines]), np.concatenate([one.intercept_ for one in lines])
