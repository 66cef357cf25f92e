"""Publishing: files reach users only with the gate's word, and live as a copy that nobody edits."""

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from bot.authoring.content_paths import ContentPaths
from bot.authoring.gate import written_faults
from bot.authoring.gate_process import GateProcess, NoWord
from bot.authoring.verdict import Verdict, known_verdict
from handoff.data_files import DataFaults, Fault, cache_folder

KEPT = 4
AskGate = Callable[[ContentPaths], Verdict]
TAKEN_UP = {
    "intents": "a/intents",
    "articles": "b/kb_articles",
    "rules": "c/bot/understanding/rules",
    "lines": "c/bot/dialogue",
    "languages": "c/bot/languages",
    "templates": "c/handoff/templates",
}
"""What is taken up while the bot runs, and where it lies in a copy. All else is read at the start."""
NOT_COPIED = shutil.ignore_patterns(".*", "#*", "*~", "*.py", "__pycache__")


class Waits(Exception):
    """The files are without fault and wait for the next start: the guide's tables are other ones than those in force."""


class VersionStore:
    """Copies of versions. The newest that passed the gate is known by name, so that a start after a bad save has it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._word = folder / "last_good"

    def copy(self, live: ContentPaths) -> ContentPaths:
        """The files that are taken up while the bot runs, as they are at this moment, where nobody edits them."""
        for _ in range(3):
            stamp = live.stamp()
            made = self._copied(live)
            if live.stamp() == stamp:
                break
        return made

    def _copied(self, live: ContentPaths) -> ContentPaths:
        self._folder.mkdir(parents=True, exist_ok=True)
        part = self._folder / f"part-{os.getpid()}"
        shutil.rmtree(part, ignore_errors=True)
        for folder, copy in _copies(part, live).items():
            shutil.copytree(getattr(live, folder), copy, ignore=NOT_COPIED)
        whole = sha256()
        for path in sorted(part.rglob("*")):
            if path.is_file():
                whole.update(path.relative_to(part).as_posix().encode() + path.read_bytes())
        place = self._folder / whole.hexdigest()[:24]
        with suppress(OSError):  # another process has made the very same copy
            part.rename(place)
        shutil.rmtree(part, ignore_errors=True)
        return self._at(place, live)

    @staticmethod
    def _at(place: Path, live: ContentPaths) -> ContentPaths:
        return replace(live, **_copies(place, live))

    def accept(self, version: ContentPaths) -> None:
        """This version passed: it is the last good one. Copies that are older than the newest few are thrown away."""
        place = version.intents.parents[1]
        os.utime(place)
        part = self._word.with_name(f"last_good.{os.getpid()}")
        part.write_text(place.name, encoding="utf-8")
        part.replace(self._word)
        others = [one for one in self._folder.iterdir() if one.is_dir() and one != place]
        for old in sorted(others, key=lambda one: one.stat().st_mtime, reverse=True)[KEPT:]:
            shutil.rmtree(old, ignore_errors=True)

    def last(self, live: ContentPaths) -> ContentPaths | None:
        """The last version that passed, or None when none did yet."""
        try:
            place = self._folder / self._word.read_text(encoding="utf-8").strip()
        except OSError:
            return None
        there = all(copy.is_dir() for copy in _copies(place, live).values())
        return self._at(place, live) if there else None


def _copies(place: Path, live: ContentPaths) -> dict[str, Path]:
    """Where each folder lies in a copy, under the name that people know it by."""
    return {name: (place / copy).with_name(getattr(live, name).name) for name, copy in TAKEN_UP.items()}


@dataclass(frozen=True)
class Publisher:
    """What stands between the files that people edit and what users read."""

    live: ContentPaths
    versions: VersionStore
    ask_gate: AskGate
    guide: str = ""
    """The guide's tables as they were at the start; while they differ, all edits wait for a restart."""

    def admitted(self) -> ContentPaths:
        """The files as they are now, as a copy; raises DataFaults with everything that the gate has against them, and Waits."""
        copy = self.versions.copy(self.live)
        verdict = self.ask_gate(copy)
        if not verdict.passes:
            raise DataFaults(list(verdict.faults))
        if self.guide and guide_word(self.live) != self.guide:
            raise Waits
        self.versions.accept(copy)
        return copy

    def last_good(self) -> ContentPaths | None:
        """The last version that passed, when it passes still beside the files that are read at the start; None otherwise."""
        kept = self.versions.last(self.live)
        return kept if kept is not None and self.ask_gate(kept).passes else None


def guide_word(places: ContentPaths) -> str:
    """A word that changes with any table of the guide."""
    return sha256(b"".join(path.read_bytes() for path in sorted(places.guide.glob("*.yml")))).hexdigest()


def gate_by_writing(places: ContentPaths) -> Verdict:
    """The gate's word on what is written alone: all that can be asked where the sentence encoder is missing."""
    return Verdict("", tuple(written_faults(places)))


def gate_apart(environ: Mapping[str, str], encoder: str) -> AskGate:
    """The gate asked in a process of its own. `encoder` is the name of the one that reads here."""
    process = GateProcess(environ)

    def ask(places: ContentPaths) -> Verdict:
        known = known_verdict(places, encoder, cache_folder(environ))
        if known is not None:
            return known
        try:
            return Verdict("", process.ask({name: str(getattr(places, name)) for name in TAKEN_UP}))
        except NoWord as error:
            return Verdict("", (Fault("the files", 1, str(error)),))

    return ask
