"""The channels as tests meet them: a workspace of Slack, a mailbox, and Maria who left the chat."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.actions.deps import Deps
from bot.channels.email.incoming import Intake
from bot.channels.slack.channel import SlackChannel
from bot.config import Settings
from bot.mind import Mind
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.wiring import utc_now
from handoff.policy.model import Policy
from tests.channels.email_away import Away, away_of
from tests.channels.email_mailbox import TOKENS, Mailbox
from tests.channels.email_post import Post
from tests.channels.slack_double import SlackDouble
from tests.channels.slack_workspace import (
    ALEX,
    BO,
    CY,
    GENERAL,
    GROUP,
    GUEST,
    MARIA,
    SECURITY,
    TIER2,
    TIER3,
    Workspace,
    served,
    slack_deps,
    slack_settings,
)


@pytest.fixture
def double() -> Iterator[SlackDouble]:
    """An empty Slack with the usual people and channels."""
    made = SlackDouble()
    for user, name in ((MARIA, "Maria Lopez"), (ALEX, "Alex Morgan"), (BO, "Bo Lind"), (CY, "Cy Young")):
        made.person(user, name)
        made.channel(f"D{user}", user)
    made.person(GUEST, "Gil Guest", is_restricted=True)
    made.channel(f"D{GUEST}", GUEST)
    made.channel(GENERAL, MARIA, ALEX, BO, CY, GUEST)
    for channel in (TIER2, TIER3, SECURITY):
        made.channel(channel, ALEX, BO, CY)
    made.groups[GROUP] = [BO]
    yield made
    made.close()


@pytest.fixture
def settings_more() -> dict[str, str]:
    """Further settings of a test."""
    return {}


@pytest.fixture
def workspace(
    database: str, double: SlackDouble, policy: Policy, mind: Any, tmp_path: Path, settings_more: dict[str, str]
) -> Iterator[Workspace]:
    """The whole over HTTP, on both databases."""
    yield from _opened(
        database, double, policy, mind, slack_settings(database, double, policy, tmp_path, **settings_more)
    )


@pytest.fixture
def office(
    sqlite: str, double: SlackDouble, policy: Policy, mind: Any, tmp_path: Path, settings_more: dict[str, str]
) -> Iterator[Workspace]:
    """The same on SQLite alone, for what does not depend on the database."""
    yield from _opened(sqlite, double, policy, mind, slack_settings(sqlite, double, policy, tmp_path, **settings_more))


def _opened(address: str, double: SlackDouble, policy: Policy, mind: Any, settings: Settings) -> Iterator[Workspace]:
    engine = open_database(address)
    deps = slack_deps(engine, settings, policy, mind)
    channel = SlackChannel(settings, deps, utc_now)
    router = channel.router()
    assert router is not None
    with served(router) as base:
        with_slack = Workspace(double, deps, settings, channel, base)
        yield with_slack
        with_slack.http.close()
    engine.dispose()


@pytest.fixture
def mailbox(sqlite: str, policy: Policy, mind: Mind) -> Iterator[Mailbox]:
    """An empty mailbox, on SQLite."""
    engine = open_database(sqlite)
    deps = Deps(sessions_of(engine), reading_sessions_of(engine), policy, lambda: mind.assistant, "http://desk.test")
    yield Mailbox(deps, Intake(deps, TOKENS))
    engine.dispose()


@pytest.fixture
def away(deps: Deps, policy: Policy, tmp_path: Path) -> Iterator[Away]:
    """Maria in the chat of the app, which she leaves, and a mail server."""
    post = Post()
    yield away_of(deps, policy, tmp_path, post)
    post.close()
