"""Business hours: opening times in a time zone with holidays and both clock changes. All answers are in UTC."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays

from handoff.policy.channels import Hours
from handoff.policy.names import DAYS

FURTHEST = timedelta(days=366)
Window = tuple[datetime, datetime]


@dataclass(frozen=True)
class NeverOpen(Exception):
    """The opening hours leave no time within a year."""

    after: datetime


@lru_cache(maxsize=64)
def _public_holidays(country: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays(country, years=year))


def _closed_all_day(hours: Hours, day: date) -> bool:
    rules = hours.holidays
    if day in rules.open_on:
        return False
    return day in rules.also_closed or day in _public_holidays(rules.country, day.year)


def _clock(written: str) -> time:
    hour, minute = written.split(":")
    return time(int(hour), int(minute))


def windows_of(hours: Hours, day: date) -> list[Window]:
    """The opening times of a local date, in UTC; a wall time that a clock change skips counts from the change."""
    if _closed_all_day(hours, day):
        return []
    zone = ZoneInfo(hours.zone)
    windows = []
    for written in hours.week[DAYS[day.weekday()]]:
        start, end = (_clock(part) for part in written.split("-"))
        opens = datetime.combine(day, start, zone).astimezone(UTC)
        closes = datetime.combine(day, end, zone).astimezone(UTC)
        if opens < closes:
            windows.append((opens, closes))
    return windows


def _windows_from(hours: Hours, at: datetime) -> Iterator[Window]:
    """Opening times that end after `at`, soonest first; the first is cut at `at`. Raises NeverOpen after a year."""
    day = at.astimezone(ZoneInfo(hours.zone)).date()
    last = day + FURTHEST
    found = False
    while day <= last:
        for opens, closes in windows_of(hours, day):
            if closes > at:
                found = True
                yield max(opens, at), closes
        day += timedelta(days=1)
        if found:
            last = day + FURTHEST
            found = False
    raise NeverOpen(at)


def zone_name(local: datetime) -> str:
    """What the zone of a moment is called: EST; UTC-03 for one that has no name of its own."""
    name = f"{local:%Z}"
    return name if name.isalpha() else f"UTC{name}"


def zone_of(name: str, home: str) -> ZoneInfo:
    """The zone with this name; the home zone when there is none."""
    try:
        return ZoneInfo(name or home)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo(home)


def is_open(hours: Hours, at: datetime) -> bool:
    """True when support is open at this moment."""
    return next_opening(hours, at) == at.astimezone(UTC)


def next_opening(hours: Hours, at: datetime) -> datetime:
    """This moment when support is open, else the next moment at which it opens."""
    return next(_windows_from(hours, at.astimezone(UTC)))[0]


def add_business_time(hours: Hours, start: datetime, amount: timedelta) -> datetime:
    """The moment at which `amount` of opening time has passed since `start`."""
    left = amount
    for opens, closes in _windows_from(hours, start.astimezone(UTC)):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise NeverOpen(start)
