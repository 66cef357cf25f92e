"""Teams as a whole: what sends, what takes in, and how it is."""

from collections.abc import Callable, Mapping
from datetime import datetime

from fastapi import APIRouter

from bot.actions.deps import Deps, Sender
from bot.actions.message_limits import RateLimits
from bot.channels.base import OFF, OK, Channel
from bot.channels.teams.authentication import Keys, TokenCheck
from bot.channels.teams.client import TeamsClient
from bot.channels.teams.http import activities_router
from bot.channels.teams.incoming import TEAMS, Intake
from bot.channels.teams.outgoing import UserSender
from bot.channels.teams.texts import load_words
from bot.config import Settings


class TeamsChannel(Channel):
    """Off without an app."""

    name = TEAMS

    def __init__(self, settings: Settings, deps: Deps, now: Callable[[], datetime]) -> None:
        self._settings, self._deps, self._now = settings, deps, now
        written = settings.of_channels
        self._app_id = written["TEAMS_APP_ID"]
        self._client = TeamsClient(self._app_id, written["TEAMS_APP_PASSWORD"], written["TEAMS_LOGIN_URL"])

    def senders(self) -> Mapping[str, Sender]:
        """Messages to users."""
        return {TEAMS: UserSender(self._client, load_words(), self._deps.reading)} if self._app_id else {}

    def router(self) -> APIRouter | None:
        """The endpoint for what Teams sends."""
        if not self._app_id:
            return None
        settings, written = self._settings, self._settings.of_channels
        check = TokenCheck(self._app_id, Keys(written["TEAMS_KEYS_URL"]), self._now, inside=settings.demo)
        limits = RateLimits(self._deps.sessions, settings.signing_key("allowances"), on=settings.limits)
        intake = Intake(self._deps, load_words(), self._now, limits, written["TEAMS_TENANT"], settings.help_url)
        return activities_router(check, intake.take)

    def probes(self) -> Mapping[str, Callable[[], str]]:
        """Whether Teams lets us sign in; raises SendFailed."""
        return {TEAMS: self._answers}

    def _answers(self) -> str:
        if not self._app_id:
            return OFF
        self._client.token(self._now())
        return OK
