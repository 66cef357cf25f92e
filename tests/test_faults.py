"""The table of faults: each row says what holds now, names a test that is there, and the list it comes from in one form."""

import ast
import re
from functools import cache

import pytest

from tests.documents import HOME, is_there, rows, text_of, tree

TABLE = rows("\n".join(line for line in text_of(HOME / "docs" / "faults.md").splitlines() if line.startswith("|")))
LISTS = {
    "operations.md": r"[BMm]\d{1,2}",
    "found_by_strangers.md": r"F\d{1,2}",
    "features_checked.md": r"F\d{1,2}",
    "workshop.md": r"[BMm]\d{1,2}",
    "seen_by_users.md": r"D\d{1,2}",
    "structure.md": r"F\d",
}
"""The lists, and how their numbers look."""
TEST = re.compile(r"`([\w./]*)(?:::(\w+))?`")


@cache
def functions_of(path: str) -> frozenset[str]:
    """The names of the tests in a file, and of its classes."""
    found = ast.walk(ast.parse(text_of(HOME / path)))
    return frozenset(part.name for part in found if isinstance(part, ast.FunctionDef | ast.ClassDef))


def named(cell: str) -> list[tuple[str, str]]:
    """The files that a cell names, each with the test named behind it; `::name` alone is of the file before."""
    found: list[tuple[str, str]] = []
    for path, test in TEST.findall(cell):
        folder = found[-1][0].rpartition("/")[0] if found else ""
        whole = path if "/" in path or not path else f"{folder}/{path}"
        found.append((whole or found[-1][0], test))
    return found


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0][:60])
def test_a_row_names_tests_that_are_there(row: list[str]) -> None:
    assert 3 <= len(row) <= 4 and all(row[:3])
    proofs = named(row[2])

    assert any("test" in path or path.startswith("intents/") for path, _ in proofs)
    for path, test in proofs:
        assert is_there(path), path
        assert not test or test in functions_of(path), f"{path}::{test}"


@pytest.mark.parametrize("row", [row for row in TABLE if row[3:] > [""]], ids=lambda row: row[3][:60])
def test_a_row_names_the_list_it_comes_from_in_one_form(row: list[str]) -> None:
    for part in row[3].split("; "):
        file, _, numbers = part.partition(" ")
        one = rf"{LISTS[file]}(?: to {LISTS[file]})?"
        assert re.fullmatch(rf"{one}(?:, {one})*", numbers), part


def test_every_test_file_of_a_row_is_a_test_file() -> None:
    files = {path for row in TABLE for path, _ in named(row[2]) if path.endswith(".py")}

    assert files and {path for path in files if path in tree() and not re.search(r"(^|/)test_\w+\.py$", path)} == set()
