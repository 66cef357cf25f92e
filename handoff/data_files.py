"""Data files that people edit: read with line numbers, so that every fault names its place."""

import os
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

MAX_BYTES = 1_000_000

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[str | int, ...]


class Strict(BaseModel):
    """A record of a data file: frozen, no unknown fields, no silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in a data file, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class DataFaults(Exception):
    """Every fault found in a set of data files, in the order of their places."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class Document:
    """A data file: plain values, and the line on which each of them stands."""

    file: str
    data: Any
    lines: dict[Place, int]

    def line(self, *place: str | int) -> int:
        """The line (from 1) of a value, or of the nearest thing around it."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return 1

    def fault(self, message: str, *place: str | int) -> Fault:
        """A fault at a value of this file."""
        return Fault(self.file, self.line(*place), message)


def read_yaml(path: Path, root: Path) -> Document:
    """A YAML file with positions; raises DataFaults with the line when it cannot be read."""
    file = shown(path, root)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataFaults([Fault(file, 1, f"larger than {MAX_BYTES} bytes: split it by meaning")])
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataFaults([Fault(file, 1, f"not UTF-8 text (byte {error.start}): save it as UTF-8")]) from error
    except OSError as error:
        raise DataFaults([Fault(file, 1, f"cannot be read: {error.strerror}")]) from error
    return _parsed_before(text, file) or _keep(text, parse_yaml(text, file))


class Parsed:
    """Parsed files are kept in a folder between starts, keyed by their content; off until a folder is named."""

    folder: Path | None = None


def _place(text: str, file: str) -> Path | None:
    if Parsed.folder is None:
        return None
    key = sha256(f"{file}\n{text}\n{Path(__file__).read_text(encoding='utf-8')}".encode()).hexdigest()
    return Parsed.folder / f"yaml-{key[:32]}.pickle"


def _parsed_before(text: str, file: str) -> "Document | None":
    place = _place(text, file)
    if place is None or not place.exists():
        return None
    kept: Document = pickle.loads(place.read_bytes())  # noqa: S301 - our own cache, keyed by content
    return kept


def _keep(text: str, document: "Document") -> "Document":
    place = _place(text, document.file)
    if place is not None:
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps(document))
        part.replace(place)
    return document


def parse_yaml(text: str, file: str, first_line: int = 1) -> Document:
    """YAML text with positions; `first_line` is where the text begins in its file."""
    try:
        node = YAML(typ="rt").load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else first_line
        raise DataFaults([Fault(file, line, f"not valid YAML: {error.problem or error.context}")]) from error
    except (YAMLError, RecursionError, ValueError) as error:
        raise DataFaults([Fault(file, first_line, f"not valid YAML: {str(error).splitlines()[0]}")]) from error
    lines: dict[Place, int] = {(): first_line}
    return Document(file, _plain(node, (), lines, file, first_line), lines)


def _plain(node: Any, place: Place, lines: dict[Place, int], file: str, first: int) -> Any:
    anchor = getattr(getattr(node, "anchor", None), "value", None)
    if anchor:
        at = Document(file, None, lines).line(*place)
        raise DataFaults([Fault(file, at, f"anchors and aliases are not used here (&{anchor}): write the value out")])
    if isinstance(node, CommentedMap):
        for key in node:
            lines[(*place, key)] = node.lc.key(key)[0] + first
        return {key: _plain(value, (*place, key), lines, file, first) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        for index in range(len(node)):
            lines[(*place, index)] = node.lc.item(index)[0] + first
        return [_plain(value, (*place, index), lines, file, first) for index, value in enumerate(node)]
    if isinstance(node, bool) or node is None:
        return node
    for kind in (str, int, float):
        if isinstance(node, kind):
            return kind(node)
    return node


def validated(model: type[Model], document: Document) -> Model:
    """The file's values as a checked record; raises DataFaults with every wrong field and its line."""
    try:
        return model.model_validate(document.data, strict=False)
    except ValidationError as error:
        raise DataFaults([_as_fault(document, detail) for detail in error.errors()]) from error


def _as_fault(document: Document, detail: Any) -> Fault:
    place: Place = tuple(detail["loc"])
    if detail["type"] == "missing":
        return document.fault(f"`{place[-1]}` is missing", *place[:-1])
    name = ".".join(str(part) for part in place) or "the file"
    return document.fault(f"`{name}`: {detail['msg'].removeprefix('Value error, ')}", *place)


def shown(path: Path, root: Path) -> str:
    """A path as people are told it: relative to the root where that is possible."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files of a folder in the order of their names."""
    yield from sorted(folder.glob("*.yml"))


def cache_folder(environ: Mapping[str, str]) -> Path:
    """Where parsed and trained things are kept between starts; never inside the tree."""
    base = environ.get("XDG_CACHE_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".cache")
    return Path(base) / "smartmed-support-assistant"
