"""Errors: problem details for programs, a page with words for people; never a path, a class or a stack."""

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException

from bot.web.edges import add_headers

log = structlog.get_logger()
TYPE = "application/problem+json"
WORDS = {
    403: "not_allowed",
    404: "page_missing",
    405: "page_missing",
    410: "page_missing",
    413: "too_large",
    422: "not_valid",
}
"""What a page says that no part of ours has words of its own for."""
TOLD = {
    401: "Nobody is proven by the token",
    403: "Not allowed",
    404: "Not there, or somebody else's",
    409: "The same id with other words",
    413: "Too large",
    422: "Not valid",
    429: "Too often; Retry-After says for how long",
    503: "Not now; Retry-After says for how long",
}
TEXT = {"type": "string"}
SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT},
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": told, "content": {TYPE: {"schema": SCHEMA}}} for status, told in TOLD.items()
}
"""What any call of the API may be answered with instead, for its description."""
Page = Callable[[Request, int, str], Response]


class Problem(Exception):
    """An answer that is an error: status, a short title, and a text for people."""

    def __init__(self, status: int, title: str, detail: str = "", headers: dict[str, str] | None = None) -> None:
        self.status, self.title, self.detail, self.headers = status, title, detail, headers
        super().__init__(title)


def problem(
    status: int, title: str, detail: str = "", headers: dict[str, str] | None = None, **more: object
) -> JSONResponse:
    """A problem as an HTTP answer for a program."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail or title, **more}
    return JSONResponse(body, status, headers, media_type=TYPE)


def for_a_browser(request: Request) -> bool:
    """True when a person looks at the answer: the API is for programs whatever they say that they take."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")


def add_problem_handlers(app: FastAPI, words: Mapping[str, str], page: Page) -> None:
    """Every error of the app as a page or as problem details; `words` are the approved texts for people."""

    def told(
        request: Request,
        status: int,
        title: str,
        detail: str = "",
        headers: Mapping[str, str] | None = None,
        **more: object,
    ) -> Response:
        if for_a_browser(request):
            answer = page(request, status, detail or words[WORDS.get(status, "went_wrong")])
            answer.headers.update(headers or {})
            return answer
        return problem(status, title, detail, dict(headers or {}), **more)

    _add_refusals(app, words, told)
    _add_failures(app, words, told)


def _add_refusals(app: FastAPI, words: Mapping[str, str], told: Callable[..., Response]) -> None:
    """What is wrong with a request."""

    @app.exception_handler(Problem)
    def _problem(request: Request, error: Problem) -> Response:
        return told(request, error.status, error.title, error.detail, error.headers)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        return told(request, error.status_code, str(error.detail), headers=error.headers)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        fields = [".".join(str(part) for part in detail["loc"]) for detail in error.errors()]
        return told(request, 422, "Not valid", words["not_valid"], fields=fields)


def _add_failures(app: FastAPI, words: Mapping[str, str], told: Callable[..., Response]) -> None:
    """What goes wrong here."""

    @app.exception_handler(OperationalError)
    def _database(request: Request, error: OperationalError) -> Response:
        log.error("database_unavailable", error=type(error.orig).__name__)
        return told(request, 503, "Unavailable", words["unavailable"], {"Retry-After": "5"})

    @app.exception_handler(PoolTimeout)
    def _pool(request: Request, _error: PoolTimeout) -> Response:
        log.error("database_unavailable", error="PoolTimeout")
        return told(request, 503, "Unavailable", words["unavailable"], {"Retry-After": "5"})

    @app.exception_handler(Exception)
    def _anything(request: Request, error: Exception) -> Response:
        log.exception("request_raised", error=type(error).__name__)
        answer = told(request, 500, "Something went wrong", words["went_wrong"])
        # this one is given outside of everything else
        add_headers(MutableHeaders(raw=answer.raw_headers), request.url.path)
        return answer
