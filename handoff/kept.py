"""Files kept by their content: each written whole or not at all, and of every kind only those that were asked for last."""

import os
import pickle
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")

MOST = {"voices": 3, "matcher": 4, "calibration": 4, "sentences": 3, "read": 3, "rules": 20}
"""How many of a kind stay, by the first word of the file's name; of small kinds a few hundred."""
MOST_OF_OTHERS = 400


def kept_value(path: Path | None, make: Callable[[], Made]) -> Made:
    """What this file keeps, else what is made now, and kept there from now on; made each time where no file is given."""
    if path is not None and (content := recall(path)) is not None:
        kept: Made = pickle.loads(content)  # noqa: S301 - our own cache, keyed by content
        return kept
    made = make()
    if path is not None:
        keep(path, pickle.dumps(made))
    return made


def keep(path: Path, content: bytes) -> None:
    """Write a file that can be made again; one that cannot be written is none. Of many processes that write the same, one wins."""
    part = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        return
    _forget_old(path)


def recall(path: Path) -> bytes | None:
    """What was kept there, which is forgotten after what was asked for longer ago; None where nothing is."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    with suppress(OSError):
        os.utime(path)
    return content


def _forget_old(path: Path) -> None:
    kind = path.name.partition("-")[0]
    same = [other for other in path.parent.glob(f"{kind}-*") if other.suffix == path.suffix]
    if len(same) > MOST.get(kind, MOST_OF_OTHERS):
        newest_first = sorted(same, key=_age, reverse=True)
        for old in newest_first[MOST.get(kind, MOST_OF_OTHERS) :]:
            with suppress(OSError):
                old.unlink()


def _age(path: Path) -> float:
    """When a file was written or asked for; 0 where it is gone already."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
