"""Follows the walks of docs/structure.md through the code while their tests run: files, functions, depth, changes of file.

Usage: python -m tools.walks. Of each walk the fullest run counts. Files and functions are ours alone; depth is the longest chain of
calls, and a change of file is one on such a chain. The walk begins when its door is entered and ends when the door is left."""

import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = tuple(str(ROOT / folder) for folder in ("bot", "handoff"))


@dataclass(frozen=True)
class Walk:
    """What is followed: the file and function that is its door, and the test that walks it."""

    name: str
    file: str
    door: str
    test: str


WALKS = (
    Walk("1 in-app message to ticket", "bot/actions/receive.py", "receive", "tests/actions/test_receive.py"),
    Walk("2 staff reply to transcript", "bot/actions/staff.py", "reply", "tests/channels/test_slack_desk.py"),
    Walk("3 Slack event to stored answer", "bot/channels/slack/users/incoming.py", "on_message", "tests/channels/test_slack_intake.py"),
    Walk("3 outbox to Slack", "bot/actions/deliver.py", "deliver", "tests/channels/test_slack_intake.py"),
    Walk("4 lead's edit to live", "bot/hot_reload.py", "renew", "tests/web/test_hot_reload.py"),
    Walk("5 one warning or breach", "bot/actions/clocks.py", "sweep", "tests/actions/test_clocks.py"),
)  # fmt: skip


@dataclass
class Followed:
    """What one run of a walk went through."""

    files: set[str] = field(default_factory=set)
    functions: set[CodeType] = field(default_factory=set)
    depth: int = 0
    changes: int = 0


class Follower:
    """Follows every thread from the door of a walk until it is left, and keeps the fullest run of each walk."""

    def __init__(self, walks: Sequence[Walk]) -> None:
        self.doors = {(str(ROOT / walk.file), walk.door): walk.name for walk in walks}
        self.found: dict[str, Followed] = {}
        self._here = threading.local()

    def __call__(self, frame: FrameType, event: str, _of: object) -> None:
        """What Python tells a profiler."""
        code = frame.f_code
        if event not in ("call", "return") or not code.co_filename.startswith(OURS) or code.co_name.startswith("<"):
            return
        runs: list[tuple[str, int, Followed]] = self._here.__dict__.setdefault("runs", [])
        stack: list[str] = self._here.__dict__.setdefault("stack", [])
        if event == "call":
            if name := self.doors.get((code.co_filename, code.co_name)):
                runs.append((name, len(stack), Followed()))
            stack.append(code.co_filename)
            for _, began, run in runs:
                _count(run, code, stack[began:])
        elif stack:
            stack.pop()
            while runs and runs[-1][1] >= len(stack):
                self._keep(*runs.pop())

    def _keep(self, name: str, _began: int, run: Followed) -> None:
        if name not in self.found or len(run.functions) > len(self.found[name].functions):
            self.found[name] = run


def _count(run: Followed, code: CodeType, stack: Sequence[str]) -> None:
    run.files.add(code.co_filename)
    run.functions.add(code)
    run.depth = max(run.depth, len(stack))
    run.changes = max(run.changes, sum(one != other for one, other in pairwise(stack)))


def main() -> None:
    """A line for each walk."""
    follower = Follower(WALKS)
    threading.setprofile(follower)
    sys.setprofile(follower)
    failed = pytest.main(["-q", "-n", "0", *dict.fromkeys(walk.test for walk in WALKS)])
    sys.setprofile(None)
    for walk in WALKS:
        if run := follower.found.get(walk.name):
            print(f"| {walk.name} | {len(run.files)} | {len(run.functions)} | {run.depth} | {run.changes} |")
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
