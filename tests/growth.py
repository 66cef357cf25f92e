"""How the work of reading grows with what is read. Figures of one run are compared with each other and with nothing else, and looked
at again while they are in doubt, so that a busy machine makes it longer and never wrong."""

import sys
from collections.abc import Callable
from time import thread_time
from types import FrameType
from typing import Any

ROUNDS, FIRST = 60, 5
"""So often at most it is looked at, and so often the pieces first: one slow reading of them would hide what grows too fast."""
SLACK = 4.0
"""Work that grows with the square of the length is eight times over at the eightfold length."""
TIMES = 8


def grows_no_faster(work: Callable[[str], object], text: str) -> bool:
    """Whether a text takes no more work than its eight pieces by themselves, give or take `SLACK`; the first reading of any warms."""
    size = len(text) // TIMES
    pieces = [text[at : at + size] for at in range(0, size * TIMES, size)]
    whole, apart = float("inf"), min(_spent(work, pieces) for _ in range(FIRST))
    for _ in range(ROUNDS):
        whole = min(whole, _spent(work, [text]))
        apart = min(apart, _spent(work, pieces))
        if whole <= SLACK * apart:
            return True
    return False


def _spent(work: Callable[[str], object], texts: list[str]) -> float:
    start = thread_time()
    for text in texts:
        work(text)
    return thread_time() - start


def calls_of(work: Callable[[], object]) -> int:
    """How many functions are called, ours and those written in C: the same number on every machine."""
    counted = 0

    def count(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted
