"""The migrations make exactly the tables that the code works with, from any earlier version."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine

from bot.storage.database import open_database
from bot.storage.migrate import migrate
from bot.storage.tables import Row


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
