"""The reference of the intents format: `python -m tools.intents_reference` writes `intents/schema.json` and the tables of
`docs/intents.md` from the model. The words around the tables are written by hand."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.authoring.schema import TOP, intents_schema

HOME = Path(__file__).resolve().parents[1]
SCHEMA, REFERENCE = HOME / "intents" / "schema.json", HOME / "docs" / "intents.md"
TABLE = re.compile(r"(<!-- fields of (\w+) -->\n).*?(?=<!-- end -->)", re.DOTALL)
PATTERNS = {
    "^[a-z][a-z0-9_]*$": "`a_name`",
    r"^[a-z]+\.[a-z0-9_]+$": "`area.name`",
    "^[a-z-]+/[a-z-]+(#[a-z-]+)?$": "`section/page`, `section/page#part`",
    "^[a-z0-9_.]+$": "`a_name` or `area.name`",
}


def main() -> None:
    """Write both files as the model is now."""
    SCHEMA.write_text(schema_text(), encoding="utf-8")
    REFERENCE.write_text(with_tables(REFERENCE.read_text(encoding="utf-8")), encoding="utf-8")


def schema_text() -> str:
    """What `intents/schema.json` holds."""
    return json.dumps(intents_schema(), indent=2) + "\n"


def with_tables(text: str) -> str:
    """The reference with its tables as the model is now; raises KeyError for a table of no record."""
    schema = intents_schema()
    records = {TOP: schema, **schema["$defs"]}
    return TABLE.sub(lambda found: "\n".join([found[1].rstrip(), *_rows(records[found[2]])]) + "\n", text)


def _rows(record: dict[str, Any]) -> Iterator[str]:
    yield from ("| field | needed | what it holds | what it does |", "|---|---|---|---|")
    for name, field in record["properties"].items():
        needed = "yes" if name in record.get("required", ()) else ""
        yield f"| `{name}` | {needed} | {_form(field)} | {field['description']} |"


def _form(field: dict[str, Any]) -> str:
    """What a field holds, in words."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in field:
        return _form(field["anyOf"][0])
    if "enum" in field:
        return " · ".join(f"`{value}`" for value in field["enum"])
    if field["type"] == "number":
        return "number"
    if field["type"] == "array":
        return f"list: {_form(field['items'])}{_size(field, 'Items', '')}"
    if field["type"] == "object":
        return f"text for {_form(field['propertyNames'])}"
    if field["type"] == "boolean":
        return "`true` or `false`"
    return _text(field)


def _text(field: dict[str, Any]) -> str:
    if field.get("format") == "date":
        return "a day, as `2026-11-23`"
    return PATTERNS[field["pattern"]] if "pattern" in field else f"text{_size(field, 'Length', ' characters')}"


def _size(field: dict[str, Any], of: str, unit: str) -> str:
    least, most = field.get(f"min{of}"), field.get(f"max{of}")
    if least and most:
        return f", {least} to {most}{unit}"
    if most:
        return f", up to {most}{unit}"
    return f", {least} or more" if least and of == "Items" else ""


if __name__ == "__main__":
    main()
