"""What is true of every answer, whoever gives it: the security headers, where other sites may call, and HEAD."""

from starlette.datastructures import MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'self'; base-uri 'none'; "
    "form-action 'self'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PRIVATE = ("/api/", "/console", "/demo/")
FRESH = ("/static/", "/widget.js")
"""Asked for again each time (a short answer when unchanged), so that old and new parts never mix."""
FOR_OTHER_SITES = ("/api/v1/", *FRESH)
"""What a page of another site needs to have the chat in it; everything else is for our own pages."""


class EveryAnswer:
    """Adds the security headers to every answer, and says what may be kept by whom."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, sending)


def add_headers(headers: MutableHeaders, path: str) -> None:
    """The headers that every answer carries; a stricter policy of the answer's own stays."""
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    if path.startswith(FRESH):
        headers["Cache-Control"] = "no-cache"
    if path.startswith(PRIVATE):
        headers.setdefault("Cache-Control", "no-store")


class Head:
    """Answers HEAD as GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                await send(message)
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        async def receiving() -> Message:
            return {"type": "http.disconnect"} if begun else await receive()

        await self.app({**scope, "method": "GET"}, receiving, sending)


class OtherSites:
    """Lets other sites call what the embedded chat needs; the identity is in a header and never in a cookie there."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.open = CORSMiddleware(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            expose_headers=["Retry-After", "Content-Disposition"],
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        needed = scope["type"] == "http" and scope["path"].startswith(FOR_OTHER_SITES)
        await (self.open if needed else self.app)(scope, receive, send)
