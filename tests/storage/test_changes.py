"""Change notification: whoever waits is woken by its own conversation or queue, and by no other write, on both databases."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, func, select

from bot.storage import rate_limits
from bot.storage.changes import MOST_KEPT, forget_old, open_listener, publish
from bot.storage.database import on_postgresql, sessions_of
from bot.storage.tables import RingRow
from bot.storage.unit_of_work import UnitOfWork
from bot.web import change_stream
from bot.web.change_stream import ChangeStream
from tests.makers import NINE
from tests.waiting import in_a_loop, until

MINE, OTHER = "conversation:1", "conversation:2"


def rings(engine: Engine, *topics: str) -> None:
    """A commit that rings these topics, and writes besides."""
    with sessions_of(engine).begin() as db:
        rate_limits.use(UnitOfWork(db, NINE), "somebody", 1000, 60)
        for topic in topics:
            publish(db, topic)


async def woken(engine: Engine, written: Callable[[], None]) -> set[str]:
    """The topics of those who were woken by what was written, until the queue was, which is written last."""
    changes = ChangeStream(engine)
    hearing = asyncio.create_task(changes.run())
    begun, events = changes.listen("begun"), {topic: changes.listen(topic) for topic in (MINE, OTHER, "desk", "last")}
    try:
        async with asyncio.timeout(120):
            while not begun.is_set():  # until it is listened for
                await asyncio.to_thread(rings, engine, "begun")
                await asyncio.sleep(0.05)
            for event in events.values():  # whoever begins to listen is woken once
                event.clear()
            await asyncio.to_thread(written)
            await asyncio.to_thread(rings, engine, "last")
            await events["last"].wait()
        return {topic for topic, event in events.items() if event.is_set()} - {"last"}
    finally:
        hearing.cancel()
        with suppress(asyncio.CancelledError):
            await hearing


def test_a_stream_is_woken_by_its_own_conversation_alone(engine: Engine) -> None:
    assert in_a_loop(woken(engine, lambda: rings(engine, MINE))) == {MINE}
    assert in_a_loop(woken(engine, lambda: rings(engine, OTHER, "desk"))) == {OTHER, "desk"}


def test_a_write_that_rings_nothing_wakes_nobody(engine: Engine) -> None:
    assert in_a_loop(woken(engine, lambda: rings(engine))) == set()


def test_the_sender_sleeps_on_while_others_write_and_wakes_for_the_outbox(engine: Engine) -> None:
    listener, desk = open_listener(engine, "outbox"), open_listener(engine, "desk")
    for one in (listener, desk):
        one.wait(0.01)  # a new line looks once for what was published before
    sleeper = Thread(target=listener.wait, args=(600,), daemon=True)
    sleeper.start()

    rings(engine, MINE, "desk")
    desk.wait(600)
    sleeps_on = sleeper.is_alive()
    rings(engine, "outbox")

    until(lambda: not sleeper.is_alive())
    assert sleeps_on
    for one in (listener, desk):
        one.close()


def test_what_rang_long_ago_is_dropped_and_the_last_rings_stay(engine: Engine) -> None:
    rings(engine, *(f"conversation:{number}" for number in range(MOST_KEPT + 10)))

    with sessions_of(engine).begin() as db:
        forget_old(db)
        kept = db.scalar(select(func.count()).select_from(RingRow))

    assert kept == (0 if on_postgresql(engine) else MOST_KEPT)


def test_a_ring_that_is_taken_back_wakes_nobody(engine: Engine) -> None:
    def taken_back() -> None:
        with suppress(ZeroDivisionError), sessions_of(engine).begin() as db:
            publish(db, MINE)
            raise ZeroDivisionError

    assert in_a_loop(woken(engine, taken_back)) == set()


def breaking(monkeypatch: pytest.MonkeyPatch, broken: Event) -> None:
    """While it is broken no change can be heard of, by errors that nobody named."""
    looked, connected = change_stream.ChangedTopics.topics, psycopg.AsyncConnection.connect

    def topics(of: Any) -> frozenset[str]:
        if broken.is_set():
            raise sqlite3.OperationalError("disk I/O error")
        return looked(of)

    async def connect(*given: Any, **named: Any) -> Any:
        if broken.is_set():
            raise psycopg.InternalError("cannot execute LISTEN during recovery")
        return await connected(*given, **named)

    monkeypatch.setattr(change_stream.ChangedTopics, "topics", topics)
    monkeypatch.setattr(psycopg.AsyncConnection, "connect", connect)


async def hears_again(engine: Engine, broken: Event) -> tuple[bool, bool]:
    """Whether it is told that changes are not heard, and whether somebody who waited all the while is woken in the end."""
    changes = ChangeStream(engine)
    hearing = asyncio.create_task(changes.run())
    mine = changes.listen(MINE)
    try:
        async with asyncio.timeout(120):
            while not is_lost(changes):
                await asyncio.sleep(0.02)
            broken.clear()
            while is_lost(changes):
                await asyncio.sleep(0.02)
            mine.clear()
            await asyncio.to_thread(rings, engine, MINE)
            await mine.wait()
        return True, not hearing.done()
    finally:
        hearing.cancel()
        with suppress(asyncio.CancelledError):
            await hearing


def is_lost(changes: ChangeStream) -> bool:
    try:
        return changes.heard() != "ok"
    except (sqlite3.Error, psycopg.Error):
        return True


def test_whatever_ends_the_hearing_it_is_told_and_begun_anew(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Event()
    broken.set()
    breaking(monkeypatch, broken)

    assert in_a_loop(hears_again(engine, broken)) == (True, True)
