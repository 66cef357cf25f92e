"""What is said of a request that people have (`llámenme`, `any news`, `ya funciona`, `so eine Frechheit`): told by its likeness to the
sayings of of_request.yml, in any language that is read."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from bot.understanding.encoding.encoder import Vectors
from bot.understanding.reading import Act, Meant
from bot.understanding.text.spelling import as_read
from handoff.data_files import Strict, read_yaml, validated
from handoff.text_files import Review

FILE = Path(__file__).with_name("of_request.yml")
NEAREST, AHEAD = 2, 0.03
"""So many of the likest sayings of each act count, and how much liker they must be than those of any other."""
NUMBERS = re.compile(r"\+?\(?\d[\d ().-]{5,}\d")
"""What a number is of is told by the words beside it."""


class SayingsFile(Strict):
    """The file: each act with how it is said; `tells` is what is only added."""

    review: Review
    contact: tuple[str, ...]
    status: tuple[str, ...]
    helped: tuple[str, ...]
    close: tuple[str, ...]
    frustration: tuple[str, ...]
    tells: tuple[str, ...]


@lru_cache(maxsize=1)
def sayings() -> tuple[tuple[str, Act], ...]:
    """Each saying as it is read, with what it does."""
    file = validated(SayingsFile, read_yaml(FILE, FILE.parents[3]))
    acts: dict[Act, tuple[str, ...]] = {
        "contact": file.contact,
        "status": file.status,
        "helped": file.helped,
        "close": file.close,
        "frustration": file.frustration,
        "add": file.tells,
    }
    return tuple((as_read(one), act) for act, found in acts.items() for one in found)


def without_numbers(text: str) -> str:
    """The words beside them."""
    return NUMBERS.sub(" ", text).strip(" ,;:")


def told_by(known: Sequence[tuple[str, Act]], likeness: Vectors) -> Meant:
    """The act whose sayings are the likest, and how like (0 to 1); `unclear` where another is as like."""
    of_each: dict[Act, list[float]] = {}
    for (_, act), like in zip(known, likeness, strict=True):
        of_each.setdefault(act, []).append(float(like))
    like = {act: float(np.mean(sorted(found)[-NEAREST:])) for act, found in of_each.items()}
    first, second, *_ = sorted(like, key=lambda act: -like[act])
    ahead = like[first] - like[second] >= AHEAD
    return Meant(first if ahead else "unclear", min(like[first], 1.0))
