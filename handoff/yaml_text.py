"""YAML as people write data files: plain values with the line of each, and every fault in words that say what to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TypeAlias

import yaml

Place = tuple[str | int, ...]
Yaml: TypeAlias = "bool | int | float | str | date | list[Yaml] | dict[str | int, Yaml] | None"
"""What a YAML text can hold."""
DEEPEST = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?\d+\Z")
_BROKEN = re.compile(r"[-+]?(\d+\.\d*|\.\d+)([eE][-+]?\d+)?\Z")
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_FIXED = {"": None, "~": None, "null": None, "true": True, "True": True, "false": False, "False": False}
_CUT_OFF = re.compile(r"\s+#\s?(\S.*)?$")
_BLOCK_TEXT = re.compile(r"[|>][-+]?\d?\s*(#.*)?$")
_ITEM = re.compile(r"^(\s*)(?:- +)*(?:-|[\w.-]+:|- +[\w.-]+:)\s+(\S.*)$")


class YamlFault(Exception):
    """What is wrong in a YAML text, and the line (from 1) where it must be mended."""

    def __init__(self, message: str, line: int) -> None:
        self.message, self.line = message, line
        super().__init__(message)


@dataclass
class _Builder:
    """Values from the parser's events. Lives for one text."""

    events: Iterator[yaml.Event]
    text: list[str]
    lines: dict[Place, int]

    def value(self, event: yaml.Event, place: Place) -> Yaml:
        """The value that begins with this event."""
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise YamlFault(f"anchors and aliases are not used here (&{event.anchor}): write the value out", line)
        if event.tag and event.tag.startswith(("tag:", "!")) and event.tag != "!":
            raise YamlFault("tags that begin with ! are not used here: take it away, or put the text in quotes", line)
        if len(place) > DEEPEST:
            raise YamlFault("this is nested too deeply: write it flat", line)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, line)
        return self._mapping(place) if isinstance(event, yaml.MappingStartEvent) else self._sequence(place)

    def _mapping(self, place: Place) -> dict[str | int, Yaml]:
        made: dict[str | int, Yaml] = {}
        for event in iter(self._next, None):
            line = event.start_mark.line + 1
            key = self.value(event, place)
            if isinstance(key, date):
                key = key.isoformat()
            if not isinstance(key, str | int):
                raise YamlFault("the name before a colon must be a plain word", line)
            if key in made:
                raise YamlFault(
                    f"`{key}` stands here twice (first in line {self.lines[(*place, key)]}): keep one", line
                )
            self.lines[(*place, key)] = line
            made[key] = self.value(next(self.events), (*place, key))
        return made

    def _sequence(self, place: Place) -> list[Yaml]:
        made: list[Yaml] = []
        for event in iter(self._next, None):
            self.lines[(*place, len(made))] = event.start_mark.line + 1
            made.append(self.value(event, (*place, len(made))))
        return made

    def _next(self) -> yaml.Event | None:
        event = next(self.events)
        return None if isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent) else event

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> Yaml:
        written: str = event.value
        if event.style:
            return written
        self._must_be_whole(event, written)
        if written in _FIXED:
            return _FIXED[written]
        if _WHOLE.match(written):
            return int(written)
        if _BROKEN.match(written):
            return float(written)
        if _DAY.match(written):
            try:
                return date.fromisoformat(written)
            except ValueError:
                raise YamlFault(f"there is no day {written}: write year-month-day", line) from None
        return written

    def _must_be_whole(self, event: yaml.ScalarEvent, written: str) -> None:
        """A sentence without quotes ends at ` #`, and at its line's end only when nothing else was meant to follow."""
        last = event.end_mark.line
        rest = self.text[last][event.end_mark.column :] if last < len(self.text) else ""
        cut = _CUT_OFF.match(rest)
        if cut and (" " in written or rest.lstrip()[1:2].strip()):
            told = f"everything from `{rest.strip()[:30]}` on would be left out: put the whole sentence in quotes"
            raise YamlFault(told, last + 1)
        for number in range(event.start_mark.line + 1, last + 1):
            if re.match(r"\s*-\S", self.text[number]):
                raise YamlFault("a blank is missing after the dash", number + 1)
        if re.match(r"-[A-Za-z]", written) and re.search(r"\w [\w-]", written):
            raise YamlFault("a blank is missing after the dash", event.start_mark.line + 1)


def parsed(text: str) -> tuple[Yaml, dict[Place, int]]:
    """The values of a text and the line of each; raises YamlFault with what to mend, and where."""
    lines: dict[Place, int] = {}
    rows = _rows(text)
    try:
        events = yaml.parse(text, Loader=_LOADER)
        for event in events:
            if not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentStartEvent):
                value = _Builder(chain(events), rows, lines).value(event, ())
                _must_end(events)
                return value, lines
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _explained(rows, mark.line if mark else 0, error) from None
    except yaml.YAMLError as error:
        line = text[: getattr(error, "position", 0)].count("\n") + 1
        raise YamlFault("a character that cannot be seen stands in this line: type the line anew", line) from None
    except RecursionError:
        raise YamlFault("this is nested too deeply: write it flat", 1) from None
    return None, lines


def _must_end(events: Iterator[yaml.Event]) -> None:
    """One file holds one document."""
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            raise YamlFault("a line of --- begins a second document here: take it away", event.start_mark.line + 1)


def _rows(text: str) -> list[str]:
    return re.split(r"\r\n|[\n\r\u0085\u2028\u2029]", text)


def _explained(rows: list[str], at: int, error: yaml.MarkedYAMLError) -> YamlFault:
    """The first line of the block, at or before the place where reading stopped, that can be the cause; and what to do."""
    at = min(at, len(rows) - 1)
    start = at
    while start > 0 and not re.match(r"[A-Za-z_]", rows[start - 1]):
        start -= 1
    start = max(0, start - 1)
    text_below: int | None = None
    for number in range(start, at + 1):
        row = rows[number]
        indent = len(row) - len(row.lstrip())
        if text_below is not None and (not row.strip() or indent > text_below):
            continue
        text_below = indent if _BLOCK_TEXT.search(row) and ":" in row else None
        told = _suspect(row)
        if told:
            return YamlFault(told, number + 1)
    context = error.context_mark.line if error.context_mark else at
    if "flow" in (error.context or ""):
        return YamlFault("the bracket that opens here is not closed, or a comma is missing", context + 1)
    if "quoted scalar" in (error.context or ""):
        return YamlFault("the quotes that open here are not closed", context + 1)
    if "block" in (error.context or ""):
        told = "this line does not stand under the lines before it: indent it as they are, and begin a list's line with `- `"
        return YamlFault(told, at + 1)
    return YamlFault(f"this cannot be read ({error.problem}): put the text in quotes", at + 1)


def _suspect(row: str) -> str | None:
    """What is wrong with a line by itself, as people who write sentences get it wrong; None when nothing is."""
    if not row.strip() or row.lstrip().startswith("#"):
        return None
    if re.match(r"\s*\t", row):
        return "a tab stands at the beginning of the line: use blanks"
    if re.match(r"\s*-[^\s-]", row):
        return "a blank is missing after the dash"
    if re.match(r"\s*(- )?[a-z_]+:[^\s:/]", row):
        return "a blank is missing after the colon"
    if row.rstrip().endswith((" |", " >")):
        return None
    found = _ITEM.match(row)
    return _suspect_value(found[2].rstrip()) if found else None


def _suspect_value(value: str) -> str | None:
    quote = value[0]
    if quote in "\"'":
        closed = re.match(r'"(?:[^"\\]|\\.)*"' if quote == '"' else r"'(?:[^']|'')*'", value)
        if closed is None:
            return "the quotes that open here are not closed: close them at the end of the sentence"
        rest = value[closed.end() :].strip()
        if rest and rest[0] not in "#,]}:":
            other = "'" if quote == '"' else '"'
            return f"text stands after the closing quotes: put the whole sentence in {other}"
        return None
    if quote in "@`%*&!|>" and not _BLOCK_TEXT.match(value):
        return f"a sentence that begins with {quote} must stand in quotes"
    if quote in "[{":
        pair = {"[": "]", "{": "}"}[quote]
        bare = re.sub(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'', "", value)
        return (
            f"the {quote} that opens here is not closed with {pair}" if bare.count(quote) != bare.count(pair) else None
        )
    if re.search(r":(\s|$)", value) and not re.match(r"[\w.-]+:(\s+\S+)?$", value):
        return "put this sentence in quotes, because a colon stands in it"
    return None
