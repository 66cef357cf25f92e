"""Waiting for what another thread or process brings about."""

import time
from collections.abc import Callable
from typing import Any


def until(true: Callable[[], Any], seconds: float = 120) -> Any:
    """Wait until something is true, and return it; fails after so many seconds, which no busy machine needs."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        found = true()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not become true in time")
