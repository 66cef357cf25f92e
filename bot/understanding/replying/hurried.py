"""That something is wanted by a time (`please fix it today`, `lo necesito hoy`): no day of a visit, and no news that it works."""

from functools import lru_cache
from pathlib import Path

from bot.understanding.reading import Act
from bot.understanding.text.spelling import as_read
from handoff.data_files import Strict, read_yaml, validated
from handoff.text_files import Review

FILE, LIKE = Path(__file__).with_name("hurried.yml"), 0.6
"""How like the likest saying must be: of 22 such wishes in twelve languages that are not in the file 17 are then heard, and of 16 other
sentences with a time in them none."""


class HurryFile(Strict):
    """The file: what wants it by a time, and what only tells of one."""

    review: Review
    wants: tuple[str, ...]
    tells: tuple[str, ...]


@lru_cache(maxsize=1)
def sayings() -> tuple[tuple[str, Act], ...]:
    """Each saying as it is read: a yes to whether it is wanted by a time, or a no."""
    file = validated(HurryFile, read_yaml(FILE, FILE.parents[3]))
    return (*((as_read(one), "yes") for one in file.wants), *((as_read(one), "no") for one in file.tells))
