"""A simulated stretch of time, read by plain SQL and counted by arithmetic of its own."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

from bot.actions.deps import Deps
from bot.mind import Mind
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.migrate import migrate
from handoff.policy.model import Policy
from handoff.report.figures import Report

END = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
"""Monday midnight in New York."""
WEEK, BEFORE = "2026-W48", "2026-W47"
START = END - timedelta(days=7)


@dataclass(frozen=True)
class Event:
    """A row of the log, read by SQL."""

    kind: str
    conversation: int
    ticket: int
    at: datetime
    data: dict


@dataclass(frozen=True)
class Month:
    """A simulated stretch of time."""

    deps: Deps
    report: Report
    events: list[Event]
    channels: dict[int, str]

    def inside(self, *kinds: str) -> list[Event]:
        """The events of the week of these kinds."""
        return [e for e in self.events if e.kind in kinds and START <= e.at < END]

    def of(self, ticket: int) -> list[Event]:
        """The log of a ticket."""
        return [e for e in self.events if e.ticket == ticket]


def deps_at(path: Path, policy: Policy, mind: Mind) -> Deps:
    """What the actions work with, on a new SQLite database."""
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    return Deps(sessions_of(engine), reading_sessions_of(engine), policy, lambda: mind.assistant, "http://desk.test")


def moment(written: str) -> datetime:
    """A moment as SQLite holds it."""
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


def opening_minutes(start: datetime, amount: int) -> datetime:
    """Count opening minutes one by one: Monday to Friday 8 to 18 in New York, no US federal holiday."""
    closed = holidays.country_holidays("US", years=(2026,))
    at, zone = start, ZoneInfo("America/New_York")
    while amount:
        local = at.astimezone(zone)
        amount -= local.weekday() < 5 and 8 <= local.hour < 18 and local.date() not in closed
        at += timedelta(minutes=1)
    return at


def priority_before(month: Month, ticket: int, at: datetime) -> str:
    """The priority that a ticket had."""
    found = "low"
    for event in month.of(ticket):
        if event.at <= at and event.kind == "triaged" and "priority" in event.data:
            found = event.data["priority"]
        elif event.at <= at and event.kind == "priority":
            found = event.data["to"]
    return found


def cycles(log: list[Event]) -> list[tuple[datetime, datetime | None, timedelta, bool]]:
    """Start, end, time spent waiting for the user, and whether it waits still: one row for each resolution owed."""
    found, begun, asked, waited = [], log[0].at, None, timedelta()
    for event in log:
        if event.kind == "waiting_for_user" and asked is None:
            asked = event.at
        if event.kind in ("user_answered", "resolved") and asked is not None:
            waited, asked = waited + (event.at - asked), None
        if event.kind == "resolved":
            found.append((begun, event.at, waited, False))
            begun = None
        if event.kind == "in_progress" and event.data["from"] == "resolved":
            begun, waited = event.at, timedelta()
    return found if begun is None else [*found, (begun, None, waited, asked is not None)]
