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
    """The guide's data as one policy; raises DataFaults with every fault of every file."""
    parts: dict[str, Any] = {}
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    for name, model in _PARTS.items():
        try:
            documents[name] = read_yaml(folder / f"{name}.yml", folder.parent.parent)
            parts[name] = validated(model, documents[name])
        except DataFaults as error:
            faults += error.faults
    if not faults:
        whole = Policy.model_construct(**parts)
        faults = table_faults(whole, documents) or _contradictions(whole, documents)
    if faults:
        raise DataFaults(faults)
    return Policy(**parts)


def _contradictions(policy: Policy, documents: dict[str, Document]) -> list[Fault]:
    """Names that one file uses and another does not know."""
    faults = []
    reasons = policy.escalation.to_tier_2
    for name, rule in policy.priorities.signals.items():
        if rule.reason is not None and rule.reason not in reasons:
            faults.append(
                documents["priorities"].fault(f"reason `{rule.reason}` is not in escalation.yml", "signals", name)
            )
    known = {*reasons, *policy.escalation.to_tier_3}
    for name, kind in policy.kinds.kinds.items():
        wrong = [*(set(kind.signals) - set(policy.priorities.signals)), *(set(kind.reasons) - known)]
        faults += [documents["kinds"].fault(f"`{one}` is no signal and no reason", "kinds", name) for one in wrong]
    ladder = policy.contacts.critical_ladder
    for place, names in (("order", ladder.order), ("first_of_team", tuple(ladder.first_of_team.values()))):
        for name in names:
            if name not in policy.contacts.contacts:
                faults.append(documents["contacts"].fault(f"`{name}` is not a contact", "critical_ladder", place))
    for state, moves in policy.lifecycle.moves.items():
        if not set(moves) <= set(policy.lifecycle.states):
            faults.append(documents["lifecycle"].fault(f"a move from {state} leads nowhere", "moves", state))
    return faults
