"""Weeks of the report: from Monday midnight in the time zone of support, named YYYY-Www as ISO 8601 does."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handoff.policy.model import Policy

DAYS = 7
YEARS = range(2000, 9000)


@dataclass(frozen=True)
class Span:
    """A stretch of time, its end not included."""

    start: datetime
    end: datetime

    def has(self, at: datetime) -> bool:
        """True for a moment in it."""
        return self.start <= at < self.end


def span_of(policy: Policy, week: str) -> Span:
    """The week as YYYY-Www, from Monday midnight in the time zone of support; raises ValueError for another form."""
    year, separator, number = week.partition("-W")
    written = (
        separator and len(year) == 4 and len(number) == 2 and (year + number).isascii() and (year + number).isdecimal()
    )
    if not (written and int(year) in YEARS):
        raise ValueError(f"`{week}` is not a week: write YYYY-Www, such as 2026-W07")
    monday = date.fromisocalendar(int(year), int(number), 1)
    return Span(midnight(policy, monday), midnight(policy, monday + timedelta(days=DAYS)))


def week_of(policy: Policy, at: datetime) -> str:
    """The week that a moment lies in, as YYYY-Www."""
    return f"{at.astimezone(ZoneInfo(policy.hours.zone)):%G-W%V}"


def monday_of(week: str) -> date:
    """The day on which a week begins; raises ValueError for what is not a week."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def week_before(policy: Policy, week: str, weeks: int = 1) -> str:
    """An earlier week (a later one when `weeks` is negative)."""
    start = span_of(policy, week).start.astimezone(ZoneInfo(policy.hours.zone)).date()
    return f"{start - timedelta(days=DAYS * weeks):%G-W%V}"


def weeks_shown(policy: Policy, week: str) -> tuple[str, ...]:
    """The weeks of the volume line, the week itself last."""
    count = policy.metrics.metrics["ticket_volume"].weeks_shown or 1
    return tuple(week_before(policy, week, back) for back in reversed(range(count)))


def records_from(policy: Policy, week: str) -> datetime:
    """From when on the report reads the log: what ended up to seven days before may come back in the week."""
    start = span_of(policy, week).start
    return start - policy.metrics.came_back_within - 2 * policy.lifecycle.idle_conversation_after


def midnight(policy: Policy, day: date) -> datetime:
    """The moment at which a day begins where support is, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(policy.hours.zone)).astimezone(UTC)
