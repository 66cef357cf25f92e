"""handoff/guide/*.yml -> one Policy, or every fault of every file."""

from pathlib import Path
from typing import Any, cast

from handoff.data_files import DataFaults, Document, Fault, Strict, read_yaml, validated
from handoff.policy.limits import table_faults
from handoff.policy.model import Policy

GUIDE = Path(__file__).resolve().parents[1] / "guide"
_PARTS: dict[str, type[Strict]] = {
    name: cast("type[Strict]", field.annotation) for name, field in Policy.model_fields.items()
}


def load_policy(folder: Path = GUIDE) -> Policy:
    """The guide's data as one policy; raises DataFaults with every fault of every file: what is wrong in one hides no other."""
    parts: dict[str, Any] = {}
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    for name, model in _PARTS.items():
        try:
            documents[name] = read_yaml(folder / f"{name}.yml", folder.parent.parent)
            parts[name] = validated(model, documents[name])
        except DataFaults as error:
            faults += error.faults
            if error.rest is not None:
                parts[name] = error.rest
    read = Policy.model_construct(**parts)
    all_read = not faults
    faults += table_faults(read, documents, whole=all_read)
    if faults:
        raise DataFaults(faults, read, all_read=all_read)
    return Policy(**parts)
