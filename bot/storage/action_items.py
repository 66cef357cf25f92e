"""Action items: what reports ask for and what the lead adds, each kept until somebody says that it is done."""

from collections.abc import Mapping
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.tables import RunRow
from bot.storage.unit_of_work import UnitOfWork

NAME = "action_item"
LAST = 1000
"""The lead's own items stand after the generated ones of their week."""


def all_items(db: Session) -> list[RunRow]:
    """Every item ever, oldest first; those of one week as the report found them."""
    rows = db.scalars(select(RunRow).where(RunRow.name == NAME)).all()
    return sorted(rows, key=lambda row: (row.data["since"], row.data["rank"], row.at, row.period))


def found(work: UnitOfWork, key: str, text: str, week: str, rank: int) -> None:
    """A cause that the week's report names: a new item, fresh words for one that is open, or an old one again."""
    row = work.db.get(RunRow, (NAME, key[:100]))
    data = {"text": text, "since": week, "by": "", "rank": rank, "told": week}
    if row is None:
        _add(work, key, data)
    elif row.data.get("done_at"):
        row.at, row.data = work.now, data
    else:
        row.data = {**row.data, "text": text, "told": week}
    work.db.flush()


def own(work: UnitOfWork, text: str, week: str, by: str) -> str:
    """An item of the lead's own words; its key."""
    key = f"own:{uuid4().hex}"
    _add(work, key, {"text": text, "since": week, "by": by, "rank": LAST})
    return key


def finish(work: UnitOfWork, key: str, by: str) -> bool:
    """Tick an item off; False when there is none to tick."""
    row = work.db.scalars(select(RunRow).where(RunRow.name == NAME, RunRow.period == key).with_for_update()).first()
    if row is None or row.data.get("done_at"):
        return False
    row.data = {**row.data, "done_at": work.now.isoformat(), "done_by": by}
    work.db.flush()
    return True


def _add(work: UnitOfWork, key: str, data: Mapping[str, object]) -> None:
    work.db.add(RunRow(name=NAME, period=key[:100], at=work.now, data=dict(data)))
    work.db.flush()
