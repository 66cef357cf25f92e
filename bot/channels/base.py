"""What a channel is to the rest of the program: every endpoint and connection of one way in and out, behind one interface."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from fastapi import APIRouter

from bot.actions.deps import Sender

OK, OFF = "ok", "off"
"""What a part says of itself when it is well, and when the deployment does not use it."""


class Channel(Protocol):
    """A way in and out besides the pages of the web process. Inherit it: what a channel does not do is answered here."""

    name: str
    done_without: frozenset[str] = frozenset()
    """Its probes whose failing hinders no message: /readyz tells them as `degraded`."""

    def senders(self) -> Mapping[str, Sender]:
        """Its ways out by outbox channel; none where it is not set up. They need no network to be made."""
        return {}

    def router(self) -> APIRouter | None:
        """Its routes in the web process, or None."""
        return None

    def start(self) -> None:
        """Connect, when the web process starts, and look for what was missed."""

    def stop(self) -> None:
        """Disconnect, when the web process stops."""

    def poll(self, _now: datetime, /) -> int:
        """Take in, in the worker, what waits at the other side; how much was dealt with. Raises what its wire raises."""
        return 0

    def probes(self) -> Mapping[str, Callable[[], str]]:
        """What /readyz asks, by the name shown: `ok`, `off` or what is wrong; what one raises is told in the words for its
        kind, or for the code of a SendFailed."""
        return {}
