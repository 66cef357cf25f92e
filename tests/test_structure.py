"""The structure holds what CONTRIBUTING.md promises: sizes, parameters, types, and issues named in one place."""

import ast
from pathlib import Path

import pytest

from handoff.policy import names
from tools.structure import Measures, measured

HOME = Path(__file__).parents[1]
MOST_LINES, LONGEST_FUNCTION, MOST_PARAMETERS, MOST_ANYS = 300, 40, 3, 80
NAMES = ("bot/understanding/intents/names.py", "handoff/policy/names.py")
"""Where issues that the code knows stand: those of the assistant, and those that the guide counts."""

ALSO_AN_ACT = "emergency"
"""A fact and a reason that is a route, a decision and an act too."""

GROUPS = (("answer", "handoff"), ("decline", "smalltalk"), ("checking", "with_staff"), ("emergency", "safety_check"))
SHARED = tuple({repr(one) for one in group} for group in (*GROUPS, ("?", "？", "؟")))
"""Values that many modules ask for."""


@pytest.fixture(scope="module")
def found() -> Measures:
    return measured([HOME / "bot", HOME / "handoff"])


def test_no_file_and_no_function_is_longer_than_it_may_be(found: Measures) -> None:
    assert [str(path) for path, lines in found.files.items() if lines > MOST_LINES] == []
    assert [name for name, lines in found.functions.items() if lines > LONGEST_FUNCTION] == []


def test_nine_of_ten_functions_take_few_parameters_and_few_values_are_of_any_type(found: Measures) -> None:
    assert found.most_have <= MOST_PARAMETERS and found.anys <= MOST_ANYS


def _constants(path: Path) -> tuple[list[str], set[str]]:
    """The names that a module binds by itself, and those that are read in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bound = [
        name.id
        for line in tree.body
        if isinstance(line, ast.Assign)
        for target in line.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    ]
    return bound, {name.id for name in ast.walk(tree) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Load)}


def test_a_constant_is_set_once_and_a_private_one_is_read() -> None:
    twice, unread = list[str](), list[str]()
    for path in sorted((HOME / "bot").rglob("*.py")):
        bound, read = _constants(path)
        twice += [f"{path.relative_to(HOME)}: {name}" for name in sorted({*bound}) if bound.count(name) > 1]
        private = [name for name in bound if name.startswith("_") and not name.startswith("__")]
        unread += [f"{path.relative_to(HOME)}: {name}" for name in private if name not in read]
    assert (twice, unread) == ([], [])


def test_groups_of_decisions_and_states_and_what_marks_a_question_stand_once() -> None:
    where = [
        str(path.relative_to(HOME))
        for path in sorted((HOME / "bot").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Tuple) and {ast.unparse(one) for one in node.elts} in SHARED
    ]
    reading = "bot/understanding/reading.py"
    assert where == ["bot/dialogue/conversation.py", reading, reading, reading, "bot/understanding/text/cuts.py"]


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


def test_a_fact_a_reason_and_a_detail_that_the_code_knows_is_named_once() -> None:
    known = {one for name, one in vars(names).items() if name.isupper() and isinstance(one, str)} - {ALSO_AN_ACT}
    spelled = [
        f"{path.relative_to(HOME)}:{node.lineno} {node.value}"
        for folder in ("bot/dialogue", "bot/understanding")
        for path in sorted((HOME / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in known
    ]
    assert len(known) > 15 and spelled == []
