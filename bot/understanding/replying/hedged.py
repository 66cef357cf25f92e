"""A soft answer to a question for yes or no (`I don't think so`, `more or less`, `maybe`): told by its likeness to the approved ones of
hedged.yml, in any language."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from bot.understanding.encoding.encoder import Vectors
from bot.understanding.reading import Act, Meant
from bot.understanding.text.spelling import as_read
from handoff.data_files import Strict, read_yaml, validated
from handoff.text_files import Review

FILE = Path(__file__).with_name("hedged.yml")
LIKE, AHEAD = 0.68, 0.03
"""How like the likest saying must be, and how much more than any that says otherwise. Of 87 answers in thirteen languages that are not
in the file, a third of them danger in the form of a soft no, 80 are then told rightly, one is asked again, and no danger is a no."""
ACTS: Mapping[str, Act] = {"soft_no": "no", "soft_yes": "yes", "open": "unclear"}


class Hedges(Strict):
    """Sayings of one kind of question."""

    soft_no: tuple[str, ...]
    soft_yes: tuple[str, ...]
    open: tuple[str, ...]


class HedgeFile(Strict):
    """The file: soft answers to any question for yes or no, and those to whether somebody is in danger."""

    review: Review
    any: Hedges
    safety: Hedges


@lru_cache(maxsize=1)
def _file() -> HedgeFile:
    return validated(HedgeFile, read_yaml(FILE, FILE.parents[3]))


@lru_cache(maxsize=2)
def sayings(*, of_danger: bool) -> tuple[tuple[str, Act], ...]:
    """Each saying as it is read, with what it says."""
    groups = (_file().any, _file().safety) if of_danger else (_file().any,)
    return tuple((as_read(one), act) for group in groups for name, act in ACTS.items() for one in getattr(group, name))


def told_by(
    said: str, known: Sequence[tuple[str, Act]], likeness: Vectors | None = None, at_least: float = LIKE
) -> Meant | None:
    """What a soft answer says; None for whatever is none, or may be two. `likeness` tells how like it is to each that is known; without
    it only the very words are known."""
    if likeness is None:
        return next((Meant(act, 1.0) for one, act in known if one == said), None)
    best: dict[Act, float] = {}
    for (_, act), like in zip(known, likeness, strict=True):
        best[act] = max(best.get(act, -1.0), float(like))
    (act, first), *others = sorted(best.items(), key=lambda one: -one[1])
    sure = first >= at_least and all(first - like >= AHEAD for _, like in others)
    return Meant(act, min(first, 1.0)) if sure else None
