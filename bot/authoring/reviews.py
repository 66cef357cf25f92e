"""Who answers for a text, when somebody last read it, and how long it is shown without being read again."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.authoring.places import Places
from bot.authoring.texts import channel_texts
from bot.understanding.articles import Library
from handoff.data_files import DataFaults, Document, Fault, parse_yaml, read_yaml, shown, yaml_files

WRITTEN = date(2026, 11, 23)
"""A clock that shows an earlier day runs behind, and tells nothing of the dates in the files."""
FUTURE = "lies in the future"
LONGEST = timedelta(weeks=14)
"""So long an article is shown after a review; a month after it somebody is asked to read it again."""
_WORD = re.compile(r"[^\W\d_]{2}")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def owner_faults(places: Places) -> Iterator[Fault]:
    """Files for which nobody answers."""
    for document in _reviewed(places):
        owner = document.at("review", "owner")
        if isinstance(owner, str) and not _WORD.search(owner):
            yield document.fault("owner: nobody is named: write who answers for this file", "review", "owner")


def article_faults(library: Library) -> Iterator[Fault]:
    """Articles that would be shown for long without a review."""
    for article in library.articles.values():
        last = article.about.reviewed + LONGEST
        if article.about.review_due > last:
            shown_until = f"an article reviewed on {article.about.reviewed} is shown until {last} at most"
            told = f"`review_due`: {article.about.review_due} is too far off: {shown_until}"
            yield Fault(article.file, 1, told)


def future_faults(places: Places, today: date) -> list[Fault]:
    """What was reviewed or looked at on a day that has not come; a day of grace, because it comes earlier elsewhere."""
    if today < WRITTEN:
        return []
    found = []
    for document, place in _dates(places):
        day = document.at(*place)
        if isinstance(day, date) and day > today + timedelta(days=1):
            told = f"{place[-1]}: {day} {FUTURE}: write the day on which somebody last read it"
            found.append(document.fault(told, *place))
    return found


def _dates(places: Places) -> Iterator[tuple[Document, tuple[str | int, ...]]]:
    yield from ((document, ("review", "checked")) for document in _reviewed(places))
    yield from ((document, ("reviewed",)) for document in _articles(places))
    try:
        wording = read_yaml(places.guide.resolve() / "communication.yml", places.guide.resolve().parents[1])
    except DataFaults:
        return
    for number in range(len(wording.entries("judged", "looked_at"))):
        yield wording, ("judged", "looked_at", number, "on")


def _articles(places: Places) -> Iterator[Document]:
    root = places.articles.resolve().parent
    for path in sorted(places.articles.resolve().glob("*/*.md")):
        try:
            front = _FRONT.match(path.read_text(encoding="utf-8"))
            if front:
                yield parse_yaml(front[1], shown(path, root), first_line=2)
        except (DataFaults, OSError, UnicodeDecodeError):
            continue


def _reviewed(places: Places) -> Iterator[Document]:
    paths: Iterable[Path] = (*yaml_files(places.intents), *yaml_files(places.rules), *channel_texts(places))
    for path in (*paths, places.lines / "lines.yml", places.lines / "languages.yml"):
        try:
            yield read_yaml(path.resolve(), _root_of(path, places))
        except DataFaults:
            continue


def _root_of(path: Path, places: Places) -> Path:
    """The folder that a file's name is told from."""
    folder = next(one for one in (places.intents, places.rules, places.channels, places.lines) if one in path.parents)
    return folder.resolve().parents[{"intents": 0, "rules": 2}.get(folder.name, 1)]
