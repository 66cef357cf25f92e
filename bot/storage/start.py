"""Before anything runs: can the database be reached, is its schema ours, and is the key the one that it was written with?"""

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Engine, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from bot.storage.columns import Keys
from bot.storage.database import database_url, sessions_of
from bot.storage.migrate import NewerSchema, config, migrate
from bot.storage.tables import ConversationRow, MessageRow, SealRow

SEALED = b"smartmed"


class CannotStart(RuntimeError):
    """Why the program cannot run on this database, in one line that names no password."""


def prepare(engine: Engine, *, bring_up: bool) -> None:
    """Bring the schema up to date when asked to, and make sure of database, schema and key; raises CannotStart."""
    try:
        if bring_up:
            migrate(engine)
        _must_be_current(engine)
        _must_fit(engine)
    except NewerSchema as error:
        raise CannotStart(str(error)) from error
    except SQLAlchemyError as error:
        raise CannotStart(_why(engine, error)) from error
    except OSError as error:
        raise CannotStart(f"DATABASE_URL: {engine.url.database}: {error.strerror}") from error


def must_exist(written: str) -> None:
    """Make sure that a file of SQLite is there, and make none; raises CannotStart, and ValueError for no address."""
    url = database_url(written)
    in_a_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    if in_a_file and not Path(str(url.database)).is_file():
        raise CannotStart(f"there is no such database: {url.database}. `python -m bot migrate` makes one")


def _why(engine: Engine, error: SQLAlchemyError) -> str:
    """The database's own reason, in one line; it holds an address at most."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    reason = str(cause).strip().splitlines()[0] if isinstance(error, DBAPIError) else type(error).__name__
    if engine.url.password:
        reason = reason.replace(str(engine.url.password), "***")
    where = engine.url.host or Path(str(engine.url.database)).name
    return f"DATABASE_URL: the database at {where} cannot be used: {reason}"


def _must_be_current(engine: Engine) -> None:
    scripts = ScriptDirectory.from_config(config())
    with engine.execution_options(reading=True).connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise NewerSchema(
            f"the database has schema {current}, which this version does not know: install the newer version"
        )
    raise CannotStart("the database has an older schema: run `python -m bot migrate` first")


def _must_fit(engine: Engine) -> None:
    """Each key leaves a sealed word in the database once; every seal there must open with the keys of today."""
    keys, sessions = Keys.all(), sessions_of(engine)
    with sessions.begin() as db:
        seals = {row.name: row.sealed for row in db.scalars(select(SealRow))}
        if not all(_opens(keys, sealed) for sealed in seals.values()) or (not seals and not _reads(db)):
            raise CannotStart(
                "SECRET_KEY is not the one that this database was written with. Put the right one back; while it is changed, "
                "write both as new,old. Where none is set, the key lies in STATE_DIR: give the one that the server has"
            )
        for key in keys:
            name = Keys.name_of(key)
            if name not in seals:
                db.add(SealRow(name=name, sealed=Fernet(key).encrypt(SEALED)))


def _opens(keys: list[bytes], sealed: bytes) -> bool:
    for key in keys:
        try:
            return Fernet(key).decrypt(sealed) == SEALED
        except InvalidToken:
            continue
    return False


def _reads(db: Session) -> bool:
    """True when the newest words of a database without seals can be read, or there are none."""
    try:
        for table in (ConversationRow, MessageRow):
            db.scalars(select(table).order_by(table.id.desc()).limit(1)).first()
    except InvalidToken:
        return False
    return True
