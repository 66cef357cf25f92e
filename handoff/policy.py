"""handoff/guide/*.yml -> one frozen Policy: every table, rule and number of the support guide."""

from pathlib import Path
from typing import Any, cast

from handoff.bounds import table_faults
from handoff.data_files import DataFaults, Document, Fault, Strict, read_yaml, validated
from handoff.guide_figures import Metrics, Outage
from handoff.guide_names import PRIORITIES, Priority
from handoff.guide_texts import Communication, Kinds, KnowledgeBase, Words
from handoff.guide_ways import Channels, Contacts, Hours, Reach
from handoff.guide_work import Escalation, Lifecycle, Priorities, Sla, Tiers

__all__ = ["PRIORITIES", "Policy", "Priority", "load_policy"]
HERE = Path(__file__).parent


class Policy(Strict):
    """The support guide as one frozen value."""

    channels: Channels
    sla: Sla
    priorities: Priorities
    tiers: Tiers
    lifecycle: Lifecycle
    hours: Hours
    escalation: Escalation
    contacts: Contacts
    metrics: Metrics
    knowledge_base: KnowledgeBase
    outage: Outage
    communication: Communication
    words: Words
    kinds: Kinds
    reach: Reach

    def rank(self, priority: Priority) -> int:
        """0 for the most urgent priority; a smaller number is more urgent."""
        return PRIORITIES.index(priority)


_PARTS: dict[str, type[Strict]] = {
    name: cast("type[Strict]", field.annotation) for name, field in Policy.model_fields.items()
}


def load_policy(folder: Path = HERE / "guide") -> Policy:
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
