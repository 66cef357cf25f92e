"""The bell as a process hears it: PostgreSQL tells it, SQLite is looked at. It says that something changed, never what."""

import asyncio
from collections import defaultdict
from contextlib import suppress

import psycopg
from sqlalchemy import Engine

from bot.storage.database import on_postgresql
from bot.storage.wakeups import BELL, Rings

POLL_SECONDS = 0.1
RECONNECT_SECONDS = 1.0


class Bell:
    """Lets coroutines wait for a topic. One per process; `run` must be running."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.stopping = False

    async def wait(self, topic: str, seconds: float) -> bool:
        """True when the topic rang within so many seconds."""
        event = self.listen(topic)
        try:
            return await self.rung(event, seconds)
        finally:
            self.forget(topic, event)

    def listen(self, topic: str) -> asyncio.Event:
        """An event that is set whenever the topic rings, from now on."""
        event = asyncio.Event()
        self._waiting[topic].add(event)
        return event

    def forget(self, topic: str, event: asyncio.Event) -> None:
        """Stop listening."""
        self._waiting[topic].discard(event)
        if not self._waiting[topic]:
            del self._waiting[topic]

    async def rung(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait for an event of `listen`; true when it rang in time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), seconds)
            return True
        return False

    def stop(self) -> None:
        """Wake everybody for the last time."""
        self.stopping = True
        self._ring_all()

    async def run(self) -> None:
        """Hear the bell until cancelled."""
        if on_postgresql(self._engine):
            await self._hear_postgresql()
        else:
            await self._watch_sqlite()

    def _ring(self, topic: str) -> None:
        for event in self._waiting.get(topic, ()):
            event.set()

    def _ring_all(self) -> None:
        for topic in list(self._waiting):
            self._ring(topic)

    async def _hear_postgresql(self) -> None:
        address = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        while True:
            with suppress(psycopg.OperationalError):
                async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                    await connection.execute(f"LISTEN {BELL}")
                    self._ring_all()  # what was missed while nobody listened
                    async for notice in connection.notifies():
                        self._ring(notice.payload)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _watch_sqlite(self) -> None:
        rings = Rings(self._engine)
        self._ring_all()  # what was missed while nobody looked
        try:
            while True:
                for topic in rings.topics():
                    self._ring(topic)
                await asyncio.sleep(POLL_SECONDS)
        finally:
            rings.close()
