"""Logs of a week written by hand, and the report of them."""

from datetime import datetime, timedelta

from handoff.outcomes import Talk
from handoff.policy import Policy
from handoff.promises import Happened
from handoff.report import Records, Report, make_report
from tests.makers import NINE

WEEK = "2026-W48"
AFTER = NINE + timedelta(days=8)


def titles(issue: str) -> str:
    """A title that names its issue."""
    return f"title of {issue}"


def event(kind: str, at: datetime, conversation: int = 1, ticket: int | None = None, **data) -> Happened:
    """A row of the log."""
    return Happened(kind, at, conversation, ticket, "bot", data)


def opened(number: int, at: datetime = NINE, priority: str = "medium", reason: str = "asked_for_person") -> list:
    """The log of a ticket right after it was opened; its conversation has the same number."""
    return [
        event("new", at, number, number, issue="account.locked", reason=reason),
        event("triaged", at, number, number, priority=priority, tier=2, team="support"),
    ]


def answered(number: int, at: datetime) -> Happened:
    """A person's answer."""
    return event("staff_reply", at, number, number)


def resolved(number: int, at: datetime) -> Happened:
    """The resolution."""
    return event("resolved", at, number, number)


def report_of(policy: Policy, *logs: list, now: datetime = AFTER, channel: str = "email", **more) -> Report:
    """The report of these logs."""
    log = tuple(sorted((row for rows in logs for row in rows), key=lambda row: row.at))
    found: dict[int, list[Happened]] = {}
    for row in log:
        if row.ticket is not None and row.kind != "rated":
            found.setdefault(row.ticket, []).append(row)
    talks = {row.conversation: Talk(f"u{row.conversation}", channel) for row in log}
    lives = {number: tuple(rows) for number, rows in found.items() if rows[0].kind == "new"}
    records = Records(log, lives, talks, dict.fromkeys(found, "account.locked"), **more)
    return make_report(policy, WEEK, records, now)
