"""Server-sent events as they are written."""

import json

HEARTBEAT_SECONDS = 15.0
RETRY = "retry: 1000\n\n"
HEARTBEAT = ": still here\n\n"


def event(kind: str, data: object, number: int | None = None) -> str:
    """An event, with the number from which a client that comes back goes on."""
    head = f"id: {number}\n" if number is not None else ""
    return f"{head}event: {kind}\ndata: {json.dumps(data)}\n\n"
