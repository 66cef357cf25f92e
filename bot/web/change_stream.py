"""Changes as a process hears of them: PostgreSQL tells them, SQLite is looked at. Each says that something changed, never what."""

import asyncio
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import structlog
from sqlalchemy import Engine

from bot.channels.base import OK
from bot.storage.changes import CHANNEL, ChangedTopics
from bot.storage.database import on_postgresql

log = structlog.get_logger()
POLL_SECONDS = 0.1
RECONNECT_SECONDS = 1.0


class ChangeStream:
    """Lets coroutines wait for a topic. One per process; `run` must be running."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: dict[str, set[asyncio.Event]] = defaultdict(set)
        self.stopping = False
        self._lost: Exception | None = None

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
        """Hear of changes until cancelled; whatever goes wrong, it listens anew."""
        hear = self._hear_postgresql if on_postgresql(self._engine) else self._watch_sqlite
        while True:
            try:
                await hear()
            except Exception as error:  # noqa: BLE001 - nothing may end the live chats and consoles of this process
                if self._lost is None:
                    log.error("changes_not_heard", error=type(error).__name__)
                self._lost = error
            await asyncio.sleep(RECONNECT_SECONDS)

    def heard(self) -> str:
        """`ok` while changes are heard; raises what ended it, until they are heard again."""
        if self._lost is not None:
            raise self._lost.with_traceback(None)
        return OK

    def _begin(self) -> None:
        """Changes are heard from now on; what came before, while nobody listened, is looked for."""
        self._lost = None
        self._wake_all()

    def _wake(self, topic: str) -> None:
        for event in self._waiting.get(topic, ()):
            event.set()

    def _wake_all(self) -> None:
        for topic in list(self._waiting):
            self._wake(topic)

    async def _hear_postgresql(self) -> None:
        address = self._engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self._begin()
            async for notice in connection.notifies():
                self._wake(notice.payload)

    async def _watch_sqlite(self) -> None:
        """In a thread of its own, so that a disk that stands still stops no other request."""
        loop, looking = asyncio.get_running_loop(), ThreadPoolExecutor(1, "changes")
        try:
            fresh = await loop.run_in_executor(looking, ChangedTopics, self._engine)
            try:
                self._begin()
                while True:
                    for topic in await loop.run_in_executor(looking, fresh.topics):
                        self._wake(topic)
                    await asyncio.sleep(POLL_SECONDS)
            finally:
                looking.submit(fresh.close)
        finally:
            looking.shutdown(wait=False)
