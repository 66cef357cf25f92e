"""kill -9 exactly at each step of a handoff: nothing is lost, nothing is doubled, and what must always hold still holds."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, text

from bot.config import load_settings
from bot.storage.columns import Keys
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.tables import StaffRow
from bot.wiring import HOME
from handoff.policy.model import Policy
from tests.channels.kill_invariants import wrongs
from tests.channels.kill_points import ARMED, POINTS
from tests.channels.slack_double import SECRET, TOKEN, SlackDouble
from tests.channels.slack_workspace import ALEX, TIER2, Workspace, buttons
from tests.channels.test_slack_chaos import nothing_waits, tickets_in
from tests.conftest import TEST_KEYS
from tests.waiting import until

RUNS = int(os.environ.get("KILL_RUNS", "1"))
"""How often each point is died at; twenty for a long run."""
EVERY = int(os.environ.get("KILL_EVERY", "1"))
"""The short form takes every fourth point, on each database others."""
TURNS = ("the two-step code never works for me", "I want to talk to a person", "skip", "skip")
REPLY, AFTERWARDS = "Please set the clock of your phone, then try once more.", "it still says the same"
_users = count(1)


@dataclass
class Persistent(Workspace):
    """Slack and its people: what was not answered with 200 is delivered again, or pressed again."""

    ports: tuple[int, ...] = ()
    log: Path = Path()

    def signed(self, body: bytes, kind: str = "application/json") -> httpx2.Response:
        """A request, again and again until a process has taken it."""
        for _ in range(600):
            self.base = f"http://127.0.0.1:{random.choice(self.ports)}"
            with suppress(httpx2.HTTPError):
                answer = super().signed(body, kind)
                if answer.status_code == 200:
                    return answer
            time.sleep(0.05)
        raise AssertionError(f"nobody took the request: {self.log.read_text()[-3000:]}")

    def writes(self, user: str, words: str) -> None:
        """Somebody writes a direct message; Slack tells us twice."""
        event = self.message(user, f"D{user}", words)
        for _ in range(2):
            self.event(event, f"Ev{event['ts']}")


class Rounds:
    """Handoffs from the first word to the answer of a person, with one death in each."""

    def __init__(self, slack: Persistent, engine: Engine, armed: Path) -> None:
        self.slack, self.engine, self.armed = slack, engine, armed

    def go(self, point: str) -> list[str]:
        """One handoff with a death at the point; what is wrong after it."""
        slack, user = self.slack, f"U0K{next(_users):04}"
        slack.double.person(user, f"Person {user}")
        slack.double.channel(f"D{user}", user)
        for words in TURNS[:-1]:
            slack.writes(user, words)
        self._stage("opens", point, lambda: slack.writes(user, TURNS[-1]))
        card = tickets_in(slack.double)[-1]
        self._stage("takes", point, lambda: slack.presses(ALEX, TIER2, card, buttons(card)["Take"]))
        slack.presses(ALEX, TIER2, card, buttons(card)["Reply to user"])
        self._stage("replies", point, lambda: slack.submits(ALEX, slack.view(), text=REPLY))
        self._stage("adds", point, lambda: slack.writes(user, AFTERWARDS))
        return wrongs(self.engine, slack.double, user, (*TURNS, AFTERWARDS), REPLY)

    def _stage(self, stage: str, point: str, action: Any) -> None:
        """Do something when everything is quiet, and wait until everything is quiet again."""
        until(lambda: nothing_waits(self.engine))
        dies = POINTS[point].stage == stage
        if dies:
            self.armed.with_suffix(".died").unlink(missing_ok=True)
            self.armed.write_text(point)
        action()
        if dies:
            until(self.armed.with_suffix(".died").exists)
        until(lambda: nothing_waits(self.engine))


def some(points: Iterable[str], engine: Engine) -> list[str]:
    """The points at which one dies in this run, on this database."""
    first = 0 if engine.dialect.name == "sqlite" else 1
    return list(points)[first % EVERY :: EVERY]


def calm_ports(number: int) -> tuple[int, ...]:
    """Free ports that no outgoing connection is given meanwhile, so that they are free for the next process too."""
    found: set[int] = set()
    while len(found) < number:
        with socket.socket() as asked, suppress(OSError):
            port = random.randrange(20_000, 32_000)
            asked.bind(("127.0.0.1", port))
            found.add(port)
    return tuple(found)


def environ_of(database: str, double: SlackDouble, folder: Path) -> dict[str, str]:
    """The settings of processes that may die at a point."""
    return {
        **os.environ,
        "DATABASE_URL": database,
        "STATE_DIR": str(folder),
        "SECRET_KEY": "a-secret-of-the-tests-of-forty-characters",
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": double.api,
        "SLACK_TIER2_CHANNEL": TIER2,
        ARMED: str(folder / "armed"),
    }


@contextmanager
def supervised(environ: dict[str, str], names: list[str], log: Path) -> Iterator[None]:
    """These processes run, and run again when they were killed."""
    command = [sys.executable, "-m", "tests.channels.kill_points", *names]
    with log.open("wb") as written:
        supervisor = subprocess.Popen(
            command, cwd=HOME, env=environ, stdout=written, stderr=written, start_new_session=True
        )
        try:
            yield
        finally:
            os.killpg(supervisor.pid, signal.SIGKILL)
            supervisor.wait()


@pytest.fixture
def rounds(database: str, double: SlackDouble, policy: Policy, tmp_path: Path) -> Iterator[Rounds]:
    """One web and one worker on SQLite, two of each on PostgreSQL."""
    replicas = 1 if database.startswith("sqlite") else 2
    environ = environ_of(database, double, tmp_path)
    Keys.use(load_settings(environ, HOME, policy).encryption_keys())
    engine = open_database(database)
    with sessions_of(engine).begin() as db:
        db.add(StaffRow(id="alex", name="Alex Morgan", role="agent", slack_id=ALEX))
    slack = Persistent(double, *[None] * 3, "", ports=calm_ports(replicas), log=tmp_path / "processes.log")  # type: ignore[arg-type]
    names = [*(f"web:{port}" for port in slack.ports), *(f"worker:{n + 1}" for n in range(replicas))]
    with supervised(environ, names, slack.log):
        yield Rounds(slack, engine, tmp_path / "armed")
    slack.http.close()
    engine.dispose()
    Keys.use(TEST_KEYS)


@pytest.mark.soak
@pytest.mark.timeout(180 + 600 * RUNS)
@pytest.mark.guide("CX5")
def test_a_death_at_any_step_of_a_handoff_loses_nothing_and_doubles_nothing(rounds: Rounds) -> None:
    found: dict[str, Counter[str]] = {}
    for point in some(POINTS, rounds.engine):
        for _ in range(RUNS):
            found.setdefault(point, Counter()).update(rounds.go(point))
    assert {point: dict(wrong) for point, wrong in found.items() if wrong} == {}
    assert rounds.slack.double.refused == []
    with reading_sessions_of(rounds.engine).begin() as db:
        if rounds.engine.dialect.name == "sqlite":
            assert db.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert db.execute(text("PRAGMA foreign_key_check")).all() == []
