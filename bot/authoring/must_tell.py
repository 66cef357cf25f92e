"""What texts must go on telling people to keep them safe, what they never tell, and words that make little of what is grave."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.authoring.content_paths import ContentPaths
from bot.authoring.texts import every_text, readable
from bot.understanding.intents.catalog import Catalog
from handoff.data_files import Document, Fault, read_yaml
from handoff.kinds import PERHAPS_HURT
from handoff.yaml_text import Place

MUST_TELL = Path(__file__).with_name("must_tell.yml")
NOT_SAID = frozenset(("examples", "unlike", "signals", "tests", "tried", "says", "asks", "keywords"))
GRAVE_KINDS = ("emergency", "perhaps_danger", "security", "privacy", "data_loss", "wrong_medicine", "outage")
GOOD_NEWS = re.compile(r"great news|good news", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_MARKS = re.compile(r"[*_`>]+")


def told_faults(places: ContentPaths) -> Iterator[Fault]:
    """Files that no longer tell what they must, or that tell what they never may."""
    own = read_yaml(MUST_TELL, MUST_TELL.parents[2])
    for file, wanted in own.table("tells").items():
        path = places.path_of(str(file))
        if not path.is_file() or not isinstance(wanted, dict):
            continue
        said = _said(path, places)
        for what, pattern in wanted.items():
            if not re.search(str(pattern), said):
                yield Fault(str(file), 1, f"this file must tell people {what}: put that sentence back")
    for file, banned in own.table("never").items():
        path = places.path_of(str(file))
        if not path.is_file() or not isinstance(banned, dict):
            continue
        said = _said(path, places)
        for what, pattern in banned.items():
            if hit := re.search(str(pattern), said):
                yield Fault(str(file), _line(path, hit[0]), f"`{hit[0]}`: nothing here may tell people {what}")


def line_faults(places: ContentPaths) -> Iterator[Fault]:
    """Lines of the assistant that no longer tell who speaks and who reads, and texts that tell something else of it."""
    own = read_yaml(MUST_TELL, MUST_TELL.parents[2])
    lines = read_yaml(places.lines / "lines.yml", places.lines.resolve().parents[1])
    for name, wanted in own.table("lines").items():
        said = lines.at("lines", name)
        for what, pattern in wanted.items() if isinstance(wanted, dict) and said is not None else ():
            if not re.search(str(pattern), flat(str(said))):
                yield lines.fault(f"{name}: this line must tell people {what}: put that sentence back", "lines", name)
    for text in every_text(places)[0]:
        if text.reader != "user" or text.foreign:
            continue
        for what, pattern in own.table("nowhere").items():
            if hit := re.search(str(pattern), flat(text.text)):
                yield Fault(text.file, text.line_of(hit[0]), f"`{hit[0]}`: no text may tell people {what}")


def calm_faults(places: ContentPaths, catalog: Catalog, documents: Mapping[str, Document]) -> Iterator[Fault]:
    """Words in a grave place that make little of it, or that tell of good news where somebody may be in danger."""
    calm = re.compile(str(read_yaml(MUST_TELL, MUST_TELL.parents[2]).at("calm")), re.IGNORECASE)
    for issue, intent in catalog.intents.items():
        if intent.is_grave or issue.startswith("safety."):
            yield from _calm(documents[issue], (), calm)
    kinds = read_yaml(places.guide / "kinds.yml", places.guide.parents[1])
    for kind in GRAVE_KINDS:
        yield from _calm(kinds, ("kinds", kind), calm)
    for kind in PERHAPS_HURT:
        yield from _calm(kinds, ("kinds", kind), GOOD_NEWS)


def _calm(document: Document, inside: Place, calm: re.Pattern[str]) -> Iterator[Fault]:
    for place, text in document.strings:
        if place[: len(inside)] == inside and NOT_SAID.isdisjoint(place) and (hit := calm.search(flat(text))):
            told = f"`{hit[0]}` makes little of what is grave: say what happens next, and what to do until then"
            yield document.fault(told, *place)


def _said(path: Path, places: ContentPaths) -> str:
    """What a file says to people, in small letters and without marks; of an issue neither its examples nor its tests."""
    if path.parent == places.intents:
        document = read_yaml(path.resolve(), path.resolve().parents[1])
        rows = [text for place, text in document.strings if NOT_SAID.isdisjoint(place)]
        return " | ".join(flat(row) for row in rows)
    return flat(
        _COMMENT.sub("", readable(path, path.parents[1])) if path.suffix != ".md" else readable(path, path.parents[1])
    )


def flat(text: str) -> str:
    """A text in small letters, without marks and the ends of its lines."""
    return " ".join(_MARKS.sub("", text.replace("’", "'")).lower().split())


def _line(path: Path, words: str) -> int:
    rows = path.read_text(encoding="utf-8").lower().splitlines()
    return next((n for n, row in enumerate(rows, 1) if words in flat(row)), 1)
