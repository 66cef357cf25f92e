"""Makes bot/understanding/text/words/harmless.txt.gz from word lists and lists of names. Run by hand when one of them changes.

apt-get download wamerican-small wamerican; pip download names Faker      (unpack them; they are not needed afterwards)
python -m tools.privacy_words SMALL_WORD_LIST WORD_LIST NAMES_FOLDER FAKER_PERSON_FOLDER

It also prints the words of the vocabulary and of the other languages that are names of people.
"""

import gzip
import re
import sys
from pathlib import Path

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from bot.understanding.redaction.allowed import (
    HERE,
    LANGUAGES,
    VOCABULARY,
    WORDS,
    Foreign,
    Languages,
    Vocabulary,
    folded,
)
from handoff.data_files import read_yaml, validated

ROOT = HERE.parents[1]
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_SAID = re.compile(r"[A-Za-z]+(?:'[a-z]+)?")
_QUOTED = re.compile(r"""["']([A-Z][A-Za-z]{1,20})["']""")
_ANY_QUOTED = re.compile(r"""["']([^\W\d_]{2,20})["']""")
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


def main(small: Path, large: Path, names: Path, faker: Path) -> None:
    """Write each harmless word on a line; `*` marks one that is also a name, `!` one that the product's own texts use.

    `-` marks a name that a stem of another language would let pass.
    """
    first = _census(names, "dist.female.first") + _census(names, "dist.male.first")
    common_first = {*_census(names, "dist.female.first")[:MOST_COMMON_FIRST_NAMES]}
    common_first |= {*_census(names, "dist.male.first")[:MOST_COMMON_FIRST_NAMES]}
    surnames = _census(names, "dist.all.last")
    all_names = {*first, *surnames[:RARE_SURNAME], *_faker(faker, _QUOTED)} - NO_NAMES
    given = {*validated(Vocabulary, read_yaml(VOCABULARY, ROOT)).given_names}
    hidden = common_first - STILL_WORDS - NO_NAMES - given
    words = (_words(small) - hidden) | {word for word in _words(large) if word.split("'")[0] not in all_names}
    used = _words_of_the_product() - given - all_names
    lines = [_marked(word, all_names, used) for word in sorted(words) if not word.endswith("'s")]
    people = {folded(name) for name in _faker(faker, _ANY_QUOTED) | {*first, *surnames}}
    others = validated(Languages, read_yaml(LANGUAGES, ROOT)).words
    abroad = Foreign(word for text in others.values() for word in text.split())
    lines += [
        f"{name}-" for name in sorted(people - words) if name not in abroad.stems | abroad.words and abroad.has(name)
    ]
    WORDS.parent.mkdir(exist_ok=True)
    WORDS.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
    for language, text in others.items():
        print(
            language, *sorted({word for word in text.split() if folded(word.rstrip("*")) in {*first, *surnames[:1000]}})
        )


def _marked(word: str, names: set[str], used: set[str]) -> str:
    return word + ("!" if word in used else "*" if word in names else "")


def _words(path: Path) -> set[str]:
    return {word for word in path.read_text(encoding="utf-8").split() if _WORD.fullmatch(word)}


def _words_of_the_product() -> set[str]:
    """The words of the intents, the articles and the guide's data."""
    files = [*ROOT.glob("intents/*.yml"), *ROOT.glob("kb_articles/**/*.*"), *ROOT.glob("handoff/guide/*.yml")]
    return {word.lower() for path in files for word in _SAID.findall(path.read_text(encoding="utf-8"))}


def _census(folder: Path, name: str) -> list[str]:
    return [line.split()[0].lower() for line in (folder / name).read_text(encoding="utf-8").splitlines() if line]


def _faker(folder: Path, quoted: re.Pattern[str]) -> set[str]:
    found: set[str] = set()
    for path in folder.glob("*/__init__.py"):
        found |= {name.lower() for name in quoted.findall(path.read_text(encoding="utf-8"))}
    return found


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:5]))
