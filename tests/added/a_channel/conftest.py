"""The program as it is installed, with the channel of a_channel.yml, and the double beside it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.mind import Mind
from handoff.policy.model import Policy
from tests.added.a_channel.double import TENANT, Client, TeamsDouble
from tests.web.conftest import Server, served


@pytest.fixture
def double() -> Iterator[TeamsDouble]:
    """The service."""
    made = TeamsDouble()
    yield made
    made.close()


@pytest.fixture
def server(sqlite: str, policy: Policy, mind: Mind, tmp_path: Path, double: TeamsDouble) -> Iterator[Server]:
    """The web process and a worker, for the people of one organization."""
    yield from served(sqlite, policy, mind, tmp_path, **double.settings(TEAMS_TENANT=TENANT))


@pytest.fixture
def teams(server: Server, double: TeamsDouble) -> Client:
    """Teams, as it calls us."""
    return Client(double, server.base)
