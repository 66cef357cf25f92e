"""Changes as a process hears of them: PostgreSQL tells them, SQLite is looked at. Each says that something changed, never what."""

import asyncio
from collections import defaultdict
from contextlib import suppress

import psycopg
from sqlalchemy import Engine

from bot.storage.changes import CHANNEL, ChangedTopics
from bot.storage.database import on_postgresql

POLL_SECONDS = 0.1
RECONNECT_SECONDS = 1.0


class ChangeStream:
    """Lets coroutines wait for a topic. One per process; `run` must be running."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.stopping = False

    async def wait(self, topic: str, seconds: float) -> bool:
        """True when the topic was published within so many seconds."""
        event = self.listen(topic)
        try:
            return await self.changed(event, seconds)
        finally:
            self.forget(topic, event)

    def listen(self, topic: str) -> asyncio.Event:
        """An event that is set whenever the topic is published, from now on."""
        event = asyncio.Event()
        self._waiting[topic].add(event)
        return event

    def forget(self, topic: str, event: asyncio.Event) -> None:
        """Stop listening."""
        self._waiting[topic].discard(event)
        if not self._waiting[topic]:
            del self._waiting[topic]

    async def changed(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait for an event of `listen`; true when it was set in time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), seconds)
            return True
        return False

    def stop(self) -> None:
        """Wake everybody for the last time."""
        self.stopping = True
        self._wake_all()

    async def run(self) -> None:
        """Hear of changes until cancelled."""
        if on_postgresql(self._engine):
            await self._hear_postgresql()
        else:
            await self._watch_sqlite()

    def _wake(self, topic: str) -> None:
        for event in self._waiting.get(topic, ()):
            event.set()

    def _wake_all(self) -> None:
        for topic in list(self._waiting):
            self._wake(topic)

    async def _hear_postgresql(self) -> None:
        address = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while True:
            with suppress(psycopg.OperationalError):
                async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._wake_all()  # what was missed while nobody listened
                    async for notice in connection.notifies():
                        self._wake(notice.payload)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _watch_sqlite(self) -> None:
        fresh = ChangedTopics(self._engine)
        self._wake_all()  # what was missed while nobody looked
        try:
            while True:
                for topic in fresh.topics():
                    self._wake(topic)
                await asyncio.sleep(POLL_SECONDS)
        finally:
            fresh.close()
