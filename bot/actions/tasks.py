"""Tasks for the lead: put on the list of action items, where they stay until somebody says that they are done."""

from bot.actions.report import titles_of
from bot.actions.transaction import Transaction
from bot.storage import action_items
from handoff.findings import Finding
from handoff.report.text import item_text
from handoff.ticket import Event
from handoff.ticket_events import Resolved
from handoff.weeks import week_of


def add_task(tx: Transaction, finding: Finding) -> str:
    """Put it on the list, once for each key; its text."""
    text = item_text(tx.policy, finding, titles_of(tx.deps))
    action_items.found(tx, finding.key, text, week_of(tx.policy, tx.now), action_items.LAST - 1)
    return text


def known_issue_wanted(tx: Transaction, number: int, events: tuple[Event, ...]) -> None:
    """A task when staff resolved a ticket and asked for it to become a known issue (rows WF5.2 and KM2)."""
    if any(isinstance(event.payload, Resolved) and event.payload.known_issue for event in events):
        add_task(tx, Finding(f"known_issue:{number}", "known_issue", {"number": number}))
