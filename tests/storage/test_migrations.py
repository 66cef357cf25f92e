"""The migrations make exactly the tables that the code works with, from any earlier version."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from bot.storage import conversations
from bot.storage.database import open_database, sessions_of
from bot.storage.migrate import config, migrate
from bot.storage.tables import ConversationRow, Row
from bot.storage.unit_of_work import UnitOfWork
from handoff.ticket import User
from tests.makers import NINE


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
    with engine.begin() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.downgrade(settings, "0200")
    with sessions_of(engine).begin() as db:
        older, newer = (conversations.open_one(UnitOfWork(db, NINE), User("u1"), "terminal", {}).id for _ in range(2))

    migrate(engine)

    with sessions_of(engine).begin() as db:
        assert [db.get_one(ConversationRow, row).closed_as for row in (older, newer)] == ["silent", None]
    with pytest.raises(IntegrityError), sessions_of(engine).begin() as db:
        conversations.open_one(UnitOfWork(db, NINE), User("u1"), "terminal", {})
