"""Change notification: says that something changed, never what. PostgreSQL calls when the transaction commits; SQLite is looked at."""

import sqlite3
from time import monotonic
from typing import Protocol

import psycopg
from sqlalchemy import Engine, delete, func, select, text
from sqlalchemy.orm import Session

from bot.clock import rest
from bot.storage.database import on_postgresql
from bot.storage.tables import RingRow

CHANNEL = "smartmed_bell"
MOST_KEPT = 1000
PUBLISH = """INSERT INTO rings (topic, rung) VALUES (:topic, (SELECT coalesce(max(rung), 0) + 1 FROM rings))
    ON CONFLICT (topic) DO UPDATE SET rung = excluded.rung"""
POLL_SECONDS = 0.005
RECONNECT_SECONDS = 1.0


def publish(db: Session, topic: str) -> None:
    """Wake whoever waits for this topic, when and only when the transaction commits."""
    if on_postgresql(db.get_bind()):
        db.execute(text("SELECT pg_notify(:channel, :topic)"), {"channel": CHANNEL, "topic": topic})
    else:
        db.execute(text(PUBLISH), {"topic": topic})


def forget_old(db: Session) -> None:
    """Drop what was published long before the last: whoever listens has heard it."""
    last = select(func.max(RingRow.rung)).scalar_subquery()
    db.execute(delete(RingRow).where(RingRow.rung <= last - MOST_KEPT))


class ChangedTopics:
    """What was published in an SQLite file since it was last asked. A look costs next to nothing while nobody has written."""

    def __init__(self, engine: Engine) -> None:
        self._connection = sqlite3.connect(str(engine.url.database), check_same_thread=False)
        self._version, self._seen = -1, 0
        self.topics()

    def topics(self) -> frozenset[str]:
        """The topics that were published since the last call; before the first one, nothing."""
        version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        if version == self._version:
            return frozenset()
        self._version = version
        fresh = self._connection.execute("SELECT topic, rung FROM rings WHERE rung > ?", (self._seen,)).fetchall()
        self._seen = max((number for _, number in fresh), default=self._seen)
        return frozenset(topic for topic, _ in fresh)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class Listener(Protocol):
    """Lets a thread sleep until its topic is published."""

    def wait(self, seconds: float) -> None:
        """Return when it was published, or after so many seconds."""

    def close(self) -> None:
        """Stop listening."""


def open_listener(engine: Engine, topic: str) -> Listener:
    """The listener to a topic that fits the database."""
    return PostgresqlListener(engine, topic) if on_postgresql(engine) else SqliteListener(engine, topic)


class SqliteListener:
    """Looks into the file."""

    def __init__(self, engine: Engine, topic: str) -> None:
        self._changed, self._topic = ChangedTopics(engine), topic

    def wait(self, seconds: float) -> None:
        """Return when the topic was published, or after so many seconds."""
        for _ in range(max(1, round(seconds / POLL_SECONDS))):
            if self._topic in self._changed.topics():
                return
            rest(POLL_SECONDS)

    def close(self) -> None:
        """Let go of the file."""
        self._changed.close()


class PostgresqlListener:
    """Is told by the server; connects again when the line was cut."""

    def __init__(self, engine: Engine, topic: str) -> None:
        self._topic = topic
        self._address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection: psycopg.Connection | None = None

    def wait(self, seconds: float) -> None:
        """Return when the topic was published, or after so many seconds."""
        ends = monotonic() + seconds
        try:
            if self._connection is None:
                self._connection = psycopg.connect(self._address, autocommit=True)
                self._connection.execute(f"LISTEN {CHANNEL}")
                return  # what was published before is looked for once
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
