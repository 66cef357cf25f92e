"""The web process as one application: chat API, widget, demo page, console, help center, health."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from prometheus_client import CollectorRegistry
from prometheus_fastapi_instrumentator import Instrumentator

from bot.web.body_limit import BodyLimit
from bot.web.chat import api, files
from bot.web.console import (
    actions,
    articles,
    incidents,
    known_issue,
    live,
    queue,
    reports,
    sign_in_pages,
    ticket_page,
    undelivered,
)
from bot.web.console.coming_back import remember_place
from bot.web.console.sign_in import ForeignForm, NotStaff
from bot.web.edges import EveryAnswer, Head, OtherSites
from bot.web.ops import health
from bot.web.problems import add_problem_handlers, for_a_browser, problem
from bot.web.public import demo, help_center
from bot.web.services import Services
from bot.web.templating import error_page

STATIC = Path(__file__).parent / "static"
FOLDERS = ("console", "public", "widget")
"""Served as one, so that no address tells where a file lies."""


def create_app(services: Services, beside: Callable[[], AbstractContextManager[None]] = nullcontext) -> FastAPI:
    """The application for these services; `beside`: what goes on in its process for as long as it runs."""
    lifespan = partial(_lifespan, beside)
    app = FastAPI(title="SmartMed Support Assistant", version="1.0", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.services = services
    add_problem_handlers(app, services.words, error_page)
    _add_console_edges(app, services)
    desk = (queue, sign_in_pages, ticket_page, actions, live, reports, incidents, articles, known_issue, undelivered)
    for part in (api, files, *desk, help_center, health):
        app.include_router(part.router)
    if services.settings.demo:
        app.include_router(demo.router)
    routers = [router for channel in services.channels if (router := channel.router()) is not None]
    for router in routers:
        app.include_router(router, include_in_schema=False)
    _add_widget(app)
    app.mount("/static", StaticFiles(packages=[("bot.web", f"static/{folder}") for folder in FOLDERS]), name="static")
    app.state.counted = CollectorRegistry()  # one for each application, so that two in a process do not mix
    unheard = ["/metrics", "/healthz", "/readyz", ".*/events"]
    Instrumentator(excluded_handlers=unheard, registry=app.state.counted).instrument(app)
    app.add_middleware(OtherSites)
    own_limits = frozenset(route.path for router in routers for route in router.routes if isinstance(route, APIRoute))
    app.add_middleware(BodyLimit, detail=services.words["too_large"], own_limits=own_limits)
    app.add_middleware(Head)
    app.add_middleware(EveryAnswer)  # the last one is the outermost
    return app


@asynccontextmanager
async def _lifespan(beside: Callable[[], AbstractContextManager[None]], app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    hearing = asyncio.create_task(services.changes.run())
    for channel in services.channels:
        channel.start()
    try:
        with beside():
            yield
    finally:
        for channel in services.channels:
            await asyncio.to_thread(channel.stop)
        services.changes.stop()
        hearing.cancel()
        services.probes.close()
        with suppress(asyncio.CancelledError):
            await hearing


def _add_console_edges(app: FastAPI, services: Services) -> None:
    @app.exception_handler(NotStaff)
    def _not_staff(request: Request, _error: NotStaff) -> Response:
        answer = RedirectResponse("/console/sign-in", 303)
        remember_place(request, answer, services)
        return answer

    @app.exception_handler(ForeignForm)
    def _foreign(request: Request, _error: ForeignForm) -> Response:
        if for_a_browser(request):
            return error_page(request, 403, services.words["not_from_here"])
        return problem(403, "Not allowed", services.words["not_from_here"])


def _add_widget(app: FastAPI) -> None:
    @app.get("/widget.js", include_in_schema=False)
    def widget() -> Response:
        """The embeddable widget; other sites may load it."""
        return Response((STATIC / "widget" / "widget.js").read_bytes(), media_type="text/javascript")

    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        """What browsers ask for by themselves."""
        return Response((STATIC / "public" / "icon.svg").read_bytes(), media_type="image/svg+xml")

    @app.get("/robots.txt", include_in_schema=False)
    def robots() -> Response:
        """Search engines may read the help center."""
        return Response("User-agent: *\nAllow: /help\nDisallow: /\n", media_type="text/plain")
