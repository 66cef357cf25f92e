"""What the web process works with: made once, reached by every route."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.actions.deps import Deps
from bot.actions.message_limits import RateLimits, load_limits
from bot.channels.base import Channel
from bot.config import Settings
from bot.web.change_stream import ChangeStream
from bot.web.identity import LASTS, Trust, sign_identity
from bot.web.language import Language, load_language
from bot.web.probes import Probes
from bot.web.sse import Streams
from handoff.data_files import Fault
from handoff.ticket import User


@dataclass(frozen=True)
class Services:
    """Given to the routes; `now` is the clock, so that tests can set it."""

    deps: Deps
    settings: Settings
    changes: ChangeStream
    rate_limits: RateLimits
    words: Mapping[str, str]
    console_words: Mapping[str, Mapping[str, str]]
    now: Callable[[], datetime]
    probes: Probes
    """What the parts say of themselves, for /readyz."""
    refused: Callable[[], Sequence[Fault]]
    """The faults of an edit that is not live."""
    waits: Callable[[], bool]
    """Whether an edit that is without fault waits for the next start."""
    channels: Sequence[Channel] = ()
    uploads: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(load_limits().files.at_once))
    """Files are taken in a few at a time, so that many at once do not fill the memory."""

    streams: Streams = field(default_factory=lambda: Streams(load_limits().streams.per_user))

    @property
    def trust(self) -> Trust:
        """Whose identities are believed."""
        settings = self.settings
        secrets = (settings.chat_jwt_secret, *settings.chat_jwt_older)
        return Trust(secrets, settings.chat_audience, settings.chat_issuer, settings.chat_longest)

    @property
    def language(self) -> Language:
        """The language of the console."""
        return load_language(self.settings.console_language)

    def moment(self, at: datetime) -> str:
        """A moment as our people read it in the console: in its language, in the zone of their hours."""
        return self.language.moment(at, self.deps.policy.hours.zone)

    def signed(self, user: User) -> str:
        """An identity of our own making."""
        settings = self.settings
        return sign_identity(
            user,
            settings.chat_jwt_secret,
            self.now(),
            min(LASTS, settings.chat_longest),
            settings.chat_audience,
            settings.chat_issuer,
        )

    def line(self, name: str, /, **facts: object) -> str:
        """An approved line of the assistant."""
        return self.deps.assistant().script.lines.line(name, **facts)[0]
