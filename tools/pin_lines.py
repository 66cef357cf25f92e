"""Pins the texts of other languages as they stand now: for whoever had a speaker read them."""

from bot.authoring.content_paths import ContentPaths
from bot.authoring.safety_lines import PINS, pinned_lines
from bot.dialogue.lines import fingerprint
from bot.languages.loading import language_documents

HEAD = "# Texts of bot/languages/*.yml as a speaker read them. Written by `python -m tools.pin_lines`; not edited by leads.\n"


IN_A_LINE = 4


def main() -> None:
    """Write all pins anew."""
    pins: dict[str, list[str]] = {}
    for language, document in language_documents(ContentPaths().languages).items():
        for line, (_, text) in pinned_lines(document):
            pins.setdefault(language, []).append(f"{line}: {fingerprint(text)!r}")
    PINS.write_text(HEAD + "".join(_table(code, rows) for code, rows in pins.items()), encoding="utf-8")


def _table(code: str, rows: list[str]) -> str:
    """The pins of a language, several on a line."""
    lines = [", ".join(rows[at : at + IN_A_LINE]) for at in range(0, len(rows), IN_A_LINE)]
    return f"{code}: {{\n  " + ",\n  ".join(lines) + "}\n"


if __name__ == "__main__":
    main()
