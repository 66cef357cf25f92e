"""The endpoint for activities: who sent it is checked before anything is done; what cannot be done now is delivered again by Teams."""

from collections.abc import Callable

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from bot.channels.teams.activity import Activity
from bot.channels.teams.authentication import Refused, TokenCheck

log = structlog.get_logger()
PATH = "/teams/activities"


def activities_router(check: TokenCheck, take: Callable[[Activity], None]) -> APIRouter:
    """The route for what Teams sends."""
    router = APIRouter(include_in_schema=False)

    @router.post(PATH)
    async def activities(request: Request) -> Response:
        """One activity."""
        body = await request.body()
        try:
            activity = Activity.model_validate_json(body)
        except ValidationError as error:
            log.warning("teams_activity_unreadable", faults=error.error_count())
            return Response(status_code=400)
        try:
            authorization = request.headers.get("authorization", "")
            await run_in_threadpool(check.must_be_from_teams, authorization, activity.service_url)
        except Refused as refusal:
            log.warning("teams_activity_refused", why=str(refusal))
            return Response(status_code=401)
        await run_in_threadpool(take, activity)
        return Response(status_code=200)

    return router
