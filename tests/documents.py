"""The documents of the repository, as tests read them: code spans, links, paths, names of settings, commands."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path, PurePosixPath

HOME = Path(__file__).resolve().parents[1]
FOLDERS = ("bot", "docs", "handoff", "intents", "kb_articles", "slack", "tests", "tools", "voices", ".ci")
OF_CHANNELS = sorted((HOME / "bot" / "channels").glob("*/README.md"))
"""A channel may tell its own settings itself."""
DOCUMENTS = sorted((*HOME.glob("*.md"), *(HOME / "docs").glob("*.md"), HOME / "voices" / "README.md", *OF_CHANNELS))
SUFFIXES = "py|example|yml|md|json|jsonl|j2|html|txt|npz|sh|toml|js|css|gz|svg|png|po"
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]*)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
FILE_NAME = re.compile(rf"[\w.*/-]+\.(?:{SUFFIXES})")
PATH = re.compile(r"[\w.*/-]+")


def text_of(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def named(path: Path) -> str:
    """A file as it is called from the root of the repository; for the names of tests."""
    return path.relative_to(HOME).as_posix()


@cache
def tree() -> tuple[str, ...]:
    """Every file and folder that belongs to the repository; folders end with a slash."""
    found = [path for path in HOME.iterdir() if path.is_file()]
    for folder in FOLDERS:
        found += [HOME / folder, *(HOME / folder).rglob("*")]
    return tuple(named(path) + "/" * path.is_dir() for path in found if "__pycache__" not in path.parts)


def spans(text: str) -> list[str]:
    """What stands between single backticks, outside blocks of code."""
    return SPAN.findall(BLOCK.sub("", text))


def code(text: str) -> list[str]:
    """Every line of code: spans, and the lines of blocks."""
    return [*spans(text), *(line for _, block in BLOCK.findall(text) for line in block.splitlines())]


def paths(text: str) -> Iterator[tuple[str, str]]:
    """Each path that a text marks as code, with the test named behind it (empty: none)."""
    for span in spans(text):
        path, _, test = span.partition("::")
        if FILE_NAME.fullmatch(path) or (PATH.fullmatch(path) and path.partition("/")[0] in FOLDERS and "/" in path):
            yield path, test


def is_there(path: str) -> bool:
    """True for a path or glob of the repository; one that begins with no folder of the root may lie anywhere."""
    if path.partition("/")[0] in FOLDERS:
        return any(matches(known, path) for known in tree())
    return any(fnmatch(known, path) or fnmatch(known, f"*/{path}") for known in tree())


def matches(known: str, path: str) -> bool:
    """True when a file or folder is what the path or glob means; a star never reaches over a slash."""
    known, path = known.rstrip("/"), path.rstrip("/")
    return known.count("/") == path.count("/") and PurePosixPath(known).match(path)


def settings_told(document: Path) -> set[str]:
    """The settings that a document has a row for."""
    told = rows(section(text_of(document), "## Settings"))
    return {name for row in told for name in re.findall(r"`([A-Z_0-9]+)`", row[0])}


def anchors(text: str) -> set[str]:
    """The anchors of the headings, as a page on the web gives them."""
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in HEADING.findall(text)}


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its rank or above."""
    mark, _, _ = heading.partition(" ")
    whole = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(mark)}}} |\Z)", text, re.MULTILINE | re.DOTALL)
    assert whole, f"there is no heading {heading}"
    return whole[1]


def rows(table: str) -> list[list[str]]:
    """The cells of each row of a table, without its head."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]
