"""A simulation beside a running product: it happens in a database of its own, and is taken over whole at the end. The
worker that runs meanwhile sees none of it, and the simulated staff see no real ticket."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.simulation.simulate import Plan, Progress, Simulated, simulate
from bot.storage.changes import publish
from bot.storage.database import insert_new, on_postgresql, open_database, reading_sessions_of, sessions_of
from bot.storage.migrate import migrate
from bot.storage.tables import (
    ActionItemRow,
    ArticleReviewRow,
    ClockSettingsRow,
    ConversationRow,
    CounterRow,
    DeadlineRow,
    EventRow,
    IncidentMemberRow,
    IncidentRow,
    MessageRow,
    PageRow,
    RatingRow,
    Row,
    RunRow,
    TicketRow,
    WeeklyReportRow,
)

APART = 100_000
"""Ids of conversations that stay free for what happens in the running product meanwhile."""
TICKETS_A_WEEK = 300
"""More numbers than a week of usual traffic needs."""
WHOLE = (ConversationRow, IncidentRow, TicketRow, PageRow, IncidentMemberRow)
"""Rows that are taken over with their keys, because other rows name them."""
NUMBERED_ANEW = (MessageRow, EventRow, DeadlineRow, RatingRow)
LIVE = ("suspected", "confirmed")
UNLESS_THERE: tuple[type[Row], ...] = (RunRow, WeeklyReportRow, ActionItemRow, ArticleReviewRow, ClockSettingsRow)
"""Rows that are taken over where the product has none like them."""


def simulate_beside(deps: Deps, plan: Plan, progress: Progress) -> Simulated:
    """As `simulate`, by people of its own, and nothing of what is in the database is touched. Raises ValueError for no weeks."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{Path(folder) / 'simulated.db'}")
        try:
            migrate(engine)
            aside = replace(deps, sessions=sessions_of(engine), reading=reading_sessions_of(engine))
            number, conversation, incident = _reserved(
                deps, int(TICKETS_A_WEEK * max(plan.weeks, 1) * max(plan.traffic, 1.0))
            )
            _begin_at(aside, number, conversation, incident, plan.end)
            done = simulate(aside, replace(plan, people=_people(deps, plan.end)), progress)
            progress("taking it over", 1.0)
            _take_over(aside, deps, conversation, incident)
        finally:
            engine.dispose()
    return done


def _reserved(deps: Deps, numbers: int) -> tuple[int, int, int]:
    """The number before the first ticket, conversation and incident of the simulation; nobody else gets those after them."""
    with deps.sessions.begin() as db:
        counter = db.scalars(select(CounterRow).where(CounterRow.name == "ticket").with_for_update()).one()
        first = counter.value
        counter.value += numbers
        return first, _highest(db, ConversationRow) + APART, _highest(db, IncidentRow) + APART


def _highest(db: Session, table: type[ConversationRow] | type[IncidentRow]) -> int:
    return db.scalar(select(func.max(table.id))) or 0


def _people(deps: Deps, end: datetime) -> str:
    """What simulated users' ids begin with: other people in each simulation, so that nobody has two open conversations."""
    with deps.reading.begin() as db:
        known = db.scalar(select(func.count()).where(ConversationRow.user_id.startswith("sim-")))
    return f"sim-{end:%y%m%d%H%M%S}" if known else "sim"


def _begin_at(aside: Deps, number: int, conversation: int, incident: int, end: datetime) -> None:
    """The rows before the first: SQLite counts on from the highest id there is."""
    none: dict[str, object] = {"opened_at": end, "user_id": "", "channel": "none", "address": {}, "memory": {}}
    with aside.sessions.begin() as db:
        db.execute(update(CounterRow).where(CounterRow.name == "ticket").values(value=number))
        db.add(ConversationRow(id=conversation, public_id="before", last_at=end, closed_at=end, **none))
        db.add(IncidentRow(id=incident, issue="", state="over", opened_at=end, over_at=end))


def _take_over(aside: Deps, deps: Deps, conversation: int, incident: int) -> None:
    """All rows in one transaction: a person who looks meanwhile sees nothing of it, or all."""
    before: dict[type[Row], int] = {ConversationRow: conversation, IncidentRow: incident}
    with aside.reading.begin() as source, deps.sessions.begin() as db:
        living = set(db.scalars(select(IncidentRow.issue).where(IncidentRow.state.in_(LIVE))))
        for table in (*WHOLE, *NUMBERED_ANEW):
            rows = [_values(row, table) for row in source.scalars(select(table)) if _is_told(row, before)]
            if table is IncidentRow:
                rows = [
                    {**row, "state": "over"} if row["issue"] in living and row["state"] in LIVE else row for row in rows
                ]
            if rows:
                db.execute(insert(table), rows)
        for kept in UNLESS_THERE:
            for row in source.scalars(select(kept)):
                db.execute(insert_new(db, kept, **_values(row, kept)))
        if on_postgresql(db.get_bind()):
            for name in ("conversations", "incidents"):
                db.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"))  # noqa: S608 - our own tables
        publish(db, "desk")


def _is_told(row: Row, before: Mapping[type[Row], int]) -> bool:
    return not isinstance(row, ConversationRow | IncidentRow) or row.id != before[type(row)]


def _values(row: Row, table: type[Row]) -> dict[str, object]:
    keys = [column.key for column in table.__mapper__.column_attrs]
    return {key: getattr(row, key) for key in keys if not (table in NUMBERED_ANEW and key == "id")}
