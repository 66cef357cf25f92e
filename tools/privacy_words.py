"""Makes bot/understanding/words/harmless.txt.gz from a word list and lists of names. Run by hand when either changes.

apt-get download wamerican-small; pip download names Faker      (unpack them; they are not needed afterwards)
python -m tools.privacy_words WORD_LIST NAMES_FOLDER FAKER_PERSON_FOLDER
"""

import gzip
import re
import sys
from pathlib import Path

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

OUT = Path(__file__).resolve().parents[1] / "bot" / "understanding" / "words" / "harmless.txt.gz"
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_QUOTED = re.compile(r"""["']([A-Z][A-Za-z]{1,20})["']""")
NO_NAMES = (ENGLISH_STOP_WORDS - {"bill", "will", "may", "mine", "found"}) | {
    "doctor",
    "english",
    "day",
    "visit",
    "code",
}
RARE_SURNAME = 12_000
"""A word that is a surname of fewer people than this rank says is a word."""
MOST_COMMON_FIRST_NAMES = 450
"""A word that is also one of the most common first names is hidden in lower case too (jack, rob, peter)."""
STILL_WORDS = frozenset(
    (
        "will", "may", "mark", "grant", "hope", "bill", "joy", "dawn", "summer", "april", "june", "august",
        "page", "rose", "grace", "faith", "chance", "chase", "drew", "rich", "art", "sue", "pat", "ray",
        "dean",
    )
)  # fmt: skip
"""First names that people write as words all the time."""


def main(word_list: Path, names: Path, faker: Path) -> None:
    """Write each harmless word on a line; `*` marks one that is also a name."""
    words = {word for word in word_list.read_text(encoding="utf-8").split() if _WORD.fullmatch(word)}
    first = _census(names, "dist.female.first") + _census(names, "dist.male.first")
    common_first = {*_census(names, "dist.female.first")[:MOST_COMMON_FIRST_NAMES]}
    common_first |= {*_census(names, "dist.male.first")[:MOST_COMMON_FIRST_NAMES]}
    all_names = {*first, *_census(names, "dist.all.last")[:RARE_SURNAME], *_faker(faker)} - NO_NAMES
    kept = sorted(words - (common_first - STILL_WORDS - NO_NAMES))
    lines = [f"{word}*" if word.removesuffix("'s") in all_names else word for word in kept]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


def _census(folder: Path, name: str) -> list[str]:
    return [line.split()[0].lower() for line in (folder / name).read_text(encoding="utf-8").splitlines() if line]


def _faker(folder: Path) -> set[str]:
    found: set[str] = set()
    for path in folder.glob("*/__init__.py"):
        found |= {name.lower() for name in _QUOTED.findall(path.read_text(encoding="utf-8"))}
    return found


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
