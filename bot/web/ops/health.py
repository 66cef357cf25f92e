"""Is it alive, is it ready, and what does it count: for operators and their machines."""

from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.web.dependencies import Given
from bot.web.ops.metrics import update_metrics
from bot.web.problems import Problem

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def alive() -> dict[str, str]:
    """This process answers, whatever becomes of the database: it waits for no thread and for nobody."""
    return {"status": "alive"}


@router.get("/readyz")
async def ready(given: Given) -> JSONResponse:
    """Every part; 503 when messages could not be taken or would not be delivered, `degraded` when something else is amiss."""
    parts = await given.probes.answers()
    missing, amiss = (given.probes.failing(parts, needed=needed) for needed in (True, False))
    status = "not ready" if missing else "degraded" if amiss else "ready"
    return JSONResponse({"status": status, "because": [*missing, *amiss], **parts}, 503 if missing else 200)


@router.get("/metrics")
def metrics(request: Request, given: Given, authorization: Annotated[str, Header()] = "") -> Response:
    """Counters for Prometheus, and how the desk and the outbox stand now; in production for whoever has the token."""
    token = given.settings.metrics_token
    right = compare_digest(authorization.encode(), f"Bearer {token}".encode()) if token else given.settings.demo
    if not right:
        raise Problem(404, "Not found", given.words["not_found"])
    update_metrics(given)
    return Response(generate_latest() + generate_latest(request.app.state.counted), media_type=CONTENT_TYPE_LATEST)
