"""The support guide as one value: every table, rule and number of handoff/guide/*.yml."""

from handoff.data_files import Strict
from handoff.policy.channels import Channels, Contacts, Hours, Reach
from handoff.policy.metrics import Metrics, Outage
from handoff.policy.names import PRIORITIES, Priority
from handoff.policy.texts import Communication, Kinds, KnowledgeBase, Words
from handoff.policy.workflow import Escalation, Lifecycle, Priorities, Sla, Tiers


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
