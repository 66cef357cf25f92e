"""What is slow to make is made by one worker, and all others find it."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A file of this name, made by whoever asks first in this run; nobody else writes to it."""
    with alone(folders, name) as shared:
        if not (shared / name).exists():
            make(shared / f"part-{name}")
            (shared / f"part-{name}").rename(shared / name)
    return shared / name


@contextmanager
def alone(folders: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """One worker of this run at a time is in here; what it gives is the folder that all of them share."""
    own = folders.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield shared
