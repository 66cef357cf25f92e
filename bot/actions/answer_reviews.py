"""Approved answers age too (O28): a month after its file was read somebody is asked to read it again, and the lead is told."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.actions.deps import Deps
from bot.actions.staff_mail import tell_lead
from bot.actions.tasks import add_task
from bot.actions.transaction import Transaction, transaction
from bot.storage import action_items, idempotency
from handoff import notices, safe, upkeep
from handoff.findings import Fact, Finding
from handoff.ticket import CLOCK

ASKED, TASK = "answer_asked", "answers"
MOST_NAMED = 10


@dataclass(frozen=True)
class ToRead:
    """An answer that is to be read again: its issue, who answers for its file, and when that was read last."""

    issue: str
    title: str
    owner: str
    read: date


def to_read(deps: Deps, now: datetime) -> list[ToRead]:
    """Every answer whose file was read a month ago or longer, the oldest first."""
    policy, intents = deps.policy, deps.assistant().script.catalog.intents.values()
    due = [one for one in intents if upkeep.is_due(policy, one.review.checked, now.date())]
    rows = [ToRead(one.id, one.title, one.review.owner, one.review.checked) for one in due]
    return sorted(rows, key=lambda row: (row.read, row.title))


def ask_to_read(deps: Deps, now: datetime) -> int:
    """One task of all that is to be read again, and one letter to the lead of what is new to it; done when all was read. How many
    are new."""
    due = to_read(deps, now)
    with transaction(deps, now) as tx:
        new = [row for row in due if idempotency.claim_once(tx, ASKED, f"{row.issue}@{row.read}")]
        if new:
            facts: dict[str, Fact] = {"count": len(due), "titles": [row.title for row in due]}
            add_task(tx, Finding(TASK, TASK, facts))
            _tell_lead(tx, new)
        if not due:
            action_items.finish(tx, TASK, CLOCK)
    return len(new)


def _tell_lead(tx: Transaction, new: list[ToRead]) -> None:
    showing = tx.deps.showing().without_words()
    titles = [showing.title(row.title) for row in new[:MOST_NAMED]]
    address = safe.address(tx.deps.base_url, "console", "articles")
    count, more = len(new), len(new) - len(titles)
    text = notices.fill_for_staff(
        "answers_due", {"count": count, "titles": safe.joined(titles, "\n- "), "more": more, "address": address}
    )
    tell_lead(tx, text)
