"""A live stream is a cursor and a change: read what is new, wait for the next change, and again; never silent for long."""

from collections.abc import AsyncGenerator
from datetime import datetime

from starlette.concurrency import run_in_threadpool

from bot.storage import conversations
from bot.storage.conversations import AT_ONCE
from bot.storage.tables import ConversationRow
from bot.web.chat.serializers import MessageJson, TicketJson
from bot.web.chat.transcript import current_ticket, messages_after
from bot.web.services import Services
from bot.web.sse import HEARTBEAT, RETRY, Silence, event


async def events(
    given: Services, conversation_id: int, after: int, until: datetime, *, read: bool = True
) -> AsyncGenerator[str]:
    """Messages after a number and the ticket whenever it changes, until the client or the server goes, or the identity ends.
    With `read`, what was given before a later sign of life of the stream counts as read."""
    cursor, shown, told = after, None, 0
    topic = f"conversation:{conversation_id}"
    changed, silence = given.changes.listen(topic), Silence()
    try:
        yield RETRY
        while not given.changes.stopping and (left := (until - given.now()).total_seconds()) > 0:
            changed.clear()  # before reading, so that a change in between is not lost
            messages, ticket = await run_in_threadpool(_news, given, conversation_id, cursor)
            if read and cursor > told:
                told = cursor
                await run_in_threadpool(_mark_read, given, conversation_id, cursor)
            for message in messages:
                cursor = message["number"]
                yield event("message", message, cursor)
                silence.broken()
            if ticket != shown:
                shown = ticket
                yield event("ticket", ticket)
                silence.broken()
            if len(messages) < AT_ONCE:
                await given.changes.changed(changed, min(silence.left(), left))
            if not silence.left():
                yield HEARTBEAT
                silence.broken()
    finally:
        given.changes.forget(topic, changed)


def _news(given: Services, conversation_id: int, after: int) -> tuple[list[MessageJson], TicketJson | None]:
    with given.deps.reading.begin() as db:
        row = db.get(ConversationRow, conversation_id)
    assert row is not None
    messages = messages_after(given, conversation_id, after) if row.last_number > after else []
    return messages, current_ticket(given, row)


def _mark_read(given: Services, conversation_id: int, number: int) -> None:
    with given.deps.sessions.begin() as db:
        conversations.mark_read(db, conversation_id, number)
