"""Every row of the guide and the tests that prove it: the rows are data, the tests name them in their marks."""

import ast
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.authoring.mutations import load_mutations
from handoff.data_files import DataFaults, Document, Strict, read_yaml, validated

HERE = Path(__file__).resolve().parents[2]
ROWS = HERE / "handoff" / "guide" / "checklist.yml"
WALK = "tests/walks/test_intents_files.py::test_walk"


class GuideRow(Strict):
    """A row of the support guide; `coming` names the issue that brings it, when it is not there yet."""

    says: str
    coming: str | None = None


class Checklist(Strict):
    """All rows by their id."""

    rows: dict[str, GuideRow]


@dataclass(frozen=True)
class Proof:
    """A test that proves rows of the guide."""

    name: str
    file: str
    node: str
    """The test as pytest names it."""


def load_rows(path: Path = ROWS) -> dict[str, GuideRow]:
    """The rows of the guide's checklist."""
    return dict(validated(Checklist, read_yaml(path, HERE)).rows)


def proofs(tests: Path = HERE / "tests") -> dict[str, list[Proof]]:
    """Row -> the tests that name it in `@pytest.mark.guide(...)`, and the walks of the intents that name it in `rows`."""
    found: dict[str, list[Proof]] = defaultdict(list)
    for path in sorted(tests.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for row in _rows_of(node):
                    file = path.relative_to(tests.parent).as_posix()
                    found[row].append(Proof(node.name, file, f"{file}::{node.name}"))
    for path in sorted((HERE / "intents").glob("*.yml")):
        document = read_yaml(path, HERE)
        for name in document.entries("rows"):
            found[str(name)] += _walks(document)
    return found


def _walks(document: Document) -> list[Proof]:
    issue, walks = document.at("id"), range(len(document.entries("tests", "walks")))
    names = [document.at("tests", "walks", number, "name") for number in walks]
    return [Proof(f"walk: {name}", document.file, f"{WALK}[{issue}-{name}]") for name in names]


def _rows_of(node: ast.FunctionDef) -> list[str]:
    rows = []
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.guide":
            rows += [str(argument.value) for argument in mark.args if isinstance(argument, ast.Constant)]
    return rows


def shown_rows() -> tuple[str, list[str]]:
    """The list as text, and the rows that no test proves."""
    rows, found = load_rows(), proofs()
    missing = [row for row, about in rows.items() if row not in found and about.coming is None]
    unknown = sorted(set(found) - set(rows))
    lines = []
    for row, about in rows.items():
        tests = [f"{proof.file}::{proof.name}" for proof in found.get(row, [])]
        state = tests[0] if tests else f"coming: {about.coming}" if about.coming else "NO TEST"
        more = f" (+{len(tests) - 1})" if len(tests) > 1 else ""
        lines.append(f"{row:6} {about.says[:70]:70}  {state}{more}")
    named = sum(1 for row in rows if row in found)
    coming = sum(1 for about in rows.values() if about.coming)
    lines.append(f"\n{len(rows)} rows: {named} named by tests, {coming} coming, {len(missing)} without a test.")
    if unknown:
        lines.append(f"Tests name rows that the guide does not have: {', '.join(unknown)}")
    weighing, faults = _weighing(rows)
    return "\n".join([*lines, *weighing]), missing + unknown + faults


def _weighing(rows: Mapping[str, GuideRow]) -> tuple[list[str], list[str]]:
    """How many rows have a mutation, as text, and every fault of mutations.yml."""
    try:
        weighed = load_mutations(rows, HERE)
    except DataFaults as error:
        faults = [str(fault) for fault in error.faults]
        return faults, faults
    return [f"{len(weighed)} of them can be taken away to weigh their tests: `make prove`."], []
