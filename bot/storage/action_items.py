"""Action items: what reports ask for and what the lead adds, each kept until somebody says that it is done."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.tables import RunRow

NAME = "action_item"
LAST = 1000
"""The lead's own items stand after the generated ones of their week."""


def all_items(db: Session) -> list[RunRow]:
    """Every item ever, oldest first; those of one week as the report found them."""
    rows = db.scalars(select(RunRow).where(RunRow.name == NAME)).all()
    return sorted(rows, key=lambda row: (row.data["since"], row.data["rank"], row.at, row.period))


def found(db: Session, key: str, text: str, week: str, rank: int, now: datetime) -> None:
    """A cause that the week's report names: a new item, fresh words for one that is open, or an old one again."""
    row = db.get(RunRow, (NAME, key[:100]))
    data = {"text": text, "since": week, "by": "", "rank": rank}
    if row is None:
        _add(db, key, data, now)
    elif row.data.get("done_at"):
        row.at, row.data = now, data
    else:
        row.data = {**row.data, "text": text}
    db.flush()


def own(db: Session, text: str, week: str, by: str, now: datetime) -> str:
    """An item of the lead's own words; its key."""
    key = f"own:{uuid4().hex}"
    _add(db, key, {"text": text, "since": week, "by": by, "rank": LAST}, now)
    return key


def finish(db: Session, key: str, by: str, now: datetime) -> bool:
    """Tick an item off; False when there is none to tick."""
    row = db.scalars(select(RunRow).where(RunRow.name == NAME, RunRow.period == key).with_for_update()).first()
    if row is None or row.data.get("done_at"):
        return False
    row.data = {**row.data, "done_at": now.isoformat(), "done_by": by}
    db.flush()
    return True


def _add(db: Session, key: str, data: Mapping[str, Any], now: datetime) -> None:
    db.add(RunRow(name=NAME, period=key[:100], at=now, data=dict(data)))
    db.flush()
