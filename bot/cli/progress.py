"""A progress bar for what takes longer than two seconds at a terminal; nothing when the output is piped."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.understanding.matching.training import Progress as Told

SHOWN_AFTER_SECONDS = 2.0


@contextmanager
def progress_bar(title: str) -> Iterator[Told]:
    """Gives a function that is told what is being done and which part of the whole is done (0 to 1)."""
    if not sys.stderr.isatty():
        yield lambda _what, _part: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(title, total=1.0)
    begun = time.monotonic()

    def told(what: str, part: float) -> None:
        if not bar.live.is_started and time.monotonic() - begun > SHOWN_AFTER_SECONDS:
            bar.start()
        bar.update(task, description=f"{title}: {what}", completed=part)

    try:
        yield told
    finally:
        bar.stop()
