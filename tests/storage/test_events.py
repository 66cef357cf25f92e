"""The event log in the database: rows as every release wrote them, and rows that nobody understands."""

from sqlalchemy import select

from bot.actions import report
from bot.actions.deps import Deps
from bot.storage import incidents, tickets
from bot.storage.tables import EventRow
from handoff.ticket import Event
from tests.handoff.test_events import STORED
from tests.makers import ALEX, NINE, hours


def test_an_event_lies_in_its_row_under_the_names_of_every_release(deps: Deps) -> None:
    with deps.sessions.begin() as db:
        tickets.record(db, [Event(payload, ALEX, NINE) for _, payload in STORED], number=1001)

    with deps.reading.begin() as db:
        rows = [(row.kind, row.actor_kind, row.data) for row in db.scalars(select(EventRow).order_by(EventRow.id))]
    assert rows == [(payload.kind, "staff", {"actor": ALEX.name, **stored}) for stored, payload in STORED]


def test_rows_that_nobody_understands_stop_no_report_and_no_sense_of_incidents(deps: Deps) -> None:
    broken = [
        ("new", {}),
        ("issue", {"issue": None}),
        ("rated", {"about": "weather"}),
        ("escalated", {}),
        ("pigeon", {}),
    ]
    with deps.sessions.begin() as db:
        for kind, data in broken:
            row = EventRow(kind=kind, data=data, at=NINE, actor_kind="bot", actor_id="bot", conversation_id=1)
            db.add(row)

    figures = report.figures_of(deps, "2026-W48", NINE + hours(24 * 8))

    assert (figures.escalations.to_tier_2, figures.votes.count, figures.issues) == (0, 0, ())
    with deps.reading.begin() as db:
        assert incidents.raised(db, NINE, NINE + hours(1)) == {}
