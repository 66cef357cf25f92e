"""Hot reload: files that people saved come into force while the product runs, and only those without a fault."""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog
from watchfiles import watch

from bot.authoring.content_paths import stamp_of
from bot.authoring.publishing import Waits
from bot.bulkhead import guarded
from bot.channels.base import OFF, OK
from bot.dialogue.assistant import Assistant
from bot.mind import Mind
from handoff.data_files import DataFaults, Fault

log = structlog.get_logger()
CLOCK_SLACK = 1.0
"""The times of files are a little behind the clock."""
REVIEWS_SECONDS = 5


class ActiveVersion:
    """The version of the mind in force; swapped as a whole when the files change, and only for one that is without fault.
    `build` reads the files, through the gate where users are served; `dated` gives a version as it is today, with the
    articles that were signed off; `last_good` is what a start falls back on when the files are refused."""

    def __init__(
        self,
        build: Callable[[], Mind],
        dated: Callable[[Mind], Mind] = lambda mind: mind,
        last_good: Callable[[], Mind | None] = lambda: None,
    ) -> None:
        self._build, self._dated = build, dated
        self._watcher: threading.Thread | None = None
        self.since = time.time() - CLOCK_SLACK
        """When the files were read first, in seconds: what is written later is news."""
        self.faults: tuple[Fault, ...] = ()
        self.tell: Callable[[Sequence[Fault]], object] = lambda _: None
        self.waits = False
        """Whether an edit that is without fault waits for the next start."""
        self.tell_waits: Callable[[], object] = lambda: None
        self._untold = self._again = False
        try:
            self._written = self._mind = build()
        except DataFaults as error:
            kept = last_good()
            if kept is None:
                raise
            self._written = self._mind = kept
            self._refused(error.faults)

    @property
    def fault(self) -> str:
        """What the gate has against the files as they are, a line each; empty when they are in force."""
        return "\n".join(str(fault) for fault in self.faults)

    def mind(self) -> Mind:
        """The version in force."""
        return self._mind

    def assistant(self) -> Assistant:
        """What understands and speaks now."""
        return self._mind.assistant

    def watch(self) -> None:
        """This thread watches the files from now on."""
        self._watcher = threading.current_thread()

    def watched(self) -> str:
        """Whether changed files are being taken up; `off` where nobody watches them."""
        if self._watcher is None:
            return OFF
        return OK if self._watcher.is_alive() else "it has stopped: changed files are not taken up"

    def renew(self) -> bool:
        """Take the files as they are now, when they are without fault; the last good version stays otherwise. Never raises."""
        self._again = False
        try:
            fresh = self._build()
            self._written, self._mind = fresh, self._dated(fresh)
        except Waits:
            self.faults, self.waits, self._untold = (), True, True
            log.info("files_wait_for_the_start")
            return False
        except DataFaults as error:
            return self._refused(error.faults)
        except Exception as error:
            log.exception("files_raised")
            self._again = True
            return self._refused([Fault("the files", 1, f"could not be taken up: {type(error).__name__}: {error}")])
        self.faults, self.waits, self._untold = (), False, False
        log.info("files_renewed", catalog=self._mind.catalog.version)
        return True

    def _refused(self, faults: Sequence[Fault]) -> bool:
        self.faults, self.waits, self._untold = tuple(faults), False, True
        log.error("files_refused", faults=len(faults), first=str(faults[0]))
        return False

    def look_again(self) -> None:
        """What time brings: the day, the sign-offs of articles, a refusal that is still to be told, a failure to try again."""
        if self._again:
            self.renew()
        if self._untold:
            self.tell_waits() if self.waits else self.tell(self.faults)
            self._untold = False
        self._mind = self._dated(self._written)


def watch_files(current: ActiveVersion, folders: list[Path], stop: threading.Event) -> None:
    """Take up changed files about a second after they were saved, and sign-offs and a new day some seconds after; runs until
    `stop` is set, whatever is in the files and whatever becomes of the folders."""
    look_again, renew = guarded("reviews", current.look_again), guarded("files", current.renew)
    current.watch()
    seen = stamp_of(folders)
    if any(written / 1e9 >= current.since for written, _ in seen.values()):
        seen = {}  # something was saved while the version in force was being made
    look_again()
    while not stop.is_set():
        if (now := stamp_of(folders)) != seen:
            seen = now
            renew()
        guarded("watch", lambda: _wait_for_change(folders, stop))()
        look_again()


def _wait_for_change(folders: list[Path], stop: threading.Event) -> None:
    """Until something under the folders changes, or some seconds have gone."""
    there = [folder for folder in folders if folder.exists()]
    if not there:
        stop.wait(REVIEWS_SECONDS)
        return
    changes = watch(
        *there,
        stop_event=stop,
        debounce=400,
        step=100,
        rust_timeout=REVIEWS_SECONDS * 1000,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    next(changes, None)
