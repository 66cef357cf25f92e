"""The database: one engine per process, safe settings for SQLite and PostgreSQL, and the unit of work."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, CursorResult, Delete, Engine, Insert, Update, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session, sessionmaker

from bot.storage.tables.base import Row

Sessions = sessionmaker[Session]
BUSY_MS = 15_000
FRESH = {"populate_existing": True}
"""What was read before the lock is stale: read it again with the lock."""


def database_url(written: str) -> URL:
    """A database address as people write it (postgres:// too); raises ValueError for another kind of database."""
    scheme, separator, rest = written.partition("://")
    if not separator:
        raise ValueError(f"DATABASE_URL: `{written}` is not an address: write sqlite:///path or postgresql://...")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        return make_url(f"postgresql+psycopg://{rest}")
    if scheme == "sqlite":
        return make_url(written)
    raise ValueError(f"DATABASE_URL: `{scheme}` is not supported: use sqlite or postgresql")


def open_database(written: str) -> Engine:
    """An engine for this address; SQLite's folder is made when it is missing."""
    url = database_url(written)
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(url)
    return create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True, hide_parameters=True)


def _open_sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_MS / 1000})

    @event.listens_for(engine, "connect")
    def _settle(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for setting in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "trusted_schema=OFF",
        ):
            connection.execute(f"PRAGMA {setting}")
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def sessions_of(engine: Engine) -> Sessions:
    """The unit of work: `with sessions.begin() as db:` commits at the end or rolls back."""
    return sessionmaker(engine, expire_on_commit=False)


def reading_sessions_of(engine: Engine) -> Sessions:
    """Sessions that only read and take no write lock."""
    return sessionmaker(engine.execution_options(reading=True), expire_on_commit=False)


def on_postgresql(place: Engine | Connection) -> bool:
    """True on PostgreSQL; on SQLite otherwise."""
    return place.dialect.name == "postgresql"


def insert_new(db: Session, table: type[Row], **values: object) -> Insert:
    """The insert of a row that is not there yet; one that is there stays as it is."""
    if on_postgresql(db.get_bind()):
        return postgresql.insert(table).values(**values).on_conflict_do_nothing()
    return sqlite.insert(table).values(**values).on_conflict_do_nothing()


def claimed(db: Session, statement: Update | Delete) -> bool:
    """True for the one caller whose statement changed the row; its conditions say that nobody else has yet."""
    done = db.execute(statement, execution_options={"synchronize_session": False})
    return isinstance(done, CursorResult) and done.rowcount == 1
