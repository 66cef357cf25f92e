"""Rows of JSON on the standard input."""

import json
import sys
from collections.abc import Iterator

from bot.cli.common import WRONG_USE, stop


def rows(*one_of: str) -> Iterator[dict[str, object]]:
    """Each row of the input; one line and the end at what is no row, or holds none of these."""
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8", "replace"))
        except ValueError:
            stop(f"line {number} of the input is not JSON", WRONG_USE)
        if not isinstance(row, dict):
            stop(f"line {number} of the input is not an object", WRONG_USE)
        if not any(isinstance(row.get(name), str) or row.get(name) is True for name in one_of):
            stop(f"line {number} has no {' or '.join(f'`{name}`' for name in one_of)}", WRONG_USE)
        yield row
