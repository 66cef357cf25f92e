"""Weeks of the report: they begin on Monday where support is."""

from datetime import UTC, datetime

import pytest

from handoff.policy.model import Policy
from handoff.weeks import span_of, week_before, week_of, weeks_shown
from tests.makers import minutes


@pytest.mark.parametrize("week", ["", "2026", "2026-48", "2026-W60", "2026-W5", "9999-W52", "0001-W01", "x026-W01"])
def test_what_is_not_a_week_is_refused(policy: Policy, week: str) -> None:
    with pytest.raises(ValueError):
        span_of(policy, week)


def test_weeks_begin_on_monday_midnight_where_support_is_over_clock_changes_and_new_year(policy: Policy) -> None:
    span = span_of(policy, "2026-W44")

    assert span.start == datetime(2026, 10, 26, 4, tzinfo=UTC) and span.end == datetime(2026, 11, 2, 5, tzinfo=UTC)
    assert week_of(policy, span.end) == "2026-W45" and week_of(policy, span.end - minutes(1)) == "2026-W44"
    assert week_before(policy, "2027-W01") == "2026-W53"
    assert weeks_shown(policy, "2027-W01") == ("2026-W51", "2026-W52", "2026-W53", "2027-W01")
