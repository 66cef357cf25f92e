"""What the web process works with: made once, reached by every route."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from fastapi import APIRouter

from bot.actions.deps import Deps
from bot.config import Settings
from bot.web.limits import Often
from bot.web.wakeups import Bell


class Channel(Protocol):
    """A way in besides the pages: through a door of the web process, or over a connection that it keeps."""

    @property
    def door(self) -> APIRouter | None:
        """Routes of this channel."""

    def start(self) -> None:
        """Connect."""

    def stop(self) -> None:
        """Disconnect."""


@dataclass(frozen=True)
class Services:
    """Given to the routes; `now` is the clock, so that tests can set it."""

    deps: Deps
    settings: Settings
    bell: Bell
    often: Often
    words: Mapping[str, str]
    now: Callable[[], datetime]
    health: Callable[[], Mapping[str, Any]]
    """What the parts say of themselves: the encoder, Slack."""
    channels: Sequence[Channel] = ()
    most_bytes: int = 10 * 2**20
    extra: Mapping[str, Any] = field(default_factory=dict)

    def line(self, name: str, /, **facts: Any) -> str:
        """An approved line of the assistant."""
        return self.deps.assistant().script.lines.line(name, **facts)[0]
