"""The web process as one application: chat API, widget, demo page, console, help center, health."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from prometheus_client import CollectorRegistry
from prometheus_fastapi_instrumentator import Instrumentator
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.sessions import SessionMiddleware

from bot.web import (
    acknowledge,
    articles,
    chat,
    console,
    demo,
    health,
    help_center,
    incidents,
    known_issue,
    letters,
    reports,
    votes,
)
from bot.web.limits import BodyLimit
from bot.web.problems import add_problem_handlers, problem
from bot.web.services import Services
from bot.web.sign_in import ForeignForm, NotStaff

STATIC = Path(__file__).parent / "static"
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'self'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}
PRIVATE = ("/api/", "/console")
FRESH = ("/static/", "/widget.js")
"""Asked for again each time (a short answer when unchanged), so that old and new parts never mix."""
Next = Callable[[Request], Awaitable[Response]]


def create_app(services: Services) -> FastAPI:
    """The application for these services."""
    app = FastAPI(title="SmartMed Support Assistant", version="1.0", lifespan=_lifespan, docs_url=None, redoc_url=None)
    app.state.services = services
    add_problem_handlers(app, dict(services.words))
    _add_console_edges(app, services)
    for part in (
        chat,
        console,
        reports,
        help_center,
        health,
        votes,
        letters,
        acknowledge,
        incidents,
        articles,
        known_issue,
    ):
        app.include_router(part.router)
    if services.settings.demo:
        app.include_router(demo.router)
    for channel in services.channels:
        if channel.door is not None:
            app.include_router(channel.door, include_in_schema=False)
    _add_widget(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.state.counted = CollectorRegistry()  # one for each application, so that two in a process do not mix
    unheard = ["/metrics", "/healthz", "/readyz", ".*/events"]
    Instrumentator(excluded_handlers=unheard, registry=app.state.counted).instrument(app)
    app.middleware("http")(_security_headers)
    app.add_middleware(
        SessionMiddleware,
        secret_key=services.settings.signing_key("sessions"),
        session_cookie="smartmed_staff",
        same_site="lax",
        https_only=services.settings.base_url.startswith("https"),
        max_age=12 * 3600,
    )
    app.add_middleware(  # the identity is in a header and never in a cookie here, so any site may embed the widget
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
        expose_headers=["Retry-After"],
    )
    app.add_middleware(BodyLimit, detail=services.words["too_large"])
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    hearing = asyncio.create_task(services.bell.run())
    for channel in services.channels:
        channel.start()
    try:
        yield
    finally:
        for channel in services.channels:
            await asyncio.to_thread(channel.stop)
        services.bell.stop()
        hearing.cancel()
        with suppress(asyncio.CancelledError):
            await hearing


async def _security_headers(request: Request, call_next: Next) -> Response:
    response = await call_next(request)
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.url.path.startswith(FRESH):
        response.headers["Cache-Control"] = "no-cache"
    if request.url.path.startswith(PRIVATE):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _add_console_edges(app: FastAPI, services: Services) -> None:
    @app.exception_handler(NotStaff)
    def _not_staff(_request: Request, _error: NotStaff) -> Response:
        return RedirectResponse("/console/sign-in", 303)

    @app.exception_handler(ForeignForm)
    def _foreign(_request: Request, _error: ForeignForm) -> Response:
        return problem(403, "Not allowed", services.words["not_from_here"])


def _add_widget(app: FastAPI) -> None:
    @app.get("/widget.js", include_in_schema=False)
    def widget() -> Response:
        """The embeddable widget; other sites may load it."""
        return Response((STATIC / "widget.js").read_bytes(), media_type="text/javascript")
