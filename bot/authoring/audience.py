"""Who reads the texts of a channel: its users, but for what its own file names under `for_staff`."""

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from bot.authoring.content_paths import BOT, ContentPaths
from bot.authoring.wording import Reader
from handoff.data_files import Document, Fault, read_yaml
from handoff.yaml_text import Place

FOR_STAFF = "for_staff"
FILE = "texts.yml"
_ONE_BY_ONE = re.compile(r"\w+\.(?:\w+|\w{4,}\*)\Z")
"""A text, or those whose names begin alike. A whole table would take whatever it holds for users out of their rules."""


def channel_texts(places: ContentPaths) -> list[Path]:
    """The texts of every channel; of a channel whose code reads some, also where the file is missing."""
    needed = (places.channels / path.parent.name / FILE for path in (BOT / "channels").glob("*/texts.py"))
    return sorted({*needed, *places.channels.glob(f"*/{FILE}")})


def channel_documents(places: ContentPaths) -> Iterator[Document]:
    """The same, read, of those that are there; raises DataFaults."""
    root = places.channels.resolve().parents[1]
    yield from (read_yaml(path.resolve(), root) for path in channel_texts(places) if path.is_file())


def readers_of(document: Document) -> Callable[[Place], Reader]:
    """Who reads what stands at a place of a channel's file."""
    names = [str(name) for name in document.entries(FOR_STAFF)]
    return lambda place: "staff" if any(_is_named(place, name) for name in names) else "user"


def audience_faults(places: ContentPaths) -> Iterator[Fault]:
    """Names under `for_staff` that name no text: what they once named is read by users now, or is gone; and those that name all."""
    for document in channel_documents(places):
        texts = [place for place, _ in document.strings if place[0] != FOR_STAFF]
        for number, name in enumerate(document.entries(FOR_STAFF)):
            if not _ONE_BY_ONE.match(str(name)):
                told = f"{FOR_STAFF}: `{name}` names whatever its table holds: name each text, or those that begin alike (texts.card_*)"
                yield document.fault(told, FOR_STAFF, number)
            elif not any(_is_named(place, str(name)) for place in texts):
                told = f"{FOR_STAFF}: `{name}` names no text of this file: write its table and name, such as texts.card_line"
                yield document.fault(told, FOR_STAFF, number)


def _is_named(place: Place, name: str) -> bool:
    """By its table, or by its table and its own name; `*` stands for any letters."""
    table, _, own = name.partition(".")
    return place[0] == table and (not own or (len(place) > 1 and fnmatchcase(str(place[1]), own)))
