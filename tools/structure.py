"""Measures the code as docs/structure.md tells: sizes, parameters, docstrings, `Any`, comparisons with literal strings.

Usage: python -m tools.structure [FOLDER ...], `bot handoff` where none is named. Migrations are left out."""

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

LONG_FUNCTION, MANY_PARAMETERS, LONG_FILE = 40, 5, 250
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Measures:
    """The code of some folders in figures."""

    files: Mapping[Path, int]
    """Its lines, by file."""
    functions: Mapping[str, int]
    """The lines of each function, by file, line and name."""
    parameters: Sequence[int]
    public: int
    told: int
    """Public names, and those of them that say what they promise."""
    anys: int
    literals: int

    @property
    def most_have(self) -> int:
        """So many parameters have nine functions of ten at most."""
        return round(quantiles(self.parameters, n=10)[-1])


def measured(folders: Sequence[Path]) -> Measures:
    """What the folders hold, without migrations."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    trees = {path: ast.parse(text) for path, text in texts.items()}
    found = [(path, node) for path, tree in trees.items() for node in ast.walk(tree) if isinstance(node, Function)]
    public = [one for one in _documented([*trees.values()]) if not one.name.startswith("_")]
    return Measures(
        {path: len(text.splitlines()) for path, text in texts.items()},
        {f"{path}:{one.lineno} {one.name}": (one.end_lineno or one.lineno) - one.lineno + 1 for path, one in found},
        [sum(1 for _ in _parameters(one)) for _, one in found],
        len(public),
        sum(1 for one in public if ast.get_docstring(one)),
        sum(_anys(tree) for tree in trees.values()),
        sum(_literals(tree) for tree in trees.values()),
    )


def main() -> None:
    """A line for each measure."""
    found = measured([Path(folder) for folder in sys.argv[1:] or ("bot", "handoff")])
    sizes, lengths, parameters = [*found.files.values()], [*found.functions.values()], found.parameters
    long, wordy = _over(sizes, LONG_FILE), _over(lengths, LONG_FUNCTION)
    print(f"files {len(sizes)}, lines {sum(sizes)}, of a file {_spread(sizes)}, over {LONG_FILE}: {long}")
    print(f"functions {len(lengths)}, lines {_spread(lengths)}, over {LONG_FUNCTION}: {wordy}")
    print(f"parameters {_spread(parameters)}, over {MANY_PARAMETERS}: {_over(parameters, MANY_PARAMETERS)}")
    print(f"public names with a docstring {found.told} of {found.public}")
    print(f"`Any` {found.anys}, compared with a literal string {found.literals}")


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
