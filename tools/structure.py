"""Measures the code as docs/structure.md tells: sizes, parameters, docstrings, `Any`, comparisons with literal strings.

Usage: python -m tools.structure [FOLDER ...], `bot handoff` where none is named. Migrations are left out."""

import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

LONG_FUNCTION, MANY_PARAMETERS, LONG_FILE = 40, 5, 250
Function = ast.FunctionDef | ast.AsyncFunctionDef


def main() -> None:
    """A line for each measure."""
    folders = sys.argv[1:] or ["bot", "handoff"]
    paths = [
        path for folder in folders for path in sorted(Path(folder).rglob("*.py")) if "migrations" not in path.parts
    ]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    trees = [ast.parse(text) for text in texts]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]
    sizes = [len(text.splitlines()) for text in texts]
    lengths = [(one.end_lineno or one.lineno) - one.lineno + 1 for one in functions]
    parameters = [sum(1 for _ in _parameters(one)) for one in functions]
    public = [one for one in _documented(trees) if not one.name.startswith("_")]
    told = sum(1 for one in public if ast.get_docstring(one))
    print(
        f"files {len(paths)}, lines {sum(sizes)}, of a file {_spread(sizes)}, over {LONG_FILE}: {_over(sizes, LONG_FILE)}"
    )
    print(
        f"functions {len(functions)}, lines {_spread(lengths)}, over {LONG_FUNCTION}: {_over(lengths, LONG_FUNCTION)}"
    )
    print(f"parameters {_spread(parameters)}, over {MANY_PARAMETERS}: {_over(parameters, MANY_PARAMETERS)}")
    print(f"public names with a docstring {told} of {len(public)}")
    print(f"`Any` {sum(_anys(tree) for tree in trees)}, compared with a literal string {sum(map(_literals, trees))}")


def _parameters(function: Function) -> Iterator[ast.arg]:
    given = function.args
    yield from (one for one in (*given.posonlyargs, *given.args, *given.kwonlyargs) if one.arg not in ("self", "cls"))


def _documented(trees: Sequence[ast.Module]) -> Iterator[Function | ast.ClassDef]:
    for tree in trees:
        for node in tree.body:
            if isinstance(node, Function | ast.ClassDef):
                yield node
            if isinstance(node, ast.ClassDef):
                yield from (one for one in node.body if isinstance(one, Function))


def _anys(tree: ast.Module) -> int:
    return sum(1 for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "Any")


def _literals(tree: ast.Module) -> int:
    return sum(1 for node in ast.walk(tree) if isinstance(node, ast.Compare) and any(map(_is_text, node.comparators)))


def _is_text(node: ast.expr) -> bool:
    parts = node.elts if isinstance(node, ast.Tuple | ast.Set | ast.List) else [node]
    return any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in parts)


def _spread(values: Sequence[int]) -> str:
    return f"{median(values):.0f} / {quantiles(values, n=10)[-1]:.0f} / {max(values)} (median, 90 in 100, most)"


def _over(values: Sequence[int], limit: int) -> int:
    return sum(value > limit for value in values)


if __name__ == "__main__":
    main()
