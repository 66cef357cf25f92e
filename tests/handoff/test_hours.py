"""Business hours against a count by the minute, over weekends, holidays and both clock changes."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handoff.hours import NeverOpen, add_business_time, is_open, next_opening
from handoff.policy.loading import load_policy
from handoff.policy.model import Policy

NEW_YORK = ZoneInfo("America/New_York")
HOURS = load_policy().hours
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))  # noqa: DTZ001 - Hypothesis wants them naive
moments = moments.map(lambda at: at.replace(tzinfo=UTC, second=0, microsecond=0))


@lru_cache
def holidays_of(year: int) -> set[date]:
    """The holidays of the United States in a year."""
    return set(holidays.country_holidays("US", years=year))


def open_by_hand(at: datetime) -> bool:
    """Mon to Fri from eight to six in New York, without the holidays: written down again, on purpose."""
    local = at.astimezone(NEW_YORK)
    return local.weekday() < 5 and 8 <= local.hour < 18 and local.date() not in holidays_of(local.year)


@settings(max_examples=60, deadline=None)
@given(moments, st.integers(1, 1500))
def test_business_time_is_added_as_a_count_by_the_minute_adds_it(start: datetime, length: int) -> None:
    end = add_business_time(HOURS, start, timedelta(minutes=length))

    minutes = int((end - start).total_seconds() // 60)
    assert sum(open_by_hand(start + timedelta(minutes=n)) for n in range(minutes)) == length
    assert open_by_hand(end - timedelta(minutes=1))


@pytest.mark.guide("CH3", "O11")
def test_four_business_hours_from_friday_afternoon_end_on_monday_morning() -> None:
    friday = datetime(2026, 11, 20, 16, 0, tzinfo=NEW_YORK)

    assert add_business_time(HOURS, friday, timedelta(hours=4)) == datetime(2026, 11, 23, 10, 0, tzinfo=NEW_YORK)


def test_thanksgiving_does_not_count() -> None:
    wednesday = datetime(2026, 11, 25, 17, 0, tzinfo=NEW_YORK)

    assert add_business_time(HOURS, wednesday, timedelta(hours=2)) == datetime(2026, 11, 27, 9, 0, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    "day", [datetime(2026, 3, 6, 17, tzinfo=NEW_YORK), datetime(2026, 10, 30, 17, tzinfo=NEW_YORK)]
)
def test_a_clock_change_over_the_weekend_neither_adds_nor_takes_an_hour(day: datetime) -> None:
    end = add_business_time(HOURS, day, timedelta(hours=2)).astimezone(NEW_YORK)

    assert (end.weekday(), end.hour, end.minute) == (0, 9, 0)


def test_open_and_next_opening_agree() -> None:
    sunday = datetime(2026, 11, 22, 12, tzinfo=NEW_YORK)

    assert not is_open(HOURS, sunday)
    assert next_opening(HOURS, sunday) == datetime(2026, 11, 23, 8, tzinfo=NEW_YORK)


def test_hours_that_never_open_are_refused_in_finite_time(policy: Policy) -> None:
    closed = policy.hours.model_copy(update={"week": dict.fromkeys(policy.hours.week, ())})

    with pytest.raises(NeverOpen):
        add_business_time(closed, datetime(2026, 1, 1, tzinfo=UTC), timedelta(minutes=1))
