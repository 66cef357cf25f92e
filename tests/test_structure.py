"""The structure holds what CONTRIBUTING.md promises: sizes, parameters, types, and issues named in one place."""

import ast
from pathlib import Path

import pytest

from tools.structure import Measures, measured

HOME = Path(__file__).parents[1]
MOST_LINES, LONGEST_FUNCTION, MOST_PARAMETERS, MOST_ANYS = 300, 40, 3, 80
NAMES = ("bot/understanding/intents/names.py", "handoff/policy/names.py")
"""Where issues that the code knows stand: those of the assistant, and those that the guide counts."""


@pytest.fixture(scope="module")
def found() -> Measures:
    return measured([HOME / "bot", HOME / "handoff"])


def test_no_file_and_no_function_is_longer_than_it_may_be(found: Measures) -> None:
    assert [str(path) for path, lines in found.files.items() if lines > MOST_LINES] == []
    assert [name for name, lines in found.functions.items() if lines > LONGEST_FUNCTION] == []


def test_nine_of_ten_functions_take_few_parameters_and_few_values_are_of_any_type(found: Measures) -> None:
    assert found.most_have <= MOST_PARAMETERS and found.anys <= MOST_ANYS


def test_an_issue_that_the_code_knows_is_named_once() -> None:
    issues = {path.stem.replace("_", ".", 1) for path in (HOME / "intents").glob("*.yml")}
    named = [
        f"{path.relative_to(HOME)}:{node.lineno} {node.value}"
        for folder in ("bot", "handoff")
        for path in sorted((HOME / folder).rglob("*.py"))
        if str(path.relative_to(HOME)) not in NAMES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in issues
    ]
    assert len(issues) > 40 and named == []
