"""What a caller may send in one request."""

from collections.abc import Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.problems import problem

BODY = 64 * 1024
CHANNEL_BODY = 1024 * 1024
FILE_BODY = 11 * 1024 * 1024


class BodyLimit:
    """Refuses a body over the limit with 413, whether or not its length was told. `own_limits`: the paths of channels, which
    weigh for themselves what they are sent."""

    def __init__(self, app: ASGIApp, detail: str, own_limits: Collection[str] = ()) -> None:
        self.app, self.detail, self.own_limits = app, detail, own_limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = (
            FILE_BODY
            if scope["path"].endswith("/attachments")
            else CHANNEL_BODY
            if scope["path"] in self.own_limits
            else BODY
        )
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if not told.isdigit() or int(told) > most:
            await problem(413, "Too large", self.detail)(scope, receive, send)
            return
        taken = 0
        started = False
        over = False

        async def counted() -> Message:
            nonlocal taken, over
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                over = True
                return {"type": "http.disconnect"}
            return message

        async def sending(message: Message) -> None:
            nonlocal started
            if over and not started:
                return
            started = True
            await send(message)

        try:
            await self.app(scope, counted, sending)
        finally:
            if over and not started:
                await problem(413, "Too large", self.detail)(scope, receive, send)
