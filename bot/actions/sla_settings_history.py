"""Which SLA table, hours and holidays were in force when: what is open follows a change, what is finished keeps its figures."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from weakref import WeakKeyDictionary

import structlog
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.notify_team import show_on_card
from bot.actions.transaction import transaction
from bot.actions.units import DATABASE_AWAY, place_of
from bot.storage import tickets
from bot.storage.database import Sessions, insert_new
from bot.storage.tables import ClockSettingsRow, TicketRow
from handoff.policy.model import Policy
from handoff.ticket import CLOCK, Event
from handoff.ticket_events import ClocksMoved
from handoff.weeks import span_of

log = structlog.get_logger()
PARTS = ("sla", "hours", "channels", "tiers", "lifecycle", "escalation", "metrics")
"""What due times and the report's figures are made of."""
_followed: WeakKeyDictionary[Sessions, Policy] = WeakKeyDictionary()
"""Per database, the policy that this process has followed already: a policy changes only by a restart."""


def follow_settings(deps: Deps, now: datetime) -> bool:
    """When the settings are others than before: keep them, and move what is due on open tickets. False when they are not."""
    if _followed.get(deps.sessions) is deps.policy:
        return False
    parts = {name: getattr(deps.policy, name).model_dump(mode="json") for name in PARTS}
    mark = sha256(repr(parts).encode()).hexdigest()[:20]
    with transaction(deps, now) as tx:
        last = _kept(tx.db)[-1:]
        fresh = not last or last[0].mark != mark
        if fresh:
            tx.db.execute(insert_new(tx.db, ClockSettingsRow, at=now, mark=mark, parts=parts))
        numbers = tickets.open_numbers(tx.db) if fresh else []
    moved = sum(_redate(deps, number, now) for number in numbers)
    _followed[deps.sessions] = deps.policy
    if numbers:
        log.info("settings_in_force", mark=mark, tickets=len(numbers), moved=moved)
    return fresh


def _redate(deps: Deps, number: int, now: datetime) -> bool:
    """Move what is due on one ticket; one that cannot be read holds up no other, and shows where its own clocks are due."""
    try:
        with transaction(deps, now) as tx:
            if not tickets.redate(tx, deps.policy, number):
                return False
            row = tx.db.get_one(TicketRow, number)
            event = Event(ClocksMoved(row.due_at), CLOCK, now)
            tickets.record(tx.db, [event], conversation_id=row.conversation_id, number=number)
            show_on_card(tx, row.team, number)
            return True
    except DATABASE_AWAY:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, this ticket alone
        log.error("clocks_not_moved", ticket=number, error=type(error).__name__, at=place_of(error))
        return False


def _kept(db: Session) -> list[ClockSettingsRow]:
    return list(db.scalars(select(ClockSettingsRow).order_by(ClockSettingsRow.at, ClockSettingsRow.mark)))


def as_of(deps: Deps, week: str, now: datetime) -> Deps:
    """The same with the settings under which a finished week ended; raises ValueError for what is not a week."""
    end = span_of(deps.policy, week).end
    if now < end:
        return deps
    with deps.reading.begin() as db:
        kept = _kept(db)
        then = [row for row in kept if row.at <= end][-1:] or kept[:1]
        parts = then[0].parts if then else {}
    return replace(deps, policy=_with(deps.policy, parts))


def _with(policy: Policy, parts: Mapping[str, object]) -> Policy:
    """The policy with kept parts; as it is when they were kept in a form that is not understood any more."""
    try:
        kept = {name: type(getattr(policy, name)).model_validate(part, strict=False) for name, part in parts.items()}
    except ValidationError:
        log.warning("kept_settings_unreadable")
        return policy
    return policy.model_copy(update=kept)
