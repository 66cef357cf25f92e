"""A live stream is a cursor and a bell: read what is new, wait for the bell or fifteen seconds, and again."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool

from bot.storage import conversations
from bot.storage.conversations import AT_ONCE
from bot.storage.tables import ConversationRow
from bot.web.services import Services
from bot.web.transcript import current_ticket, messages_after

HEARTBEAT_SECONDS = 15.0


async def events(
    given: Services, conversation_id: int, after: int, until: datetime, *, read: bool = True
) -> AsyncIterator[str]:
    """Messages after a number and the ticket whenever it changes, until the client or the server goes, or the identity ends.
    With `read`, what was given before a later sign of life of the stream counts as read."""
    cursor, shown, told = after, None, 0
    topic = f"conversation:{conversation_id}"
    bell = given.bell.listen(topic)
    try:
        yield "retry: 1000\n\n"
        while not given.bell.stopping and (left := (until - given.now()).total_seconds()) > 0:
            bell.clear()  # before reading, so that a ring in between is not lost
            messages, ticket = await run_in_threadpool(_news, given, conversation_id, cursor)
            if read and cursor > told:
                told = cursor
                await run_in_threadpool(_mark_read, given, conversation_id, cursor)
            for message in messages:
                cursor = message["number"]
                yield _event("message", message, cursor)
            if ticket != shown:
                shown = ticket
                yield _event("ticket", ticket)
            if len(messages) < AT_ONCE and not await given.bell.rung(bell, min(HEARTBEAT_SECONDS, left)):
                yield ": still here\n\n"
    finally:
        given.bell.forget(topic, bell)


def _news(given: Services, conversation_id: int, after: int) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    with given.deps.reading.begin() as db:
        row = db.get(ConversationRow, conversation_id)
    assert row is not None
    messages = messages_after(given, conversation_id, after) if row.last_number > after else []
    return messages, current_ticket(given, row)


def _mark_read(given: Services, conversation_id: int, number: int) -> None:
    with given.deps.sessions.begin() as db:
        conversations.mark_read(db, conversation_id, number)


def _event(kind: str, data: Any, number: int | None = None) -> str:
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {kind}\ndata: {json.dumps(data)}\n\n"


async def rings(given: Services, topic: str, still: Callable[[], bool]) -> AsyncIterator[str]:
    """An event each time the topic rings, for as long as it is still allowed."""
    bell = given.bell.listen(topic)
    try:
        yield "retry: 1000\n\n"
        while not given.bell.stopping and await run_in_threadpool(still):
            bell.clear()
            yield _event("changed", True) if await given.bell.rung(bell, HEARTBEAT_SECONDS) else ": still here\n\n"
    finally:
        given.bell.forget(topic, bell)
