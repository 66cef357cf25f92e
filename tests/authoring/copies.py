"""A copy of all files that people edit, which a test may break; and edits that tell their line."""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.authoring.content_paths import ROOT, ContentPaths
from bot.authoring.gate import written_faults
from bot.authoring.wording import Wording
from handoff.data_files import Fault, cache_folder
from handoff.policy.loading import load_policy

FOLDERS = (
    "intents",
    "kb_articles",
    "handoff/guide",
    "handoff/templates",
    "bot/understanding/rules",
    "bot/channels",
    "bot/dialogue",
    "bot/languages",
    "bot/web",
)


@dataclass(frozen=True)
class Edit:
    """What somebody writes: in which file, instead of what; and words of the fault that must come of it."""

    file: str
    old: str
    new: str
    told: str
    at: int = 0
    """Lines from the first changed one to the one that is at fault."""
    where: str = ""
    """The file in which it is told, when that is another."""

    def is_among(self, faults: Sequence[Fault]) -> bool:
        """Whether it is told of where it must be."""
        place = Path(self.where or self.file).name
        return any(self.told in fault.message and place in fault.file for fault in faults)

    def made(self, root: Path) -> int:
        """Make it, and give the line of the fault."""
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        assert self.old in text, f"{self.file} holds no `{self.old}`"
        path.write_text(text.replace(self.old, self.new, 1), encoding="utf-8")
        return text[: text.index(self.old)].count("\n") + 1 + self.at


def a_copy(to: Path, *edits: Edit) -> ContentPaths:
    """Everything that the gate reads, under another root and with these edits."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("*.py", "__pycache__", "*.js", "*.css"))
    simulated, troubles = Path("bot/simulation/scenario.yml"), Path("bot/actions/ops_alerts.yml")
    limits, checklist = Path("bot/actions/message_limits.yml"), Path("docs/incident-response.md")
    for file in (simulated, troubles, limits, checklist):
        (to / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, to / file)
    for edit in edits:
        edit.made(to)
    return ContentPaths(
        to / "intents",
        to / "kb_articles",
        to / "handoff/guide",
        to / "handoff/templates",
        to / "bot/understanding/rules",
        to / "bot/dialogue",
        to / "bot/channels",
        to / "bot/web",
        to / simulated,
        to / troubles,
        to / limits,
        to / checklist.parent,
        to / "bot/languages",
    )


def faults_in(places: ContentPaths) -> list[Fault]:
    """What their words are told to be wrong by, as a lead is told: what was found good before is not looked through again."""
    return written_faults(places, cache_folder(os.environ))


@cache
def wording() -> Wording:
    """The rules of the guide, ready to be asked; making them takes a second."""
    return Wording(load_policy())


def apart(edits: Sequence[Edit]) -> list[list[Edit]]:
    """The edits in as few copies as keep apart what one file holds and what is told in the same words."""
    copies: list[list[Edit]] = []
    for edit in edits:
        room = (one for one in copies if not any(_alike(edit, other) for other in one))
        copy = next(room, None)
        if copy is None:
            copies.append(copy := [])
        copy.append(edit)
    return copies


def _alike(one: Edit, other: Edit) -> bool:
    return one.file == other.file or one.told in other.told or other.told in one.told


def told_of(copies: Sequence[Sequence[Edit]], fresh: Callable[[], Path]) -> dict[Edit, list[Fault]]:
    """What the words of each copy are told to be wrong by, for every edit that was made in it; each copy is looked through once."""
    found: dict[Edit, list[Fault]] = {}
    for edits in copies:
        root = fresh()
        places = a_copy(root, *edits)
        found |= dict.fromkeys(edits, faults_in(places))
    return found
