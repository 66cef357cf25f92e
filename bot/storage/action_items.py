"""Action items: what reports ask for and what the lead adds, each kept until somebody says that it is done."""

from uuid import uuid4

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.storage.database import claimed
from bot.storage.tables import ActionItemRow
from bot.storage.unit_of_work import UnitOfWork
from handoff.names import with_id
from handoff.ticket import CLOCK, Actor

LAST = 1000
"""The lead's own items stand after the generated ones of their week."""


def all_items(db: Session) -> list[ActionItemRow]:
    """Every item ever, oldest first; those of one week as the report found them."""
    order = (ActionItemRow.since, ActionItemRow.rank, ActionItemRow.at, ActionItemRow.key)
    return list(db.scalars(select(ActionItemRow).order_by(*order)))


def found(work: UnitOfWork, key: str, text: str, week: str, rank: int) -> None:
    """A cause that the week's report names: a new item, fresh words for one that is open, or an old one again."""
    row = work.db.get(ActionItemRow, key[:100])
    if row is None:
        _add(work, key, text, week, rank, told=week)
        return
    row.text, row.told = text, week
    if row.done_at is not None:
        row.at, row.since, row.by, row.rank, row.done_at, row.done_by = work.now, week, "", rank, None, ""
    work.db.flush()


def own(work: UnitOfWork, text: str, week: str, by: str) -> str:
    """An item of the lead's own words; its key."""
    key = f"own:{uuid4().hex}"
    _add(work, key, text, week, LAST, by=by)
    return key


def finish(work: UnitOfWork, key: str, by: Actor) -> bool:
    """Tick an item off, by one of our people or by itself; False when there is none to tick."""
    person = "" if by == CLOCK else with_id(by.name, by.id)
    open_one = update(ActionItemRow).where(ActionItemRow.key == key, ActionItemRow.done_at.is_(None))
    return claimed(work.db, open_one.values(done_at=work.now, done_by=person))


def _add(work: UnitOfWork, key: str, text: str, week: str, rank: int, *, by: str = "", told: str = "") -> None:
    work.db.add(ActionItemRow(key=key[:100], text=text, since=week, by=by, rank=rank, told=told, at=work.now))
    work.db.flush()
