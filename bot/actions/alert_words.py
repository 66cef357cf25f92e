"""The approved words about what stands still: our own, and what each channel brings for its ways out in its `alerts.yml`."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from bot.channel_files import CHANNELS, of_channels
from handoff.data_files import DataFaults, Fault, Strict
from handoff.text_files import TextFile, load_texts

WORDS = Path(__file__).with_name("ops_alerts.yml")
OTHER = "other"
Part = Literal["ways", "faults", "works"]


def _with_other(table: dict[str, str]) -> dict[str, str]:
    if not table.get(OTHER, "").strip():
        raise ValueError(f"has no `{OTHER}`: write what is said of whatever else there is")
    return table


Table = Annotated[dict[str, str], AfterValidator(_with_other)]
"""Words by name, and those for every other name."""


class WayWords(TextFile):
    """What a channel brings: its ways out, what to do about a fault of one of them or of a part that it asks for /readyz, what
    is said of such a part that cannot be reached, and its pieces of work."""

    ways: dict[str, str] = Field(default_factory=dict)
    faults: dict[str, str] = Field(default_factory=dict)
    unreached: dict[str, str] = Field(default_factory=dict)
    works: dict[str, str] = Field(default_factory=dict)


class Letters(Strict):
    """What the lead is written."""

    stands_still_subject: str
    stands_still: str
    not_delivered_subject: str
    not_delivered: str
    of_ticket: str
    put_off_subject: str
    put_off: str


class AlertWords(TextFile):
    """What is said of every way: each part has a word for `other`."""

    ways: Table
    faults: Table
    works: Table
    parts: Table
    letters: Letters


@cache
def words() -> AlertWords:
    """Our own words; raises DataFaults with file and line."""
    return load_texts(AlertWords, WORDS, WORDS.parents[2])


@cache
def brought() -> Mapping[str, WayWords]:
    """What each channel brings, by the name of its package; raises DataFaults with file and line."""
    return {path.parent.name: load_texts(WayWords, path, WORDS.parents[2]) for path in of_channels("alerts.yml")}


def file_faults(ours: Path = WORDS, channels: Path = CHANNELS) -> Iterator[Fault]:
    """What is wrong with the files of these words, each file for itself."""
    files: list[tuple[type[TextFile], Path]] = [(AlertWords, ours)]
    for form, path in files + [(WayWords, path) for path in of_channels("alerts.yml", channels)]:
        try:
            load_texts(form, path, path.parents[2] if form is AlertWords else channels.parents[1])
        except DataFaults as error:
            yield from error.faults


def must_be_whole() -> None:
    """All of these words can be read; raises DataFaults with every fault. Asked at the start: by the time they are needed it is
    too late."""
    if faults := list(file_faults()):
        raise DataFaults(faults)


def way(name: str) -> str:
    """What a way out is called."""
    return _said("ways", name, *brought().values())


def what_to_do(error: str, way_out: str) -> str:
    """What people can do about a fault of this way: the same code means something else on another one."""
    return _said("faults", error, *(own for own in brought().values() if way_out in own.ways))


def work(name: str) -> str:
    """What a piece of work is called."""
    return _said("works", name, *brought().values())


def part(name: str) -> str:
    """What is said of a part of the service that fails, or of its encoder."""
    return words().parts.get(name, words().parts[OTHER])


def of_part(name: str, code: str, *, channel: str = "", unreached: bool = False) -> str:
    """The words for a part of the service that failed. What a channel asked is told in that channel's words, for the code, or
    for what cannot be reached; anything else by our own."""
    own = brought().get(channel)
    if own is not None and code in own.faults:
        said = own.faults[code]
    elif own is not None and unreached and name in own.unreached:
        said = own.unreached[name]
    else:
        said = words().parts.get(code) or part("" if channel else name)
    return f"{said} ({code})"


def _said(table: Part, name: str, *channels: WayWords) -> str:
    for own in (words(), *channels):
        known: dict[str, str] = getattr(own, table)
        if name in known:
            return known[name]
    ours: dict[str, str] = getattr(words(), table)
    return ours[OTHER]
