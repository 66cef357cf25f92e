"""The endpoint for Slack's requests: size, age and signature are checked on bytes before anything is read as text."""

import hmac
import json
import re
import time
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import parse_qs

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import Response
from slack_bolt import App, BoltRequest, BoltResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

log = structlog.get_logger()
PATH = "/slack/events"
MOST_BYTES = 1024 * 1024
WINDOW_SECONDS = 300
FORM = "application/x-www-form-urlencoded"
_TIMESTAMP = re.compile(rb"^[0-9]{1,12}$")


class Refused(Exception):
    """A request that is not from Slack, or that nobody can read; `status` says which."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(status)


def events_router(app: App, signing_secret: str, seconds: Callable[[], float] = time.time) -> APIRouter:
    """The route for Slack's requests; raises ValueError without a signing secret."""
    if not signing_secret:
        raise ValueError("SLACK_SIGNING_SECRET is empty: anybody could sign with it")
    router = APIRouter(include_in_schema=False)
    secret = signing_secret.encode()

    @router.post(PATH)
    async def events(request: Request) -> Response:
        """One request of Slack's."""
        try:
            body = await _body(request)
            _verify(request, body, secret, seconds())
            asked = _as_asked(request, body)
        except Refused as refusal:
            return Response(status_code=refusal.status)
        except ClientDisconnect:
            return Response(status_code=400)
        return await run_in_threadpool(_dispatched, app, asked)

    return router


def _dispatched(app: App, asked: BoltRequest) -> Response:
    """Bolt's answer; what listeners raise is Bolt's 500, and what its own reading stumbles over is the request's fault."""
    try:
        return _as_answer(app.dispatch(asked))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        log.warning("slack_request_unreadable", error=type(error).__name__)
        return Response(status_code=400)


async def _body(request: Request) -> bytes:
    told = request.headers.get("content-length", "0")
    if not (told.isascii() and told.isdigit()):
        raise Refused(400)
    if len(told) > 12 or int(told) > MOST_BYTES:
        raise Refused(413)
    taken = bytearray()
    async for chunk in request.stream():
        taken += chunk
        if len(taken) > MOST_BYTES:
            raise Refused(413)
    return bytes(taken)


def _verify(request: Request, body: bytes, secret: bytes, now: float) -> None:
    """Raise Refused(401) unless Slack signed this body within the last five minutes."""
    timestamps = _header(request, b"x-slack-request-timestamp")
    signatures = _header(request, b"x-slack-signature")
    if len(timestamps) != 1 or len(signatures) != 1 or not _TIMESTAMP.match(timestamps[0]):
        raise Refused(401)
    if abs(now - int(timestamps[0])) > WINDOW_SECONDS:
        raise Refused(401)
    right = hmac.new(secret, b"v0:" + timestamps[0] + b":" + body, sha256).hexdigest()
    if not hmac.compare_digest(b"v0=" + right.encode(), signatures[0]):
        raise Refused(401)


def _header(request: Request, name: bytes) -> list[bytes]:
    return [value for key, value in request.scope["headers"] if key == name]


def _as_asked(request: Request, body: bytes) -> BoltRequest:
    """The request as Bolt takes it; raises Refused(400) for what is no JSON object and no form of Slack's."""
    form = request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM
    try:
        text = body.decode("utf-8")
        if not (_is_form(text) if form else isinstance(json.loads(text), dict)):
            raise Refused(400)
    except (ValueError, RecursionError) as error:
        raise Refused(400) from error
    return BoltRequest(body=text, query=request.url.query, headers=dict(request.headers))


def _is_form(text: str) -> bool:
    fields = parse_qs(text, max_num_fields=200)
    if "payload" in fields:
        return isinstance(json.loads(fields["payload"][0]), dict)
    return "command" in fields or "ssl_check" in fields


def _as_answer(answer: BoltResponse) -> Response:
    headers = {name: value for name, value in answer.first_headers().items() if name != "content-length"}
    return Response(answer.body, status_code=answer.status, headers=headers)
