"""Buttons that the code presses say what they do: a yes agrees, a no declines, and none says the opposite."""

import re
from collections.abc import Iterator, Mapping

from bot.authoring.audience import channel_documents
from bot.authoring.content_paths import ContentPaths
from bot.authoring.pinned import PINNED
from handoff.data_files import Document, Fault, read_yaml
from handoff.yaml_text import Place, Yaml


def label_faults(places: ContentPaths) -> Iterator[Fault]:
    """Buttons of the assistant, of letters and of channels that no longer say what they do."""
    own = read_yaml(PINNED, PINNED.parents[2])
    parts = {str(name): str(words) for name, words in own.table("buttons_of_code", "parts").items()}
    for group, document, tables in _files(places):
        for name, rules in own.table("buttons_of_code", group).items():
            for place in ((*table, str(name)) for table in tables):
                said = document.at(*place)
                if said is not None and isinstance(rules, dict) and (told := turned(str(said), rules, parts)):
                    yield document.fault(f"{name}: `{str(said).strip()}` {told}", *place)


def turned(said: str, rules: Mapping[str | int, Yaml], parts: Mapping[str, str]) -> str | None:
    """What to say of the words of a button; None when they say what it does."""
    text = " ".join(said.replace("’", "'").lower().split())
    if not re.search(str(rules["holds"]), text):
        return "no longer says what the button does"
    never = str(rules["never"])
    for part, words in parts.items():
        never = never.replace(f"{{{part}}}", words)
    hit = re.search(never, text)
    return f"says the opposite of what the button does (`{hit[0]}`)" if hit else None


def _files(places: ContentPaths) -> Iterator[tuple[str, Document, tuple[Place, ...]]]:
    """The files in which such buttons stand, the rules that hold for each, and its tables."""
    lines = read_yaml(places.lines / "lines.yml", places.lines.resolve().parents[1])
    words = read_yaml(places.guide / "words.yml", places.guide.resolve().parents[1])
    yield "lines", lines, (("lines",),)
    yield "words", words, (("buttons",),)
    yield from (("channels", document, (("texts",), ("pages",))) for document in channel_documents(places))
