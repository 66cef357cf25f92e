"""Server-sent events as they are written."""

import json
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import aclosing
from time import monotonic

HEARTBEAT_SECONDS = 15.0
RETRY = "retry: 1000\n\n"
HEARTBEAT = ": still here\n\n"


def event(kind: str, data: object, number: int | None = None) -> str:
    """An event, with the number from which a client that comes back goes on."""
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {kind}\ndata: {json.dumps(data)}\n\n"


class Silence:
    """How long a stream has said nothing: a heartbeat is due by time, whatever wakes the stream meanwhile."""

    def __init__(self) -> None:
        self.broken()

    def broken(self) -> None:
        """Something was said just now."""
        self._since = monotonic()

    def left(self) -> float:
        """Seconds until a heartbeat is due; 0 when it is."""
        return max(0.0, HEARTBEAT_SECONDS - (monotonic() - self._since))


class Streams:
    """How many streams each visitor holds open in this process."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: Counter[str] = Counter()

    def full(self, visitor: str) -> bool:
        """Whether this visitor holds as many as one may."""
        return self._open[visitor] >= self._most

    async def counted(self, visitor: str, stream: AsyncGenerator[str]) -> AsyncGenerator[str]:
        """The same stream, counted while it is open."""
        self._open[visitor] += 1
        try:
            async with aclosing(stream):
                async for said in stream:
                    yield said
        finally:
            self._open[visitor] -= 1
            self._open += Counter()  # forgets who holds none
