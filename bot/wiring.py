"""Puts the parts together from the settings: what understands, what speaks, what stores, what sends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from ruamel.yaml import YAML
from sqlalchemy import Engine

from bot.actions.deps import Deps, Sender
from bot.channels.email_inbox import Inbox
from bot.channels.email_sending import EmailSender
from bot.channels.slack_channel import slack_channel, slack_senders
from bot.channels.slack_words import load_words
from bot.channels.webhook import Webhook, WebhookSender
from bot.config import Settings, derived_key
from bot.dialogue.assistant import Assistant
from bot.mind import Mind, build_mind, failed_tests, open_the_encoder
from bot.storage import reviews
from bot.storage.columns import Keys
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.migrate import migrate
from bot.tuning.talk import Terminal, a_new_user
from bot.web.limits import Often
from bot.web.services import Services
from bot.web.wakeups import Bell
from handoff.data_files import DataFaults, cache_folder
from handoff.policy import Policy

log = structlog.get_logger()
HOME = Path(__file__).resolve().parents[1]
PER_MINUTE = 240


def utc_now() -> datetime:
    """The time, for composition roots: the core is given it."""
    return datetime.now(UTC)


class Current:
    """The version of the mind in force; swapped as a whole when the files change, and only for one that is without fault.
    `dated` gives a version as it is today, with the articles that were signed off."""

    def __init__(self, build: Callable[[], Mind], dated: Callable[[Mind], Mind] = lambda mind: mind) -> None:
        self._build, self._dated = build, dated
        self._written = self._mind = build()
        self.fault = ""

    def mind(self) -> Mind:
        """The version in force."""
        return self._mind

    def assistant(self) -> Assistant:
        """What understands and speaks now."""
        return self._mind.assistant

    def renew(self) -> bool:
        """Take the files as they are now, when they are without fault; the last good version stays otherwise."""
        try:
            fresh = self._build()
            if faults := failed_tests(fresh, self._written):
                raise DataFaults(faults)
            self._written, self._mind = fresh, self._dated(fresh)
        except DataFaults as error:
            self.fault = str(error)
            log.error("files_refused", faults=len(error.faults), first=str(error.faults[0]))
            return False
        self.fault = ""
        log.info("files_renewed", catalog=self._mind.catalog.version)
        return True

    def take_up_reviews(self) -> None:
        """Take in what the day and the sign-offs of articles change; nothing is learnt again."""
        self._mind = self._dated(self._written)


@dataclass(frozen=True)
class House:
    """Everything that a process needs, made from the settings once."""

    settings: Settings
    policy: Policy
    engine: Engine
    deps: Deps
    current: Current
    encoder_word: str


def build_house(settings: Settings, policy: Policy, environ: Mapping[str, str]) -> House:
    """The house for these settings; raises DataFaults when a data file is wrong."""
    Keys.use(settings.encryption_keys())
    encoder, word = open_the_encoder(environ)
    cache = cache_folder(environ)

    def build() -> Mind:
        return build_mind(
            policy, settings.intents, settings.articles, encoder, cache, settings.help_url, utc_now().date()
        )

    engine = open_database(settings.database_url)
    reading = reading_sessions_of(engine)

    def dated(mind: Mind) -> Mind:
        with reading.begin() as db:
            return mind.on(utc_now().date(), reviews.days(db))

    current = Current(build, dated)
    deps = Deps(
        sessions=sessions_of(engine),
        reading=reading,
        policy=policy,
        assistant=current.assistant,
        base_url=settings.base_url,
        team_channels=settings.team_channels,
        withhold_words=settings.withhold_words,
        senders=senders_of(settings, policy, engine, current.assistant),
        show_names=settings.show_names,
        chat_url=settings.chat_url,
    )
    return House(settings, policy, engine, deps, current, word)


def senders_of(
    settings: Settings, policy: Policy, engine: Engine, assistant: Callable[[], Assistant]
) -> dict[str, Sender]:
    """The ways out that are set up."""
    sessions, senders = sessions_of(engine), dict[str, Sender]()
    if settings.slack_on:
        senders |= slack_senders(settings, policy, load_words(), sessions, reading_sessions_of(engine), assistant)
    if settings.smtp_url:
        senders["email"] = EmailSender(settings, policy, sessions)
    if settings.pager_url:
        webhook = Webhook(settings.pager_url, settings.pager_key, inside=settings.demo)
        senders["webhook"] = WebhookSender(webhook, derived_key(settings.secret_key, "webhook ids").decode()[:8])
    return senders


def inbox_of(house: House) -> Inbox | None:
    """The mailbox of support, when one is set up."""
    return Inbox(house.settings, house.deps) if house.settings.imap_url else None


def build_services(house: House, now: Callable[[], datetime] = utc_now) -> Services:
    """What the web process works with."""
    web = Path(__file__).parent / "web"
    words = YAML(typ="safe", pure=True).load((web / "words.yml").read_text(encoding="utf-8"))["words"]
    console_words = YAML(typ="safe", pure=True).load((web / "console_words.yml").read_text(encoding="utf-8"))["words"]
    extra: dict[str, Any] = {"console_words": console_words}

    channels = [slack_channel(house.deps, house.settings, load_words(), now)] if house.settings.slack_on else []

    def health() -> Mapping[str, Any]:
        catalog = {"version": house.current.mind().catalog.version, "fault": house.current.fault.splitlines()[:1]}
        slack = channels[0].state() if channels else "off"
        return {"encoder": house.encoder_word, "intents": catalog, "slack": slack}

    often = Often(PER_MINUTE)
    return Services(house.deps, house.settings, Bell(house.engine), often, words, now, health, channels, extra=extra)


def open_terminal(settings: Settings, policy: Policy, environ: Mapping[str, str]) -> Terminal:
    """A conversation in the terminal on the settings' database, with a user of its own; raises DataFaults."""
    house = build_house(settings, policy, environ)
    migrate(house.engine)
    house.current.take_up_reviews()
    return Terminal(house.deps, a_new_user(), utc_now)
