"""Texts in languages that nobody at the desk reads: as a speaker read them, or with the name of who had a change read."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.authoring.content_paths import ContentPaths
from bot.dialogue.lines import fingerprint
from bot.languages.loading import UNREAD, language_documents, said_in
from handoff.data_files import Document, Fault, read_yaml
from handoff.yaml_text import Place, Yaml

SAFETY = Path(__file__).with_name("safety_lines.yml")
PINS = Path(__file__).with_name("safety_pins.yml")
WHOLE = "everything"
"""What was read, in an entry for all texts of a language that was not there before; its text is their fingerprint."""


def safety_faults(places: ContentPaths) -> Iterator[Fault]:
    """Lines that say something else than what a speaker read, and those that lost the word on which their meaning hangs."""
    pins, anchors = read_yaml(PINS, PINS.parents[2]), read_yaml(SAFETY, SAFETY.parents[2])
    documents = language_documents(places.languages)
    for language in sorted(pins.table().keys() - documents.keys()):
        yield Fault(f"bot/languages/{language}.yml", 1, "people are answered in this language: put its file back")
    for language, document in documents.items():
        yield from _meaning_faults(language, document, anchors)
        looked_at = [_looked_at(row) for row in document.entries("looked_at")]
        lines = dict(pinned_lines(document))
        if language in pins.table():
            yield from _unread_lines(document, lines, pins.table(language), looked_at, anchors)
        elif lines:
            yield from _unread_language(document, lines, looked_at)
        written = {(line, text) for line, (_, text) in lines.items()} | {(WHOLE, all_of(lines))}
        for number, row in enumerate(looked_at):
            if row not in written:
                yield document.fault(
                    "this text stands in no line as it is written here: take it out", "looked_at", number
                )


def _unread_lines(
    document: Document,
    lines: Mapping[str, tuple[Place, str]],
    pins: Mapping[str | int, Yaml],
    looked_at: list[tuple[str, str]],
    anchors: Document,
) -> Iterator[Fault]:
    """Texts that are others than were read, and that nobody who speaks the language has looked at since."""
    hanging = {*map(str, anchors.entries("lines")), *UNREAD}
    for line in (str(line) for line in pins if line not in lines):
        told = f"{line}: this text is missing, and people are answered in this language: put it back"
        yield document.fault(told, "said", line)
    for line, (place, text) in lines.items():
        if pins.get(line) != fingerprint(text) and (line, text) not in looked_at:
            why = "somebody's safety hangs on this text" if line in hanging else "this text is another than was read"
            told = (
                f"{line}: {why}: have it read by a person who speaks the language, and name "
                "them under `looked_at` in this file: {line, text, owner, on}"
            )
            yield document.fault(told, *place)


def _unread_language(
    document: Document, lines: Mapping[str, tuple[Place, str]], looked_at: list[tuple[str, str]]
) -> Iterator[Fault]:
    """A language that was not there before, and of which nobody says that they read all of it."""
    if (WHOLE, all_of(lines)) not in looked_at:
        told = (
            "these texts are new: have all of them read by a person who speaks the language, and name them "
            f"under `looked_at` in this file: {{line: {WHOLE}, text: {all_of(lines)!r}, owner, on}}"
        )
        yield document.fault(told, "said" if "said" in document.table() else UNREAD[0])


def all_of(lines: Mapping[str, tuple[Place, str]]) -> str:
    """A word that changes with any text of a language."""
    return fingerprint("\n".join(f"{line}: {text}" for line, (_, text) in sorted(lines.items())))


def _meaning_faults(language: str, document: Document, anchors: Document) -> Iterator[Fault]:
    """Lines without a word on which their meaning hangs, or with one that turns it: nobody's look lifts this."""
    for line, text in document.table("said").items():
        said = str(text).lower().replace("’", "'")
        for name in anchors.entries("named", line):
            words = anchors.at("anchors", str(name), language)
            if words and not re.search(str(words), said):
                told = f"{line}: `{text}` lost the word on which its meaning hangs: write what the other languages say here"
                yield document.fault(told, "said", line)
        for name in anchors.entries("not_named", line):
            words = anchors.at("anchors", str(name), language)
            if words and (hit := re.search(str(words), said)):
                told = f"{line}: `{hit[0]}` turns what this line says: write what the other languages say here"
                yield document.fault(told, "said", line)


def _looked_at(row: Yaml) -> tuple[str, str]:
    told = row if isinstance(row, dict) else {}
    return str(told.get("line")), str(told.get("text")).strip()


def pinned_lines(document: Document) -> Iterator[tuple[str, tuple[Place, str]]]:
    """Each text of a language by its name, with its place."""
    yield from ((str(place[-1]), (place, text)) for place, text in said_in(document))
