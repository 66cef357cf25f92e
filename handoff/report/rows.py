"""The report as it is shown: what each row of the text, the page and the spreadsheet holds."""

from dataclasses import dataclass
from typing import TypedDict

from handoff.policy.names import ReportPartName
from handoff.report.figures import Report
from handoff.report.times import Times


@dataclass(frozen=True)
class Item:
    """An action item: generated or the lead's own (then `by` names who wrote it), carried from `since` until done."""

    key: str
    text: str
    since: str
    by: str = ""
    done: bool = False
    told: str = ""
    """The week whose figures its words tell; empty where they tell none."""
    done_by: str = ""


@dataclass(frozen=True)
class ReportPart:
    """A part of the report: what it is made of, its place among the others, and its heading."""

    name: ReportPartName
    number: int
    title: str


class TargetRow(TypedDict):
    """A target of the guide, whether the week met it, and by which figure."""

    row: str
    name: str
    met: bool | None
    said: str
    figure: str
    of: str
    """What the figure is of, and what is wanted."""
    told: str
    """The same with places for what is wanted, as catalogs of other languages have it."""
    wanted: str


class TimesRow(TypedDict):
    """Promises of one kind, lengths and shares written out."""

    name: str
    settled: int
    within: int
    answered: int
    share: str
    mean: str
    median: str
    p90: str


class DayRow(TypedDict):
    """A day of the week."""

    name: str
    received: int
    first_response: Times
    resolution: Times


class VotesRow(TypedDict):
    """Votes on one kind of answers."""

    name: str
    count: int
    score: str
    share: str


class OutcomesRow(TypedDict):
    """How issues ended with the assistant, or with people."""

    name: str
    solved: int
    silent: int
    came_back: int
    handed_over: int | None


class ClusterRow(TypedDict):
    """Messages that were not understood, and the issue that they lie near."""

    title: str
    count: int
    words: str


class Shown(TypedDict):
    """Everything that a page or a text about a report shows."""

    r: Report
    week: str
    running: bool
    first_day: str
    last_day: str
    zone: str
    until: str
    reviewed: str
    parts: tuple[ReportPart, ...]
    targets: list[TargetRow]
    change: str | None
    volume: list[tuple[str, int]]
    priorities: list[tuple[str, int, int]]
    times: list[TimesRow]
    days: list[DayRow]
    votes: list[VotesRow]
    out_of: int
    outcomes: list[OutcomesRow]
    issues: list[tuple[str, int]]
    clusters: list[ClusterRow]
    rate: str
    rate_wanted: str
    reasons: list[tuple[str, int]]
    further: list[tuple[str, int]]
    items: list[Item]
