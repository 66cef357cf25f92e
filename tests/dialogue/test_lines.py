"""The file of lines holds what the code says, and nothing that is never said."""

import re
from pathlib import Path

from bot.dialogue.lines import NEEDED, load_lines

BOT = Path(__file__).resolve().parents[2] / "bot"


def test_the_file_holds_exactly_the_lines_that_are_needed() -> None:
    assert set(load_lines().texts) == NEEDED


def test_every_needed_line_is_named_somewhere_in_the_code() -> None:
    paths = [path for path in BOT.rglob("*.py") if path.name != "lines.py"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    started = tuple(re.findall(r"f\"([a-z_]+_)\{", code))

    assert [name for name in sorted(NEEDED) if f'"{name}"' not in code and not name.startswith(started)] == []
