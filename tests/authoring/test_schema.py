"""The format of an intents file: its schema and its reference say what the model says."""

import json
import re
from collections.abc import Iterator

import jsonschema_rs
import pytest
from pydantic import BaseModel

from bot.authoring.schema import field_docstrings, intents_schema
from bot.understanding.intents import intent_file
from bot.understanding.intents.catalog import DEFAULT
from handoff.data_files import Strict, parse_yaml, yaml_files
from tools.intents_reference import REFERENCE, SCHEMA, schema_text, with_tables

FILES = list(yaml_files(DEFAULT))
SECTION = re.compile(r"^## (\w+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SECTIONS = dict(SECTION.findall(REFERENCE.read_text(encoding="utf-8")))


def records() -> Iterator[type[BaseModel]]:
    """Every record of the format."""
    for record in vars(intent_file).values():
        if isinstance(record, type) and issubclass(record, Strict) and record is not Strict:
            yield record


def as_json(text: str) -> object:
    """YAML as JSON has it: days are text."""
    return json.loads(json.dumps(parse_yaml(text, "a file").data, default=str))


def test_the_schema_and_the_reference_are_current() -> None:
    text = REFERENCE.read_text(encoding="utf-8")

    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run python -m tools.intents_reference"
    assert text == with_tables(text), "run python -m tools.intents_reference"


@pytest.mark.parametrize("record", records(), ids=lambda record: record.__name__)
def test_every_field_of_a_record_is_described_and_shown_in_an_example(record: type[BaseModel]) -> None:
    name, section = record.__name__, SECTIONS[record.__name__]
    example = as_json(re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)[0])

    assert set(field_docstrings()[name]) == set(record.model_fields)
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(record.model_fields)
    assert set(example) == set(record.model_fields)
    if name != "Intent":
        assert record.model_validate(example, strict=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_intents_file_is_valid_by_the_schema(path) -> None:
    jsonschema_rs.validate(intents_schema(), as_json(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("old", "new"),
    [("tier: 1", ""), ("examples:", "exampels:"), ("priority: low", "priority: lowest"), ("ends: open", "ends: there")],
)
def test_the_schema_refuses_what_the_model_refuses(old: str, new: str) -> None:
    text = (
        (DEFAULT / "account_forgot_password.yml").read_text(encoding="utf-8").replace("ends: solved", "ends: open", 1)
    )
    assert old in text

    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validate(intents_schema(), as_json(text.replace(old, new, 1)))
