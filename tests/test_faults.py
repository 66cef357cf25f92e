"""The table of faults: each row says what holds now, names a test that is there, and the list it comes from in one form."""

import ast
import re
from functools import cache

import pytest

from tests.documents import HOME, is_there, rows, section, text_of, tree

TEXT = text_of(HOME / "docs" / "faults.md")
KINDS = {row[0] for row in rows(section(TEXT, "## Kinds"))}
TABLE = rows(section(TEXT, "## Held by tests"))
NOT_HELD = rows(section(TEXT, "## Held by no test, and why"))
LISTS = {
    "operations.md": r"[BMm]\d{1,2}",
    "found_by_strangers.md": r"[FP]\d{1,2}",
    "features_checked.md": r"F\d{1,2}",
    "workshop.md": r"[BMm]\d{1,2}",
    "seen_by_users.md": r"D\d{1,2}",
    "structure.md": r"F\d",
}
"""The lists, and how their numbers look."""
NUMBERS = {
    "operations.md": "B1 to B10, M1 to M18, m1 to m16",
    "found_by_strangers.md": "F1 to F11, F13 to F15, F17 to F33, F35, F37 to F41, F43 to F53, P1 to P12",
    "features_checked.md": "F1 to F24",
    "workshop.md": "B1 to B4, M1 to M14, m1 to m13",
    "seen_by_users.md": "D1 to D27",
    "structure.md": "F1 to F7",
}
"""Every fault that the lists number."""
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
    assert 4 <= len(row) <= 5 and all(row[:4])
    proofs = named(row[3])

    assert any("test" in path or path.startswith("intents/") for path, _ in proofs)
    for path, test in proofs:
        assert is_there(path), path
        assert not test or test in functions_of(path), f"{path}::{test}"


@pytest.mark.parametrize("row", [row for row in (*TABLE, *NOT_HELD) if len(row) == 5 or row in NOT_HELD])
def test_a_row_names_the_list_it_comes_from_in_one_form(row: list[str]) -> None:
    for part in filter(None, row[-1].split("; ")):
        file, _, numbers = part.partition(" ")
        one = rf"{LISTS[file]}(?: to {LISTS[file]})?"
        assert re.fullmatch(rf"{one}(?:, {one})*", numbers), part


def test_every_kind_is_one_of_the_list_and_every_one_of_the_list_is_met() -> None:
    assert {row[1] for row in (*TABLE, *NOT_HELD)} == KINDS


def test_a_row_without_a_test_says_why_and_where_it_comes_from() -> None:
    assert NOT_HELD and all(len(row) == 4 and all(row) for row in NOT_HELD)


@pytest.mark.parametrize("file", NUMBERS)
def test_every_number_of_a_list_has_a_row(file: str) -> None:
    told = [part for row in (*TABLE, *NOT_HELD) for part in row[-1].split("; ") if part.startswith(f"{file} ")]

    here = {number for part in told for number in spread(part.partition(" ")[2])}

    assert spread(NUMBERS[file]) == here


def spread(numbers: str) -> set[str]:
    """`F1 to F3, F5` as the numbers that it means."""
    found: set[str] = set()
    for part in numbers.split(", "):
        first, _, last = part.partition(" to ")
        end = int((last or first)[1:])
        found |= {f"{first[0]}{number}" for number in range(int(first[1:]), end + 1)}
    return found


def test_every_test_file_of_a_row_is_a_test_file() -> None:
    files = {path for row in TABLE for path, _ in named(row[3]) if path.endswith(".py")}

    assert files and {path for path in files if path in tree() and not re.search(r"(^|/)test_\w+\.py$", path)} == set()
