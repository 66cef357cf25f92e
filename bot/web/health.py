"""Is it alive, is it ready, and what does it count: for operators and their machines."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from bot.actions import troubles
from bot.storage import outbox, runs
from bot.web.chat import Given
from bot.web.gauges import read_gauges

router = APIRouter(tags=["health"])
BEAT_IS_LATE = timedelta(seconds=120)


@router.get("/healthz")
def alive() -> dict[str, str]:
    """This process answers."""
    return {"status": "alive"}


@router.get("/readyz")
def ready(given: Given) -> JSONResponse:
    """Database, worker, encoder and Slack; 503 when messages could not be taken or would not be delivered."""
    parts: dict[str, Any] = {}
    try:
        with given.deps.reading.begin() as db:
            beat = runs.last_beat(db, "worker")
            parts["outbox"] = outbox.backlog(db)
            parts["troubles"] = troubles.facts(db)
        parts["database"] = "ok"
        fresh = beat is not None and given.now() - beat <= BEAT_IS_LATE
        parts["worker"] = "ok" if fresh else "no sign of life"
    except SQLAlchemyError as error:
        parts["database"] = type(error).__name__
        fresh = False
    parts |= given.health()
    ok = parts["database"] == "ok" and fresh and parts.get("slack", "off") in ("ok", "off")
    return JSONResponse({"status": "ready" if ok else "not ready", **parts}, 200 if ok else 503)


@router.get("/metrics")
def metrics(request: Request, given: Given) -> Response:
    """Counters for Prometheus, and how the desk and the outbox stand now."""
    read_gauges(given)
    return Response(generate_latest() + generate_latest(request.app.state.counted), media_type=CONTENT_TYPE_LATEST)
