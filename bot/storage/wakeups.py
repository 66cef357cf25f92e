"""The bell: says that something changed, never what. PostgreSQL calls when the transaction commits; SQLite is looked at."""

import sqlite3
from time import monotonic
from typing import Protocol

import psycopg
from sqlalchemy import Engine, delete, func, select, text
from sqlalchemy.orm import Session

from bot.clock import rest
from bot.storage.database import on_postgresql
from bot.storage.tables import RingRow

BELL = "smartmed_bell"
MOST_KEPT = 1000
RING = """INSERT INTO rings (topic, rung) VALUES (:topic, (SELECT coalesce(max(rung), 0) + 1 FROM rings))
    ON CONFLICT (topic) DO UPDATE SET rung = excluded.rung"""
POLL_SECONDS = 0.005
RECONNECT_SECONDS = 1.0


def ring(db: Session, topic: str) -> None:
    """Wake whoever waits for this topic, when and only when the transaction commits."""
    if on_postgresql(db.get_bind()):
        db.execute(text("SELECT pg_notify(:bell, :topic)"), {"bell": BELL, "topic": topic})
    else:
        db.execute(text(RING), {"topic": topic})


def forget_old(db: Session) -> None:
    """Drop what rang long before the last ring: whoever listens has heard it."""
    last = select(func.max(RingRow.rung)).scalar_subquery()
    db.execute(delete(RingRow).where(RingRow.rung <= last - MOST_KEPT))


class Rings:
    """What has rung in an SQLite file since it was last asked. A look costs next to nothing while nobody has written."""

    def __init__(self, engine: Engine) -> None:
        self._connection = sqlite3.connect(str(engine.url.database), check_same_thread=False)
        self._version, self._seen = -1, 0
        self.topics()

    def topics(self) -> frozenset[str]:
        """The topics that rang since the last call; before the first one, nothing."""
        version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        if version == self._version:
            return frozenset()
        self._version = version
        rung = self._connection.execute("SELECT topic, rung FROM rings WHERE rung > ?", (self._seen,)).fetchall()
        self._seen = max((number for _, number in rung), default=self._seen)
        return frozenset(topic for topic, _ in rung)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class Ear(Protocol):
    """Lets a thread sleep until its topic rings."""

    def wait(self, seconds: float) -> None:
        """Return when the bell rang, or after so many seconds."""

    def close(self) -> None:
        """Stop listening."""


def open_ear(engine: Engine, topic: str) -> Ear:
    """The ear for a topic that fits the database."""
    return PostgresqlEar(engine, topic) if on_postgresql(engine) else SqliteEar(engine, topic)


class SqliteEar:
    """Looks into the file."""

    def __init__(self, engine: Engine, topic: str) -> None:
        self._rings, self._topic = Rings(engine), topic

    def wait(self, seconds: float) -> None:
        """Return when the topic rang, or after so many seconds."""
        for _ in range(max(1, round(seconds / POLL_SECONDS))):
            if self._topic in self._rings.topics():
                return
            rest(POLL_SECONDS)

    def close(self) -> None:
        """Let go of the file."""
        self._rings.close()


class PostgresqlEar:
    """Is told by the server; connects again when the line was cut."""

    def __init__(self, engine: Engine, topic: str) -> None:
        self._topic = topic
        self._address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.Connection | None = None

    def wait(self, seconds: float) -> None:
        """Return when the topic rang, or after so many seconds."""
        ends = monotonic() + seconds
        try:
            if self._connection is None:
                self._connection = psycopg.connect(self._address, autocommit=True)
                self._connection.execute(f"LISTEN {BELL}")
                return  # what was rung before is looked for once
            while (left := ends - monotonic()) > 0:
                if any(call.payload == self._topic for call in self._connection.notifies(timeout=left, stop_after=1)):
                    return
        except psycopg.OperationalError:
            self.close()
            rest(min(seconds, RECONNECT_SECONDS))

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
