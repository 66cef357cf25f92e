"""Upkeep of the knowledge base: which articles are to be read again, and which are no longer shown."""

from datetime import date
from typing import Literal

from handoff.policy.model import Policy

State = Literal["fine", "due", "overdue"]
"""fine: read lately · due: to be read again, still shown · overdue: past its review date, shown to nobody."""


def state_of(policy: Policy, reviewed: date, review_due: date, today: date) -> State:
    """How an article stands on this day: every month somebody reads it again (row KM1)."""
    if today > review_due:
        return "overdue"
    return "due" if is_due(policy, reviewed, today) else "fine"


def is_due(policy: Policy, read: date, today: date) -> bool:
    """Whether a text that was read on a day is to be read again (rows KM1 and O28)."""
    return today >= read + policy.knowledge_base.review_every
