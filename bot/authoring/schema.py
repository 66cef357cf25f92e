"""The format of an intents file as JSON Schema: for editors that complete and check while somebody writes."""

import ast
import inspect
from itertools import pairwise
from typing import Any

from bot.understanding.intents import intent_file
from handoff import text_files

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TOP = "Intent"
FOLLOWS_FROM_TIER = "route"


def intents_schema() -> dict[str, Any]:
    """JSON Schema of one intents file, every field with what it is for; raises KeyError for a field that nobody described."""
    schema = intent_file.Intent.model_json_schema()
    told = field_docstrings()
    for record, part in {TOP: schema, **schema["$defs"]}.items():
        for name, field in part["properties"].items():
            field["description"] = told[record][name]
    schema["required"].remove(FOLLOWS_FROM_TIER)
    schema["anyOf"] = [{"required": ["tier"]}, {"required": [FOLLOWS_FROM_TIER]}]
    return {"$schema": DIALECT, **schema}


def field_docstrings() -> dict[str, dict[str, str]]:
    """Record of the format -> field -> the docstring under it."""
    modules = (ast.parse(inspect.getsource(module)) for module in (text_files, intent_file))
    records = (node for module in modules for node in module.body if isinstance(node, ast.ClassDef))
    return {record.name: dict(_described(record)) for record in records}


def _described(record: ast.ClassDef) -> list[tuple[str, str]]:
    found = []
    for field, below in pairwise(record.body):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                found.append((name, inspect.cleandoc(text)))
    return found
