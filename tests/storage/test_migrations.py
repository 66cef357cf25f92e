"""The migrations make exactly the tables that the code works with, from any earlier version."""

import ast
from dataclasses import fields

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import IntegrityError

from bot.config import Settings
from bot.storage import conversations
from bot.storage.database import open_database, sessions_of
from bot.storage.migrate import config, migrate
from bot.storage.tables import ConversationRow, Row
from bot.storage.unit_of_work import UnitOfWork
from handoff.ticket import User
from tests.documents import HOME
from tests.makers import NINE
from tests.storage.killed import dies_before


def back_to(engine: Engine, earlier: str) -> None:
    """The database as that version had it."""
    with engine.begin() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.downgrade(settings, earlier)


def test_the_migrated_database_has_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Row.metadata) == []


@pytest.mark.parametrize("earlier", ["0001", "0002"])
def test_a_database_of_an_earlier_version_comes_up_to_date(tmp_path: object, earlier: str) -> None:
    engine = open_database(f"sqlite:///{tmp_path}/old.db")
    migrate(engine, earlier)
    migrate(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Row.metadata) == []
    engine.dispose()


def test_of_two_open_conversations_in_one_place_the_newer_stays_open(engine: Engine) -> None:
    back_to(engine, "0200")
    with sessions_of(engine).begin() as db:
        older, newer = (conversations.open_one(UnitOfWork(db, NINE), User("u1"), "terminal", {}).id for _ in range(2))

    migrate(engine)

    with sessions_of(engine).begin() as db:
        assert [db.get_one(ConversationRow, row).closed_at is None for row in (older, newer)] == [False, True]
    with pytest.raises(IntegrityError), sessions_of(engine).begin() as db:
        conversations.open_one(UnitOfWork(db, NINE), User("u1"), "terminal", {})


def test_what_nobody_read_goes_and_the_rows_stay_also_when_a_process_dies_amid_it(
    engine: Engine, database: str
) -> None:
    back_to(engine, "0900")
    with sessions_of(engine).begin() as db:
        kept = conversations.open_one(UnitOfWork(db, NINE), User("u1"), "app", {}).id
    engine.dispose()

    for step in ("ALTER TABLE tickets", "ALTER TABLE incidents", "UPDATE alembic_version"):
        dies_before(database, step)
        assert [name for name in ("conversations", "tickets") if "version" in columns(engine, name)] == [
            "conversations",
            "tickets",
        ]
        assert "confirmed_at" in columns(engine, "incidents")
        engine.dispose()

    migrate(engine)
    assert "version" not in columns(engine, "conversations") | columns(engine, "tickets")
    with sessions_of(engine).begin() as db:
        assert db.get_one(ConversationRow, kept).user_id == "u1"


def columns(engine: Engine, table: str) -> set[str]:
    """The names of its columns."""
    return {column["name"] for column in inspect(engine).get_columns(table)}


def test_every_column_and_every_setting_is_read_by_something() -> None:
    paths = [path for folder in ("bot", "handoff") for path in (HOME / folder).rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths if "migrations" not in path.parts]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    read = {node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)}

    stored = {column.key for mapper in Row.registry.mappers for column in mapper.column_attrs}
    assert stored - read == set()
    assert {field.name for field in fields(Settings)} <= read
