"""Words that say the opposite of what is: states, what became of a message, what is pressed in console, widget and Slack."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from io import StringIO
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from bot.authoring.button_labels import turned
from bot.authoring.content_paths import ContentPaths
from bot.authoring.texts import readable
from handoff.data_files import Document, Fault, read_yaml, shown

OPPOSITES = Path(__file__).with_name("opposites.yml")
LEFT_OUT = re.compile(r"n\.º", re.IGNORECASE)
"""What only looks like a word that denies."""


def opposite_faults(places: ContentPaths) -> Iterator[Fault]:
    """Words by which code decides, or that tell what it did, and that no longer say so or say the opposite."""
    own = read_yaml(OPPOSITES, OPPOSITES.parents[2])
    parts = {str(name): str(words) for name, words in own.table("parts").items()}
    for file, labels in own.table("files").items():
        path = places.path_of(str(file))
        if path.is_file() and isinstance(labels, dict):
            root = path.resolve().parents[len(Path(str(file)).parts) - 1]
            yield from _labels(read_yaml(path.resolve(), root), labels, parts)
    yield from _translations(places, own)


def _labels(document: Document, labels: Mapping[str | int, object], parts: Mapping[str, str]) -> Iterator[Fault]:
    for name, rules in labels.items():
        place = tuple(str(name).split("."))
        said = document.at(*place)
        if said is not None and isinstance(rules, dict) and (told := turned(str(said), rules, parts)):
            told = told.replace("the button does", "it stands for")
            yield document.fault(f"{name}: `{str(said).strip()}` {told}: write what happens, as it is", *place)


def _translations(places: ContentPaths, own: Document) -> Iterator[Fault]:
    """A text of the console that denies in English denies in every other language whose words for that are known."""
    denies = {str(code): re.compile(str(words), re.IGNORECASE) for code, words in own.table("denies").items()}
    for path, root in places.catalogs():
        other = denies.get(path.parts[-3])
        file = shown(path.resolve(), root.resolve())
        if other is None:
            continue
        for line, english, said in _translated(readable(path, root), path.parts[-3]):
            if _denies(english, denies["en"]) and not _denies(said, other):
                told = f"`{said}` stands for `{english}`, and no longer denies what that denies: translate it anew"
                yield Fault(file, line, told)


@lru_cache(maxsize=8)
def _translated(written: str, language: str) -> tuple[tuple[int, str, str], ...]:
    """The texts of a catalog with their line and what they are in English; none of one that cannot be read, which is told elsewhere."""
    try:
        messages = read_po(StringIO(written), locale=language)
    except (PoFileError, ValueError):
        return ()
    return tuple((one.lineno or 1, _first(one.id), _first(one.string)) for one in messages if one.id and one.string)


def _first(text: str | Sequence[str]) -> str:
    """A text, or the first of its forms for numbers."""
    return text if isinstance(text, str) else text[0]


def _denies(text: str, words: re.Pattern[str]) -> bool:
    return bool(words.search(LEFT_OUT.sub("", text.replace("’", "'"))))
