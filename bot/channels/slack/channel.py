"""Slack as a whole: what sends, what takes in, and how it is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial

import structlog
from fastapi import APIRouter
from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.actions.deps import Deps, Sender
from bot.actions.incidents import lines_to_send
from bot.actions.message_limits import RateLimits
from bot.actions.units import as_a_whole
from bot.actions.ways import TEAM
from bot.channels.base import OFF, OK, Channel
from bot.channels.slack.client import SLACK_ERRORS, as_failure, quiet_logger, readers_client, senders_client
from bot.channels.slack.context import SLACK, SlackContext
from bot.channels.slack.directory import SlackDirectory
from bot.channels.slack.http import events_router
from bot.channels.slack.posting import Poster, RateLimiter
from bot.channels.slack.socket_mode import SocketMode
from bot.channels.slack.staff.actions import StaffActions
from bot.channels.slack.staff.incidents import IncidentIntake
from bot.channels.slack.staff.outgoing import TeamSender
from bot.channels.slack.staff.ticket_card import CardWriter
from bot.channels.slack.texts import load_words
from bot.channels.slack.users.backfill import Backfill
from bot.channels.slack.users.commands import Commands
from bot.channels.slack.users.incoming import UserIntake
from bot.channels.slack.users.outgoing import UserSender
from bot.config import Settings

log = structlog.get_logger()
STAFF_GROUP = "slack_staff_group"
"""The work of looking into the staff group, by the name under which it is put off."""
EVERYTHING = re.compile(".*", re.DOTALL)


def slack_senders(settings: Settings, deps: Deps, *, pace: RateLimiter | None = None) -> dict[str, Sender]:
    """The ways out to Slack by outbox channel; they need no network to be made."""
    post, words = Poster(senders_client(settings), deps.reading, pace or RateLimiter()), load_words()
    writer = CardWriter(deps, words)
    return {
        SLACK: UserSender(post, words, deps.reading),
        TEAM: TeamSender(
            post, writer, deps.sessions, deps.reading, settings.team_channels, partial(lines_to_send, deps)
        ),
    }


@dataclass(frozen=True)
class Intake:
    """Slack's way in: routes for HTTP or a socket, whichever the settings say, and what reads what was missed."""

    app: App
    router: APIRouter | None
    socket: SocketMode | None
    catch_up: Backfill


def slack_intake(settings: Settings, deps: Deps, now: Callable[[], datetime]) -> Intake:
    """The intake for these settings; the app-level token chooses Socket Mode, else the signing secret opens the endpoint."""
    client = readers_client(settings)
    people = SlackDirectory(settings, deps.reading, client)
    rate_limits = RateLimits(deps.sessions, settings.signing_key("allowances"), on=settings.limits)
    users = Backfill(SlackContext(deps, settings, load_words(), people, client, now, rate_limits))
    app = bolt_app(users.parts, users)
    if settings.slack_app_token:
        return Intake(app, None, SocketMode(app, settings.slack_app_token), users)
    return Intake(app, events_router(app, settings.slack_signing_secret), None, users)


class SlackChannel(Channel):
    """Off without a token; the way in is made by the process that listens."""

    name = SLACK

    def __init__(self, settings: Settings, deps: Deps, now: Callable[[], datetime]) -> None:
        self._settings, self._deps, self._now = settings, deps, now

    @cached_property
    def intake(self) -> Intake | None:
        """The way in, or None where Slack is not set up."""
        return slack_intake(self._settings, self._deps, self._now) if self._settings.slack_on else None

    def senders(self) -> Mapping[str, Sender]:
        """Messages to users, and to the channels of our teams."""
        return slack_senders(self._settings, self._deps) if self._settings.slack_on else {}

    def router(self) -> APIRouter | None:
        """The endpoint for Slack's requests; None in Socket Mode."""
        return self.intake.router if self.intake is not None else None

    def start(self) -> None:
        """Connect, in Socket Mode, and look for what was missed."""
        if self.intake is None:
            return
        if self.intake.socket is not None:
            self.intake.socket.start()
        self.intake.catch_up.start()

    def stop(self) -> None:
        """Disconnect, in Socket Mode, and look no more."""
        if self.intake is None:
            return
        self.intake.catch_up.stop()
        if self.intake.socket is not None:
            self.intake.socket.stop()

    def poll(self, now: datetime) -> int:
        """Look, in the worker, whether the staff group of the settings lets anybody in; what is wrong stands where people see it."""
        if self._settings.slack_on and self._settings.slack_staff_group:
            as_a_whole(self._deps, STAFF_GROUP, self._knows_staff_group, now, 1)
        return 0

    @cached_property
    def _people(self) -> SlackDirectory:
        return SlackDirectory(self._settings, self._deps.reading, senders_client(self._settings))

    def _knows_staff_group(self, _deps: Deps, _now: datetime) -> bool:
        self._people.must_know_staff_group()
        return False

    def probes(self) -> Mapping[str, Callable[[], str]]:
        """Whether a connection hears Slack, and then whether Slack knows our token."""
        return {"slack": self._answers}

    def _answers(self) -> str:
        """`ok`, `off`, or that nothing is heard; raises what Slack, or the way to it, says against our token."""
        if self.intake is None:
            return OFF
        heard = self.intake.socket.state() if self.intake.socket is not None else OK
        if heard == OK:
            self._must_be_let_in()
        return heard

    def _must_be_let_in(self) -> None:
        """Slack knows our token; who is told to wait for a while is known too."""
        try:
            readers_client(self._settings).auth_test()
        except SLACK_ERRORS as error:
            failure = as_failure(error)
            if failure.tried:
                raise failure from error


def bolt_app(parts: SlackContext, users: UserIntake) -> App:
    """The Bolt app with every listener; each turn is committed before Slack gets its answer."""

    def authorize() -> AuthorizeResult:
        own = parts.people.identity()
        return AuthorizeResult(
            enterprise_id=own.enterprise or None,
            team_id=own.team,
            bot_token=parts.settings.slack_bot_token,
            bot_user_id=own.user,
            bot_id=own.bot,
        )

    app = App(
        client=parts.client,
        authorize=authorize,
        logger=quiet_logger(),
        name="smartmed",
        process_before_response=True,
        token_verification_enabled=False,
        request_verification_enabled=False,  # the endpoint has done it, and Socket Mode's requests are not signed
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(_report)
    for intake in (users, Commands(parts, users), StaffActions(parts), IncidentIntake(parts)):
        intake.register(app)
    _pass_over_the_rest(app)
    return app


def _pass_over_the_rest(app: App) -> None:
    """What nobody listens for gets its 200: an unmatched event would be delivered again and counted against us."""

    def nothing() -> None:
        """Do nothing."""

    def seen(ack: Callable[[], BoltResponse]) -> None:
        """Say that it was seen: link buttons and windows without an effect."""
        ack()

    app.event(EVERYTHING)(nothing)
    app.action(EVERYTHING)(seen)
    app.view(EVERYTHING)(seen)
    app.view_closed(EVERYTHING)(seen)
    app.shortcut(EVERYTHING)(seen)
    app.command(EVERYTHING)(seen)


def _report(error: Exception) -> BoltResponse:
    """Nothing was stored: Slack is told so and delivers again."""
    log.error("slack_listener_raised", error=type(error).__name__)
    return BoltResponse(status=500)
