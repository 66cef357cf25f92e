"""What the last release kept in `runs` is found in tables of its own after the migration, also when a process dies amid it."""

import json
from datetime import timedelta

from alembic import command
from sqlalchemy import Engine, inspect, text

from bot.actions import sla_settings_history
from bot.storage import action_items, cards, heartbeats, idempotency, reviews, sign_ins, weekly_reports
from bot.storage.cards import Card
from bot.storage.database import sessions_of
from bot.storage.migrate import config, migrate
from bot.storage.unit_of_work import UnitOfWork
from tests.makers import NINE, hours
from tests.storage.killed import dies_before

WEEK, FINGERPRINT = "2026-W48", "f" * 64
ITEM = {"text": "Write the page", "since": "2026-W47", "by": "Dana Reyes", "rank": 1000}
LISTED = {"key": "own:1", "text": "Write the page", "since": "2026-W47", "by": "Dana Reyes", "done": False, "told": ""}
AS_WRITTEN = [
    ("weekly_report", WEEK, {"items": [LISTED]}),
    ("weekly_report_reviewed", WEEK, {"by": "Kim Novak", "id": "kim"}),
    ("weekly_report_reviewed", "2026-W40", {"by": "Kim Novak", "id": "kim"}),
    ("action_item", "own:1", ITEM),
    (
        "action_item",
        "overdue",
        {**ITEM, "told": WEEK, "rank": 0, "done_at": (NINE + hours(1)).isoformat(), "done_by": "Alex"},
    ),
    ("article_review", "security/mfa-setup@2026-11-02", {"by": "Dana Reyes", "text_hash": "abc"}),
    ("clock_settings", f"{NINE.isoformat()} m1", {"mark": "m1", "parts": {"sla": {"x": 1}}}),
    ("slack_thread", "C1:1.1", {"ticket": 1001}),
    ("slack_thread", "C2:2.2", {"ticket": 1001}),
    ("slack_card", "1001", {"channel": "C2", "ts": "2.2", "moved_from": ["C1", "1.1"]}),
    ("slack_card", "1002", {"channel": "C1", "ts": "3.3", "moved_from": None}),
    ("slack_thread", "C1:3.3", {"ticket": 1002}),
    ("slack_incident", "7", {"channel": "C1", "ts": "4.4"}),
    ("slack_seen", "until", {"busy_until": NINE.isoformat()}),
    ("sign_in_link", FINGERPRINT, {"staff": "alex"}),
    ("worker", "beat", {}),
    ("served", "beat", {"base_url": "http://desk.test"}),
    ("release", "4.2", {"changes": ["x"]}),
    ("told_of_trouble", "slack:no_auth", {}),
]
"""Name, period and data as release 0.1.0 wrote them."""


def of_the_last_release(engine: Engine) -> None:
    """A database as it was, with a row of each kind."""
    with engine.begin() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.downgrade(settings, "0700")
        for name, period, data in AS_WRITTEN:
            row = {"name": name, "period": period, "at": f"{NINE:%Y-%m-%d %H:%M:%S.%f}", "data": json.dumps(data)}
            if engine.dialect.name == "postgresql":
                row["at"] = NINE.isoformat()
            columns = "(name, period, at, data) VALUES (:name, :period, :at, :data)"
            connection.execute(text(f"INSERT INTO runs {columns}"), row)


def all_found(engine: Engine) -> None:
    """Everything is where the program looks for it."""
    with sessions_of(engine).begin() as db:
        work = UnitOfWork(db, NINE + hours(2))
        assert weekly_reports.items_of(db, WEEK) == [LISTED] and not weekly_reports.make(work, WEEK)
        assert weekly_reports.reviewed_by(db, WEEK) == "Kim Novak (kim)" and not weekly_reports.is_made(db, "2026-W40")
        assert not weekly_reports.review(work, "2026-W40", "Alex", "alex")
        assert [(row.key, row.since, row.by, row.told) for row in action_items.all_items(db) if not row.done_at] == [
            ("own:1", "2026-W47", "Dana Reyes", "")
        ]
        assert [(row.done_at, row.done_by) for row in action_items.all_items(db) if row.done_at] == [
            (NINE + hours(1), "Alex")
        ]
        assert reviews.newest(db)["security/mfa-setup"].by == "Dana Reyes"
        assert [(row.at, row.mark, row.parts) for row in sla_settings_history._kept(db)] == [
            (NINE, "m1", {"sla": {"x": 1}})
        ]
        assert cards.of_ticket(db, 1001) == Card("C2", "2.2", ("C1", "1.1"))
        assert cards.of_ticket(db, 1002) == Card("C1", "3.3")
        assert cards.ticket_of_thread(db, "C1", "1.1") == 1001 and cards.ticket_of_thread(db, "C1", "3.3") == 1002
        assert cards.of_incident(db, 7) == ("C1", "4.4")
        assert heartbeats.last(db, "worker") == NINE and heartbeats.last(db, "slack_seen") == NINE
        assert heartbeats.last_told(db, "served") == {"base_url": "http://desk.test"}
        assert sign_ins.spend_link(db, FINGERPRINT, NINE - timedelta(hours=12)) == "alex"
        assert sign_ins.spend_link(db, FINGERPRINT, NINE - timedelta(hours=12)) is None
        assert not idempotency.claim_once(work, "release", "4.2") and not idempotency.claim_once(
            work, "told_of_trouble", "slack:no_auth"
        )
        assert idempotency.claim_once(work, "release", "4.3")


def test_everything_that_the_last_release_kept_is_found_where_it_belongs(engine: Engine) -> None:
    of_the_last_release(engine)

    migrate(engine)

    all_found(engine)
    with engine.connect() as connection:
        names = {name for (name,) in connection.execute(text("SELECT name FROM runs"))}
    assert names == {"release", "told_of_trouble"}


def test_a_process_that_dies_amid_it_leaves_everything_as_it_was(engine: Engine, database: str) -> None:
    of_the_last_release(engine)
    engine.dispose()

    for step in ("INSERT INTO heartbeats", "DELETE FROM runs", "ALTER TABLE runs", "UPDATE alembic_version"):
        dies_before(database, step)
        assert "action_items" not in inspect(engine).get_table_names()
        engine.dispose()

    migrate(engine)
    all_found(engine)


def test_a_card_that_moved_is_told_once_and_its_threads_stay_the_tickets(engine: Engine) -> None:
    with sessions_of(engine).begin() as db:
        work = UnitOfWork(db, NINE)
        cards.keep(work, 1001, Card("C1", "1.1"))
        cards.keep(work, 1001, Card("C2", "2.2", ("C1", "1.1")))
        moved = cards.of_ticket(db, 1001)
        cards.keep(work, 1001, Card("C2", "2.2"))

        assert moved == Card("C2", "2.2", ("C1", "1.1")) and cards.of_ticket(db, 1001) == Card("C2", "2.2")
        assert [cards.ticket_of_thread(db, *place) for place in (("C1", "1.1"), ("C2", "2.2"))] == [1001, 1001]
