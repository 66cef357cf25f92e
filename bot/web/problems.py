"""Errors as problem details: a friendly text, never a path, a class or a stack."""

from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

log = structlog.get_logger()
TYPE = "application/problem+json"


class Problem(Exception):
    """An answer that is an error: status, a short title, and a text for people."""

    def __init__(self, status: int, title: str, detail: str = "", headers: dict[str, str] | None = None) -> None:
        self.status, self.title, self.detail, self.headers = status, title, detail, headers
        super().__init__(title)


def problem(
    status: int, title: str, detail: str = "", headers: dict[str, str] | None = None, **more: Any
) -> JSONResponse:
    """A problem as an HTTP answer."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail or title, **more}
    return JSONResponse(body, status, headers, media_type=TYPE)


def add_problem_handlers(app: FastAPI, words: dict[str, str]) -> None:
    """Every error of the app as problem details; `words` are the approved texts for people."""

    @app.exception_handler(Problem)
    def _problem(_request: Request, error: Problem) -> JSONResponse:
        return problem(error.status, error.title, error.detail, error.headers)

    @app.exception_handler(HTTPException)
    def _http(_request: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, str(error.detail), headers=dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    def _invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        fields = [".".join(str(part) for part in detail["loc"]) for detail in error.errors()]
        return problem(422, "Not valid", words["not_valid"], fields=fields)

    @app.exception_handler(OperationalError)
    def _database(_request: Request, error: OperationalError) -> JSONResponse:
        log.error("database_unavailable", error=type(error.orig).__name__)
        return problem(503, "Unavailable", words["unavailable"], {"Retry-After": "5"})

    @app.exception_handler(Exception)
    def _anything(_request: Request, error: Exception) -> JSONResponse:
        log.exception("request_raised", error=type(error).__name__)
        return problem(500, "Something went wrong", words["went_wrong"])
