"""How long things took, and which clocks were met: the figures of rows ME1, ME2 and T1.7."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import mean, median, quantiles
from zoneinfo import ZoneInfo

from handoff.clock_history import ClockResult, Happened, ReportedClock
from handoff.events import IssueRaised, IssueSolved
from handoff.policy.model import Policy
from handoff.policy.names import PRIORITIES, Priority
from handoff.weeks import DAYS, Span, midnight


@dataclass(frozen=True)
class Times:
    """Promises of one kind. `settled` were kept or broken in the week, `within` of them in time (the share); the
    lengths are of the `answered` ones, those that were kept in the week, in time or not."""

    settled: int = 0
    within: int = 0
    answered: int = 0
    mean: timedelta | None = None
    median: timedelta | None = None
    p90: timedelta | None = None

    @property
    def share(self) -> float | None:
        """Kept in time, 0 to 1; None when nothing was due."""
        return self.within / self.settled if self.settled else None

    @property
    def missed(self) -> int:
        """Broken in the week."""
        return self.settled - self.within


@dataclass(frozen=True)
class Answered:
    """A user's first message of a conversation, and when the assistant's answer was on its way or delivered."""

    asked_at: datetime
    answered_at: datetime


@dataclass(frozen=True)
class Day:
    """The daily figures (rows ME1 and ME2)."""

    day: date
    received: int
    first_response: Times
    resolution: Times


def times(results: Iterable[ClockResult], kind: ReportedClock, span: Span) -> Times:
    """The figures of one kind of clock over a span."""
    mine = [result for result in results if result.kind == kind]
    settled = [result for result in mine if span.has(result.settled_at)]
    took = [p.kept_at - p.started_at for p in mine if p.kept_at and span.has(p.kept_at)]
    return _times(len(settled), sum(1 for result in settled if result.within), took)


def _times(settled: int, within: int, took: list[timedelta]) -> Times:
    if not took:
        return Times(settled, within)
    seconds = [length.total_seconds() for length in took]
    ninth = quantiles(seconds, n=10, method="inclusive")[8] if len(seconds) > 1 else seconds[0]
    lengths = (timedelta(seconds=round(value)) for value in (mean(seconds), median(seconds), ninth))
    return Times(settled, within, len(took), *lengths)


def of_each(results: list[ClockResult], kind: ReportedClock, span: Span) -> dict[Priority, Times]:
    """The same for each priority."""
    return {name: times([p for p in results if p.priority == name], kind, span) for name in PRIORITIES}


def bot_answers(policy: Policy, answers: Iterable[Answered], span: Span) -> Times:
    """How soon the assistant answered (row T1.7, "immediate")."""
    took = [a.answered_at - a.asked_at for a in answers if span.has(a.asked_at)]
    return _times(len(took), sum(1 for length in took if length <= policy.metrics.immediate), took)


def self_service(policy: Policy, log: tuple[Happened, ...], span: Span) -> Times:
    """From the issue to the user's word that it is solved, against the Tier 1 target (row T1.7)."""
    begun: dict[tuple[int | None, str], datetime] = {}
    took, within = [], 0
    for event in log:
        match event.payload:
            case IssueRaised(issue=issue):
                begun[event.conversation, issue] = event.at
            case IssueSolved(issue=issue) if (event.conversation, issue) in begun:
                length = event.at - begun.pop((event.conversation, issue))
                if span.has(event.at):
                    took.append(length)
                    within += length <= policy.tiers.tiers[1].target["low"]
    return _times(len(took), within, took)


def days(
    policy: Policy, whole: Span, span: Span, received: list[datetime], results: list[ClockResult]
) -> tuple[Day, ...]:
    """The days of the week that have begun, each with its own figures."""
    monday = whole.start.astimezone(ZoneInfo(policy.hours.zone)).date()
    found = []
    for day in (monday + timedelta(days=n) for n in range(DAYS)):
        own = Span(midnight(policy, day), min(midnight(policy, day + timedelta(days=1)), span.end))
        if own.start < span.end:
            count = sum(1 for at in received if own.has(at))
            first, last = times(results, "first_response", own), times(results, "resolution", own)
            found.append(Day(day, count, first, last))
    return tuple(found)
