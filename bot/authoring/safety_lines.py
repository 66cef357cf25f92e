"""Texts in languages that nobody at the desk reads: as a speaker read them, or with the name of who had a change read."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.authoring.content_paths import ContentPaths
from bot.dialogue.lines import fingerprint
from handoff.data_files import Document, Fault, read_yaml
from handoff.yaml_text import Place, Yaml

FILE = "languages.yml"
SAFETY = Path(__file__).with_name("safety_lines.yml")
PINS = Path(__file__).with_name("safety_pins.yml")
UNREAD = "unread"


def safety_faults(places: ContentPaths) -> Iterator[Fault]:
    """Lines that say something else than what a speaker read, and those that lost the word on which their meaning hangs."""
    document = read_yaml(places.lines.resolve() / FILE, places.lines.resolve().parents[1])
    pins, anchors = read_yaml(PINS, PINS.parents[2]), read_yaml(SAFETY, SAFETY.parents[2])
    yield from _meaning_faults(document, anchors)
    looked_at = [_looked_at(row) for row in document.entries("looked_at")]
    lines = dict(pinned_lines(document))
    hanging = {*map(str, anchors.entries("lines")), UNREAD}
    for (language, line), (place, text) in lines.items():
        if pins.at(language, line) != fingerprint(text) and (language, line, text) not in looked_at:
            why = "somebody's safety hangs on this text" if line in hanging else "this text is another than was read"
            told = (
                f"{line}: {why}: have it read by a person who speaks the language, and name "
                "them under `looked_at` in this file: {language, line, text, owner, on}"
            )
            yield document.fault(told, *place)
    for number, (language, line, text) in enumerate(looked_at):
        if lines.get((language, line), ((), None))[1] != text:
            yield document.fault("this text stands in no line as it is written here: take it out", "looked_at", number)


def _meaning_faults(document: Document, anchors: Document) -> Iterator[Fault]:
    """Lines without a word on which their meaning hangs, or with one that turns it: nobody's look lifts this."""
    for language in document.table("languages"):
        for line, text in document.table("languages", language).items():
            said, place = str(text).lower().replace("’", "'"), ("languages", language, line)
            for name in anchors.entries("named", line):
                words = anchors.at("anchors", str(name), language)
                if words and not re.search(str(words), said):
                    told = f"{line}: `{text}` lost the word on which its meaning hangs: write what the other languages say here"
                    yield document.fault(told, *place)
            for name in anchors.entries("not_named", line):
                words = anchors.at("anchors", str(name), language)
                if words and (hit := re.search(str(words), said)):
                    told = f"{line}: `{hit[0]}` turns what this line says: write what the other languages say here"
                    yield document.fault(told, *place)


def _looked_at(row: Yaml) -> tuple[str, str, str]:
    told = row if isinstance(row, dict) else {}
    return str(told.get("language")), str(told.get("line")), str(told.get("text")).strip()


def pinned_lines(document: Document) -> Iterator[tuple[tuple[str, str], tuple[Place, str]]]:
    """Each text by its language and its line, with its place."""
    for language in document.table("languages"):
        for line, text in document.table("languages", language).items():
            if line != "name":
                yield (str(language), str(line)), (("languages", language, line), str(text).strip())
    for language, text in document.table(UNREAD).items():
        yield (str(language), UNREAD), ((UNREAD, language), str(text).strip())
