"""Logs of a week written by hand, and the report of them."""

from datetime import datetime, timedelta

from handoff.clock_history import Happened
from handoff.events import Payload, Rated
from handoff.policy.model import Policy
from handoff.report.figures import Records, Report, make_report
from handoff.report.outcomes import Talk
from handoff.ticket_events import Resolved, StaffReplied, TicketOpened, Triaged
from tests.makers import NINE

WEEK = "2026-W48"
AFTER = NINE + timedelta(days=8)


def titles(issue: str) -> str:
    """A title that names its issue."""
    return f"title of {issue}"


def event(payload: Payload, at: datetime, conversation: int = 1, ticket: int | None = None) -> Happened:
    """A row of the log."""
    return Happened(payload, at, conversation, ticket)


def opened(number: int, at: datetime = NINE, priority: str = "medium", reason: str = "asked_for_person") -> list:
    """The log of a ticket right after it was opened; its conversation has the same number."""
    return [
        event(TicketOpened("account.locked", reason), at, number, number),
        event(Triaged("new", priority, tier=2, team="support"), at, number, number),
    ]


def answered(number: int, at: datetime) -> Happened:
    """A person's answer."""
    return event(StaffReplied(), at, number, number)


def resolved(number: int, at: datetime) -> Happened:
    """The resolution."""
    return event(Resolved("in_progress"), at, number, number)


def report_of(policy: Policy, *logs: list, now: datetime = AFTER, channel: str = "email", **more) -> Report:
    """The report of these logs."""
    log = tuple(sorted((row for rows in logs for row in rows), key=lambda row: row.at))
    found: dict[int, list[Happened]] = {}
    for row in log:
        if row.ticket is not None and not isinstance(row.payload, Rated):
            found.setdefault(row.ticket, []).append(row)
    talks = {row.conversation: Talk(f"u{row.conversation}", channel) for row in log}
    lives = {number: tuple(rows) for number, rows in found.items() if isinstance(rows[0].payload, TicketOpened)}
    records = Records(log, lives, talks, dict.fromkeys(found, "account.locked"), **more)
    return make_report(policy, WEEK, records, now)
