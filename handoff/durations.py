"""Lengths of time as people write them in data files: 15m, 4h, 7d, 1w."""

import re
from datetime import timedelta
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_WRITTEN = re.compile(r"^(\d{1,4})([mhdw])$")


def parse_duration(written: object) -> timedelta:
    """`15m` -> 15 minutes (units m, h, d, w); raises ValueError that says what is allowed."""
    if isinstance(written, timedelta):
        return written
    match = _WRITTEN.match(written) if isinstance(written, str) else None
    if match is None:
        raise ValueError(f"`{written}` is not a length of time: write a number and m, h, d or w, such as 15m or 4h")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def written_duration(amount: timedelta) -> str:
    """The same the other way round, in the largest unit that fits: 7 days -> `1w`."""
    for mark, unit in reversed(_UNITS.items()):
        if amount % timedelta(**{unit: 1}) == timedelta():
            return f"{amount // timedelta(**{unit: 1})}{mark}"
    raise ValueError(f"{amount} is not a whole number of minutes")


Duration = Annotated[
    timedelta, BeforeValidator(parse_duration), PlainSerializer(written_duration, return_type=str, when_used="json")
]
