"""The bell: says that something changed, never what. PostgreSQL rings it inside the transaction; SQLite is polled."""

import sqlite3
from typing import Protocol

import psycopg
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from bot.clock import rest
from bot.storage.database import on_postgresql

BELL = "smartmed_bell"
POLL_SECONDS = 0.005
RECONNECT_SECONDS = 1.0


def ring(db: Session, topic: str) -> None:
    """Wake whoever waits for this topic, when and only when the transaction commits."""
    if on_postgresql(db.get_bind()):
        db.execute(text("SELECT pg_notify(:bell, :topic)"), {"bell": BELL, "topic": topic})


class Ear(Protocol):
    """Lets a thread sleep until something was written by anybody."""

    def wait(self, seconds: float) -> None:
        """Return when the bell rang, or after so many seconds."""

    def close(self) -> None:
        """Stop listening."""


def open_ear(engine: Engine) -> Ear:
    """The ear that fits the database."""
    return PostgresqlEar(engine) if on_postgresql(engine) else SqliteEar(engine)


class SqliteEar:
    """Asks the file whether another connection has committed."""

    def __init__(self, engine: Engine) -> None:
        self._connection = sqlite3.connect(str(engine.url.database), check_same_thread=False)
        self._seen = self._version()

    def wait(self, seconds: float) -> None:
        """Return when somebody committed, or after so many seconds."""
        for _ in range(max(1, round(seconds / POLL_SECONDS))):
            version = self._version()
            if version != self._seen:
                self._seen = version
                return
            rest(POLL_SECONDS)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


class PostgresqlEar:
    """Is told by the server; connects again when the line was cut."""

    def __init__(self, engine: Engine) -> None:
        self._address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.Connection | None = None

    def wait(self, seconds: float) -> None:
        """Return when the bell rang, or after so many seconds."""
        try:
            if self._connection is None:
                self._connection = psycopg.connect(self._address, autocommit=True)
                self._connection.execute(f"LISTEN {BELL}")
                return  # what was rung before is looked for once
            for _ in self._connection.notifies(timeout=seconds, stop_after=1):
                return
        except psycopg.OperationalError:
            self.close()
            rest(min(seconds, RECONNECT_SECONDS))

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
