"""The approved words about what stands still: our own, and what each channel brings for its ways out in its `alerts.yml`."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from bot.channel_files import of_channels
from handoff.text_files import TextFile, load_texts

WORDS = Path(__file__).with_name("ops_alerts.yml")
Part = Literal["ways", "faults", "works"]


class WayWords(TextFile):
    """What a channel brings: its ways out, what to do about a fault of one of them, and its pieces of work."""

    ways: dict[str, str] = Field(default_factory=dict)
    faults: dict[str, str] = Field(default_factory=dict)
    works: dict[str, str] = Field(default_factory=dict)


class AlertWords(WayWords):
    """What is said of every way: each part has a word for `other`."""

    parts: dict[str, str]
    letters: dict[str, str]


@cache
def words() -> AlertWords:
    """Our own words; raises DataFaults with file and line."""
    return load_texts(AlertWords, WORDS, WORDS.parents[2])


@cache
def brought() -> tuple[WayWords, ...]:
    """What the channels bring; raises DataFaults with file and line."""
    return tuple(load_texts(WayWords, path, WORDS.parents[2]) for path in of_channels("alerts.yml"))


def way(name: str) -> str:
    """What a way out is called."""
    return _said("ways", name, brought())


def what_to_do(error: str, way_out: str) -> str:
    """What people can do about a fault of this way: the same code means something else on another one."""
    return _said("faults", error, tuple(own for own in brought() if way_out in own.ways))


def work(name: str) -> str:
    """What a piece of work is called."""
    return _said("works", name, brought())


def part(name: str) -> str:
    """What is said of a part of the service that fails, or of its encoder."""
    return words().parts.get(name, words().parts["other"])


def of_part(name: str, code: str) -> str:
    """The words for a part of the service that failed, by what went wrong if that has words, and by the part otherwise."""
    known = (words().parts, words().faults, *(own.faults for own in brought()))
    said = next((table[code] for table in known if code in table), part(name))
    return f"{said} ({code})"


def _said(part: Part, name: str, channels: tuple[WayWords, ...]) -> str:
    for own in (words(), *channels):
        table: dict[str, str] = getattr(own, part)
        if name in table:
            return table[name]
    return str(getattr(words(), part)["other"])
