"""Pins the texts of other languages on which somebody's safety hangs, as they stand now: for whoever had a speaker read them."""

from bot.authoring.content_paths import ContentPaths
from bot.authoring.safety_lines import FILE, PINS, safety_lines
from bot.dialogue.lines import fingerprint
from handoff.data_files import read_yaml

HEAD = "# Texts of languages.yml as a speaker read them. Written by `python -m tools.pin_lines`; not edited by leads.\n"


def main() -> None:
    """Write all pins anew."""
    lines = ContentPaths().lines
    pins: dict[str, list[str]] = {}
    for (language, line), (_, text) in safety_lines(read_yaml(lines / FILE, lines.parents[1])):
        pins.setdefault(language, []).append(f"  {line}: {fingerprint(text)!r}\n")
    PINS.write_text(HEAD + "".join(f"{code}:\n{''.join(rows)}" for code, rows in pins.items()), encoding="utf-8")


if __name__ == "__main__":
    main()
