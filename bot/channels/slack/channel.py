"""Slack as a whole, for the composition root: what sends, what takes in, and how it is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from fastapi import APIRouter
from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.actions.deps import Deps, Sender
from bot.actions.showing import showing_of
from bot.channels.slack.client import quiet_logger, readers_client, senders_client
from bot.channels.slack.context import Parts
from bot.channels.slack.directory import People
from bot.channels.slack.http import door
from bot.channels.slack.posting import Pace, Post
from bot.channels.slack.socket_mode import SocketMode
from bot.channels.slack.staff.actions import DeskIntake
from bot.channels.slack.staff.incidents import IncidentIntake
from bot.channels.slack.staff.outgoing import DeskSender
from bot.channels.slack.staff.ticket_card import CardWriter
from bot.channels.slack.texts import Words
from bot.channels.slack.users.backfill import CatchUp
from bot.channels.slack.users.commands import AskIntake
from bot.channels.slack.users.incoming import UserIntake
from bot.channels.slack.users.outgoing import UserSender
from bot.config import Settings
from bot.dialogue.assistant import Assistant
from bot.storage.database import Sessions
from handoff.policy import Policy
from handoff.safe import Showing

log = structlog.get_logger()
EVERYTHING = re.compile(".*", re.DOTALL)


def slack_senders(
    settings: Settings,
    policy: Policy,
    words: Words,
    sessions: Sessions,
    reading: Sessions,
    assistant: Callable[[], Assistant],
    *,
    pace: Pace | None = None,
) -> dict[str, Sender]:
    """The ways out to Slack by outbox channel; they need no network to be made."""
    post = Post(senders_client(settings), reading, pace or Pace())

    def showing() -> Showing:
        return showing_of(assistant(), policy, words=not settings.withhold_words, names=settings.show_names)

    writer = CardWriter(policy, words, settings, showing)
    return {
        "slack": UserSender(post, words, reading),
        "slack_desk": DeskSender(post, writer, sessions, reading, settings.team_channels),
    }


@dataclass(frozen=True)
class SlackChannel:
    """Slack's way in: `door` for HTTP, start and stop for Socket Mode; which one the settings say."""

    app: App
    settings: Settings
    door: APIRouter | None
    socket: SocketMode | None
    catch_up: CatchUp

    def start(self) -> None:
        """Connect, in Socket Mode, and look for what was missed."""
        if self.socket is not None:
            self.socket.start()
        self.catch_up.start()

    def stop(self) -> None:
        """Disconnect, in Socket Mode, and look no more."""
        self.catch_up.stop()
        if self.socket is not None:
            self.socket.stop()

    def state(self) -> str:
        """`ok`, or what is wrong, for /readyz."""
        return self.socket.state() if self.socket is not None else "ok"


def slack_channel(deps: Deps, settings: Settings, words: Words, now: Callable[[], datetime]) -> SlackChannel:
    """The intake for these settings; the app-level token chooses Socket Mode, else the signing secret opens the door."""
    client = readers_client(settings)
    people = People(settings, deps.reading, client)
    users = CatchUp(Parts(deps, settings, words, people, client, now))
    app = bolt_app(users.parts, users)
    if settings.slack_app_token:
        return SlackChannel(app, settings, None, SocketMode(app, settings.slack_app_token), users)
    return SlackChannel(app, settings, door(app, settings.slack_signing_secret), None, users)


def bolt_app(parts: Parts, users: UserIntake) -> App:
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
        request_verification_enabled=False,  # the door has done it, and Socket Mode's requests are not signed
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
    app.error(_report)
    for intake in (users, AskIntake(parts, users), DeskIntake(parts), IncidentIntake(parts)):
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
