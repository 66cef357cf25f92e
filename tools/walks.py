"""Follows the walks of docs/structure.md through the code while their tests run: files, functions, depth, changes of file.

Usage: python -m tools.walks [WALK ...], all where none is named; each writes its row of the document. Of each walk the fullest run
counts. Files and functions are ours alone; depth is the longest chain of calls, and a change of file is one on such a chain. The
walk begins when its entry is entered and ends when the entry is left."""

import re
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from types import CodeType, FrameType

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = tuple(str(ROOT / folder) for folder in ("bot", "handoff"))
DOCUMENT = ROOT / "docs" / "structure.md"
HEAD = "| walk | files | functions | depth | changes of file |\n|---|---|---|---|---|\n"
Figures = tuple[int, int, int, int]
"""Files, functions, depth, changes of file."""


@dataclass(frozen=True)
class Walk:
    """What is followed: the file and function that is its entry, the test that walks it, and what it was at commit c94b182."""

    name: str
    file: str
    entry: str
    test: str
    before: Figures


WALKS = (
    Walk("message to ticket", "bot/actions/receive.py", "receive", "tests/actions/test_receive.py", (47, 159, 18, 6)),
    Walk("reply to transcript", "bot/actions/staff.py", "reply", "tests/channels/test_slack_desk.py", (19, 58, 13, 4)),
    Walk("stream to browser", "bot/web/chat/stream.py", "_news", "tests/web/test_reading.py", (10, 23, 10, 4)),
    Walk("from Slack", "bot/channels/slack/users/incoming.py", "on_message", "tests/channels/test_slack_intake.py", (34, 124, 15, 5)),
    Walk("to Slack", "bot/actions/deliver.py", "deliver", "tests/channels/test_slack_intake.py", (22, 76, 15, 5)),
    Walk("edit to live", "bot/hot_reload.py", "renew", "tests/web/test_hot_reload.py", (17, 54, 9, 5)),
    Walk("warning or breach", "bot/actions/sweep/sweep.py", "sweep", "tests/actions/test_clocks.py", (15, 34, 11, 4)),
    Walk("notice to thread", "bot/actions/deliver.py", "deliver", "tests/channels/test_slack_desk.py", (21, 70, 15, 5)),
)  # fmt: skip


@dataclass
class Followed:
    """What one run of a walk went through."""

    files: set[str] = field(default_factory=set)
    functions: set[CodeType] = field(default_factory=set)
    depth: int = 0
    changes: int = 0

    def figures(self) -> Figures:
        """As the table tells them."""
        return len(self.files), len(self.functions), self.depth, self.changes


class Follower:
    """Follows every thread from the entry of a walk until it is left, and keeps the fullest run."""

    def __init__(self, walk: Walk) -> None:
        self.fullest = Followed()
        self._entry = (str(ROOT / walk.file), walk.entry)
        self._here = threading.local()

    def __call__(self, frame: FrameType, event: str, _of: object) -> None:
        """What Python tells a profiler."""
        code = frame.f_code
        if event not in ("call", "return") or not code.co_filename.startswith(OURS) or code.co_name.startswith("<"):
            return
        runs: list[tuple[int, Followed]] = self._here.__dict__.setdefault("runs", [])
        stack: list[str] = self._here.__dict__.setdefault("stack", [])
        if event == "call":
            if (code.co_filename, code.co_name) == self._entry:
                runs.append((len(stack), Followed()))
            stack.append(code.co_filename)
            for began, run in runs:
                _count(run, code, stack[began:])
        elif stack:
            stack.pop()
            while runs and runs[-1][0] >= len(stack):
                self.fullest = max(self.fullest, runs.pop()[1], key=lambda run: len(run.functions))


def _count(run: Followed, code: CodeType, stack: Sequence[str]) -> None:
    run.files.add(code.co_filename)
    run.functions.add(code)
    run.depth = max(run.depth, len(stack))
    run.changes = max(run.changes, sum(one != other for one, other in pairwise(stack)))


def follow(walk: Walk) -> Figures:
    """Walk it; raises RuntimeError when its test fails or never comes to its entry."""
    follower = Follower(walk)
    threading.setprofile(follower)
    sys.setprofile(follower)
    failed = pytest.main(["-q", "-n", "0", walk.test])
    sys.setprofile(None)
    if failed or not follower.fullest.files:
        raise RuntimeError(f"{walk.name}: {walk.test} {'fails' if failed else 'does not come to the entry'}")
    return follower.fullest.figures()


def told(document: str) -> dict[str, Figures]:
    """What the document's table says of each walk, as it is now."""
    rows = re.findall(r"^\| ([^|]+) ((?:\| \d+ · \d+ ){4})\|$", document, re.MULTILINE)
    return {name: tuple(map(int, re.findall(r"· (\d+)", cells))) for name, cells in rows}  # type: ignore[misc]


def written(document: str, figures: Mapping[str, Figures]) -> str:
    """The document with this table: before · now, the walks in their order."""
    rows = [(walk, figures[walk.name]) for walk in WALKS if walk.name in figures]
    lines = [
        f"| {walk.name} | {' | '.join(f'{one} · {other}' for one, other in zip(walk.before, now, strict=True))} |\n"
        for walk, now in rows
    ]
    return re.sub(re.escape(HEAD) + r"(\|.*\n)*", HEAD + "".join(lines), document)


def main() -> None:
    """Each walk in a process of its own, one after the other."""
    walks = [walk for walk in WALKS if walk.name in (sys.argv[1:] or [walk.name])]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as apart:
        for walk, figures in zip(walks, apart.map(follow, walks), strict=True):
            document = DOCUMENT.read_text(encoding="utf-8")
            DOCUMENT.write_text(written(document, told(document) | {walk.name: figures}), encoding="utf-8")


if __name__ == "__main__":
    main()
