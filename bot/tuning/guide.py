"""Every row of the guide and the tests that prove it: the rows are data, the tests name them in their marks."""

import ast
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from handoff.data_files import Strict, read_yaml, validated

HERE = Path(__file__).resolve().parents[2]
ROWS = HERE / "handoff" / "guide" / "checklist.yml"


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
                    found[row].append(Proof(node.name, path.relative_to(HERE).as_posix()))
    for path in sorted((HERE / "intents").glob("*.yml")):
        document = read_yaml(path, HERE)
        for row in document.data.get("rows", ()):
            found[row] += [Proof(f"walk: {walk['name']}", document.file) for walk in document.data["tests"]["walks"]]
    return found


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
    proven = sum(1 for row in rows if row in found)
    lines.append(
        f"\n{len(rows)} rows: {proven} proven, {sum(1 for r in rows.values() if r.coming)} coming, {len(missing)} without a test."
    )
    if unknown:
        lines.append(f"Tests name rows that the guide does not have: {', '.join(unknown)}")
    return "\n".join(lines), missing + unknown
