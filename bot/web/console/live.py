"""The console stays fresh: its pages hear that the desk changed."""

from collections.abc import AsyncIterator, Callable
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from bot.web.console.access import Person
from bot.web.console.sign_in import still_signed_in
from bot.web.dependencies import Given
from bot.web.services import Services
from bot.web.sse import HEARTBEAT, HEARTBEAT_SECONDS, RETRY, event

router = APIRouter(prefix="/console", include_in_schema=False)
DESK = "desk"


@router.get("/events")
def live(request: Request, _staff: Person, given: Given) -> StreamingResponse:
    """Says that the desk changed, for as long as the person is signed in; the page then fetches itself again."""
    still = partial(still_signed_in, request, given)
    return StreamingResponse(_changes(given, still), media_type="text/event-stream")


async def _changes(given: Services, still: Callable[[], bool]) -> AsyncIterator[str]:
    """An event each time that the desk changes, for as long as it is still allowed."""
    changed = given.changes.listen(DESK)
    try:
        yield RETRY
        while not given.changes.stopping and await run_in_threadpool(still):
            changed.clear()
            yield event("changed", True) if await given.changes.changed(changed, HEARTBEAT_SECONDS) else HEARTBEAT
    finally:
        given.changes.forget(DESK, changed)
