"""Times in what the assistant told a user, shown to staff in their own zone, so that one page has one zone."""

import re
from datetime import UTC, datetime, timedelta

from handoff.hours import zone_of
from handoff.notices import clock_time

NEAR = timedelta(days=120)
_WRITTEN = "%Y %a, %b %d, %I:%M %p"
_MOMENT = re.compile(r"[A-Z][a-z]{2}, [A-Z][a-z]{2} \d{1,2}, \d{1,2}:\d\d [AP]M (?P<zone>[A-Z]+(?:[+-]\d+)?)", re.ASCII)


def in_own_zone(text: str, said_at: datetime, theirs: str, ours: str) -> tuple[str, str]:
    """The text with every moment in our zone, and the name of the zone in which the user read them; empty where nothing changed.
    What is not surely a moment that we wrote in the user's zone stays as it is."""
    read_in = set[str]()

    def ours_of(found: re.Match[str]) -> str:
        moment = _moment_of(found, said_at, theirs, ours)
        told = clock_time(moment, "", ours) if moment else found[0]
        if told != found[0]:
            read_in.add(found["zone"])
        return told

    return _MOMENT.sub(ours_of, text), ", ".join(sorted(read_in))


def _moment_of(found: re.Match[str], said_at: datetime, theirs: str, ours: str) -> datetime | None:
    """The moment near `said_at` that is written like this in the user's zone."""
    words, zone = found[0].removesuffix(f" {found['zone']}"), zone_of(theirs, ours)
    for year in (said_at.year, said_at.year + 1, said_at.year - 1):
        try:
            local = datetime.strptime(f"{year} {words}", _WRITTEN).replace(tzinfo=zone)
        except ValueError:
            return None
        for moment in (local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)):
            if abs(moment - said_at) < NEAR and clock_time(moment, theirs, ours) == found[0]:
                return moment
    return None
