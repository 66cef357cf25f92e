"""Who answers for a text, when somebody last read it, and how long it is shown without being read again."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.authoring.content_paths import ContentPaths
from bot.authoring.texts import HEAD, text_files
from bot.languages.loading import language_documents
from bot.understanding.articles import FRONT, Library
from bot.understanding.text.cuts import SOME_WORD
from handoff.data_files import DataFaults, Document, Fault, parse_yaml, read_yaml, shown, yaml_files
from handoff.yaml_text import Place

WRITTEN = date(2026, 11, 23)
"""A clock that shows an earlier day runs behind, and tells nothing of the dates in the files."""
FUTURE = "lies in the future"
LONGEST = timedelta(weeks=14)
"""So long an article is shown after a review; a month after it somebody is asked to read it again."""
_OWNER = re.compile(r"[a-z]+(-[a-z]+)*")


def owner_faults(places: ContentPaths) -> Iterator[Fault]:
    """Files for which nobody answers, or of which nobody can tell when they were read."""
    for document in _reviewed(places):
        owner = document.at("review", "owner")
        if not isinstance(document.at("review"), dict):
            yield document.fault("`review` is missing: write who answers for this file, and when it was read", "review")
        elif isinstance(owner, str) and not SOME_WORD.search(owner):
            yield document.fault("owner: nobody is named: write who answers for this file", "review", "owner")
        elif isinstance(owner, str) and not _OWNER.fullmatch(owner):
            told = f"owner: `{owner}` is written as in no other file: small letters with dashes, such as support-lead"
            yield document.fault(told, "review", "owner")


def signed_faults(places: ContentPaths) -> Iterator[Fault]:
    """Entries of what somebody looked at, signed by nobody who is among the contacts of the guide."""
    root = places.guide.resolve().parents[1]
    contacts = read_yaml(places.guide.resolve() / "contacts.yml", root).table("contacts")
    known = [str(name).replace("_", "-") for name in contacts]
    signed: list[tuple[Document, tuple[str, ...]]]
    signed = [(document, ("looked_at",)) for document in language_documents(places.languages).values()]
    judged = read_yaml(places.guide.resolve() / "communication.yml", root)
    for document, place in (*signed, (judged, ("judged", "looked_at"))):
        for number, row in enumerate(document.entries(*place)):
            owner = row.get("owner") if isinstance(row, dict) else None
            if isinstance(owner, str) and SOME_WORD.search(owner) and owner not in known:
                told = f"owner: `{owner}` is no contact of contacts.yml: {', '.join(known)} can answer for it"
                yield document.fault(told, *place, number)


def article_faults(library: Library) -> Iterator[Fault]:
    """Articles that would be shown for long without a review."""
    for article in library.articles.values():
        last = article.about.reviewed + LONGEST
        if article.about.review_due > last:
            shown_until = f"an article reviewed on {article.about.reviewed} is shown until {last} at most"
            told = f"`review_due`: {article.about.review_due} is too far off: {shown_until}"
            yield Fault(article.file, 1, told)


def future_faults(places: ContentPaths, today: date) -> list[Fault]:
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


def _dates(places: ContentPaths) -> Iterator[tuple[Document, tuple[str | int, ...]]]:
    yield from ((document, ("review", "checked")) for document in _reviewed(places))
    yield from ((document, ("reviewed",)) for document in _articles(places))
    signed: list[tuple[Path, Place]] = [(path, ("looked_at",)) for path in yaml_files(places.languages)]
    for path, place in ((places.guide / "communication.yml", ("judged", "looked_at")), *signed):
        try:
            document = read_yaml(path.resolve(), path.resolve().parents[2])
        except DataFaults:
            continue
        yield from ((document, (*place, number, "on")) for number in range(len(document.entries(*place))))


def _articles(places: ContentPaths) -> Iterator[Document]:
    root = places.articles.resolve().parent
    for path in sorted(places.articles.resolve().glob("*/*.md")):
        try:
            front = FRONT.match(path.read_text(encoding="utf-8"))
            if front:
                yield parse_yaml(front[1], shown(path, root), first_line=2)
        except (DataFaults, OSError, UnicodeDecodeError):
            continue


def _reviewed(places: ContentPaths) -> Iterator[Document]:
    for path, root in text_files(places):
        try:
            yield read_yaml(path.resolve(), root.resolve())
        except DataFaults:
            continue
    root = places.templates.resolve().parents[1]
    for path in sorted(places.templates.resolve().glob("*.j2")):
        try:
            head = HEAD.match(path.read_text(encoding="utf-8"))
            yield parse_yaml(head[1] if head else "", shown(path, root))
        except (DataFaults, OSError, UnicodeDecodeError):
            continue
