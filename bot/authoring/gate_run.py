"""One look of the gate at all files: what could be read of them, and every fault that was found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from bot.authoring.content_paths import ContentPaths
from bot.authoring.texts import every_text
from bot.authoring.wording import Text
from handoff.data_files import DataFaults, Fault

Made = TypeVar("Made")


@dataclass
class GateRun:
    """One look at all files. Lives for one call."""

    places: ContentPaths
    cache: Path | None
    faults: list[Fault] = field(default_factory=list)
    whole: bool = True
    """False once something could not be read or meant: what is asked of the rest may then ask for what is not there."""
    all_read: bool = True
    """False once something could not be read: names may then lead to what only seems to be missing."""

    @cached_property
    def texts(self) -> tuple[list[Text], list[Fault]]:
        """Every text of these files, and the faults of files that cannot be read: several parts of the gate ask for them."""
        return every_text(self.places)

    def opened(self, read: Callable[[], Made]) -> Made | None:
        """What is read, or as much of it as could be; None when that is nothing."""
        try:
            return read()
        except DataFaults as error:
            self.faults += error.faults
            self.whole = False
            self.all_read = self.all_read and error.all_read
            return cast("Made | None", error.rest)
        except Exception as error:  # noqa: BLE001 - whatever a file makes raise is a fault of that file, and told as one
            self._unread(error)
        return None

    def add(self, found: Callable[[], Iterator[Fault]]) -> None:
        """Faults of one kind; where something could not be read, up to where it is asked for."""
        try:
            for fault in found():
                self.faults.append(fault)
        except DataFaults as error:
            self.faults += error.faults
        except Exception as error:  # noqa: BLE001 - as above
            if self.whole or not isinstance(error, AttributeError | LookupError):
                self._unread(error)

    def _unread(self, error: Exception) -> None:
        self.whole = self.all_read = False
        self.faults.append(Fault("the files", 1, f"cannot be read: {type(error).__name__}: {error}"))
