"""Data files that people edit: read with line numbers, so that every fault names its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic_core import ErrorDetails

from handoff.yaml_text import Place, Yaml, YamlFault, parsed

MAX_BYTES = 1_000_000
LONGEST_SHOWN = 60
MOST_KEPT = 256
"""So many parsed texts are kept: all files of ours, which each part of the gate reads."""
BYTE_ORDER_MARK = "\ufeff"

Model = TypeVar("Model", bound=BaseModel)


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
    """Every fault found in a set of data files, in the order of their places. `rest` is what could be read in spite of them: it
    lacks whatever is wrong, is there to be asked for further faults, and never goes live. `all_read` is true when it lacks nothing:
    every value could be read, and some cannot be meant."""

    def __init__(self, faults: list[Fault], rest: object = None, *, all_read: bool = False) -> None:
        self.faults, self.rest, self.all_read = sorted(faults), rest, all_read
        super().__init__("\n".join(str(fault) for fault in self.faults))


@dataclass(frozen=True)
class Document:
    """A data file: plain values, and the line on which each of them stands."""

    file: str
    data: Yaml
    lines: dict[Place, int]

    def line(self, *place: str | int) -> int:
        """The line (from 1) of a value, or of the nearest thing around it."""
        for length in range(len(place), -1, -1):
            if place[:length] in self.lines:
                return self.lines[place[:length]]
        return 1

    def at(self, *place: str | int) -> Yaml:
        """The value at a place; None where there is none."""
        found = self.data
        for part in place:
            if isinstance(found, dict):
                found = found.get(part)
            elif isinstance(found, list) and isinstance(part, int) and part < len(found):
                found = found[part]
            else:
                return None
        return found

    def table(self, *place: str | int) -> dict[str | int, Yaml]:
        """The table at a place; empty where there is none."""
        found = self.at(*place)
        return found if isinstance(found, dict) else {}

    def entries(self, *place: str | int) -> list[Yaml]:
        """The list at a place; empty where there is none."""
        found = self.at(*place)
        return found if isinstance(found, list) else []

    @cached_property
    def strings(self) -> tuple[tuple[Place, str], ...]:
        """Every text of the file, and where it stands in it."""
        found: list[tuple[Place, str]] = []
        ahead: list[tuple[Place, Yaml]] = [((), self.data)]
        while ahead:
            place, value = ahead.pop()
            if isinstance(value, dict):
                ahead += [((*place, key), part) for key, part in value.items()]
            elif isinstance(value, list):
                ahead += [((*place, index), part) for index, part in enumerate(value)]
            elif isinstance(value, str):
                found.append((place, value))
        return tuple(found)

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
    return parse_yaml(text.removeprefix(BYTE_ORDER_MARK), file)


@lru_cache(maxsize=MOST_KEPT)
def parse_yaml(text: str, file: str, first_line: int = 1) -> Document:
    """YAML text with positions; `first_line` is where the text begins in its file. What was parsed before is at hand: nobody
    changes a document."""
    try:
        data, lines = parsed(text)
    except YamlFault as error:
        raise DataFaults([Fault(file, error.line + first_line - 1, error.message)]) from error
    return Document(file, data, {(): first_line} | {place: line + first_line - 1 for place, line in lines.items()})


def validated(model: type[Model], document: Document) -> Model:
    """The file's values as a checked record; raises DataFaults with every wrong field, its line, and what to do."""
    try:
        return model.model_validate(document.data, strict=False)
    except ValidationError as error:
        names = sorted(_names_in(model.model_json_schema()))
        faults = [_as_fault(document, detail, names) for detail in error.errors()]
        raise DataFaults(faults, _rest_of(model, document, error)) from error


def _rest_of(model: type[Model], document: Document, error: ValidationError) -> Model | None:
    """The record without those of its fields in which something is wrong."""
    wrong = {detail["loc"][0] for detail in error.errors() if detail["loc"]}
    sound = {
        name: field for name, field in model.model_fields.items() if name in document.table() and name not in wrong
    }
    parts: dict[str, Any] = {name: (field.annotation, field) for name, field in sound.items()}
    try:
        read = create_model(model.__name__, __base__=Strict, **parts).model_validate(
            {name: document.at(name) for name in sound}, strict=False
        )
    except ValidationError:
        return None
    return model.model_construct(**{name: getattr(read, name) for name in sound})


def _names_in(schema: object) -> set[str]:
    """Every field of a format, for saying which one was meant."""
    if isinstance(schema, list):
        return {name for part in schema for name in _names_in(part)}
    if not isinstance(schema, dict):
        return set()
    return {name for key, part in schema.items() for name in _names_in(part)} | set(schema.get("properties", ()))


def _as_fault(document: Document, detail: ErrorDetails, names: list[str]) -> Fault:
    place: Place = detail["loc"]
    if detail["type"] == "missing":
        return document.fault(f"`{place[-1]}` is missing", *place[:-1])
    name = ".".join(str(part) for part in place) or "the file"
    return document.fault(f"`{name}`: {_in_words(detail, place, names)}", *place)


def _in_words(detail: ErrorDetails, place: Place, names: list[str]) -> str:
    """What is wrong with a value and what to do, instead of the library's words."""
    kind, given, facts = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        near = get_close_matches(str(place[-1]), names, 1)
        return f"there is no such field{f': did you mean `{near[0]}`?' if near else ': take it away'}"
    if isinstance(given, dict) and kind == "string_type":
        return "put this sentence in quotes, because a colon stands in it"
    if given is None:
        return "nothing is written here"
    counted = "characters" if kind.startswith("string") else "entries"
    words = {
        "string_type": f"`{_short(given)}` must be text: put it in quotes",
        "too_short": f"needs {facts.get('min_length')} or more {counted}, has {facts.get('actual_length')}",
        "too_long": f"may have {facts.get('max_length')} {counted} at most, has {facts.get('actual_length')}",
        "string_too_short": f"needs {facts.get('min_length')} or more {counted}, has {len(str(given))}",
        "string_too_long": f"may have {facts.get('max_length')} {counted} at most, has {len(str(given))}: shorten it",
        "literal_error": f"must be {facts.get('expected')}, not `{_short(given)}`",
        "string_pattern_mismatch": f"`{_short(given)}` is not written as it must be here: {_allowed(facts)}",
        "bool_type": f"must be true or false, not `{_short(given)}`",
        "date_type": f"must be a day such as 2026-11-23, not `{_short(given)}`",
    }
    if kind in words:
        return words[kind]
    if kind.startswith(("date_parsing", "date_from_datetime")):
        return words["date_type"]
    if kind in ("less_than", "less_than_equal", "greater_than", "greater_than_equal"):
        return f"`{_short(given)}` is too {'big' if kind.startswith('less') else 'small'}: the limit is {next(iter(facts.values()))}"
    if kind in ("int_type", "float_type", "int_from_float", "int_parsing", "float_parsing"):
        return f"must be a number, not `{_short(given)}`"
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"needs fields of its own, each `name: value` on a line, not `{_short(given)}`"
    if kind in ("tuple_type", "list_type"):
        return f"needs a list, each entry on a line that begins with `- `, not `{_short(given)}`"
    return str(detail["msg"]).removeprefix("Value error, ").removeprefix("Input ")


def _allowed(facts: Mapping[str, object]) -> str:
    pattern = str(facts.get("pattern", ""))
    dotted = r"\." in pattern or "." in re.sub(r"\[[^]]*\]", "", pattern).replace(".*", "")
    kinds = "small letters, digits and _" if "_" in pattern else "small letters and -"
    return f"{kinds}{', with one dot between two words' if dotted else ''}"


def _short(value: object) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def shown(path: Path, root: Path) -> str:
    """A path as people are told it: relative to the root where that is possible."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files of a folder in the order of their names; an editor's own hidden files are none."""
    yield from sorted(path for path in folder.glob("*.yml") if not path.name.startswith("."))


def cache_folder(environ: Mapping[str, str]) -> Path:
    """Where parsed and trained things are kept between starts; never inside the tree."""
    base = environ.get("XDG_CACHE_HOME") or str(Path(environ.get("HOME", "~")).expanduser() / ".cache")
    return Path(base) / "smartmed-support-assistant"
