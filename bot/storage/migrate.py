"""The schema: brought to the newest version, on both databases."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from bot.storage.database import on_postgresql

HERE = Path(__file__).parent / "migrations"


class NewerSchema(RuntimeError):
    """The database was made by a newer version of this program."""


def config() -> Config:
    """Alembic's settings, without a file."""
    settings = Config()
    settings.set_main_option("script_location", str(HERE))
    return settings


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring the schema to a version; raises NewerSchema when the database is ahead of this program."""
    settings = config()
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    with engine.begin() as connection:
        if on_postgresql(connection):
            connection.execute(text("SELECT pg_advisory_xact_lock(4711)"))
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in known:
            raise NewerSchema(
                f"the database has schema {current}, which this version does not know: install the newer version"
            )
        settings.attributes["connection"] = connection
        command.upgrade(settings, to)
