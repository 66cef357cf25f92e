"""What is counted: metrics, satisfaction, and what makes an outage."""

from typing import Literal

from pydantic import Field

from handoff.data_files import Strict
from handoff.durations import Duration
from handoff.policy.names import ReportPartName


class Metric(Strict):
    row: str
    name: str
    target: Literal["within_sla", "above", "below", "trend"]
    every: Literal["day", "week"]
    value: float | None = None
    out_of: int | None = None
    unit: str | None = None
    weeks_shown: int | None = None


class Satisfaction(Strict):
    yes_counts_as: int
    no_counts_as: int
    lowest: int
    highest: int


class Metrics(Strict):
    metrics: dict[str, Metric]
    satisfaction: Satisfaction
    weekly_report: dict[ReportPartName, str]
    """The parts of the report, in the order in which they are told."""
    report_to: tuple[str, ...]
    """Contacts who get the weekly report by mail."""
    came_back_within: Duration
    immediate: Duration
    """What counts as an immediate answer of the assistant (row T1.7)."""


class Outage(Strict):
    """When like issues of several people raise a suspected incident."""

    window: Duration
    fewest_users: int = Field(ge=2)
    unlikely: float = Field(gt=0, lt=1)
    usual_over_weeks: int = Field(ge=1)
    usual_at_least: float = Field(gt=0)
    quiet_after: Duration
    not_again_for: Duration
    issues: tuple[str, ...]
