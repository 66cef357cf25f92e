"""Waiting for what another thread or process brings about."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Given = TypeVar("Given")


def in_a_loop(work: Coroutine[Any, Any, Given]) -> Given:
    """What it gives, in a loop and thread of its own: a browser of another test has left a running loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def until(true: Callable[[], Any], seconds: float = 120) -> Any:
    """Wait until something is true, and return it; fails after so many seconds, which no busy machine needs."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        found = true()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not become true in time")
