"""Real processes are killed at any moment while Slack loses answers: nothing is lost, nothing is doubled."""

import hmac
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import select, text

from bot.config import load_settings
from bot.storage.columns import Keys
from bot.storage.database import open_database, reading_sessions_of
from bot.storage.tables import ConversationRow, MessageRow, TicketRow
from bot.wiring import HOME
from handoff.policy.model import Policy
from tests.channels.slack_double import BOT_USER, SECRET, TEAM, TOKEN, SlackDouble
from tests.channels.slack_workspace import SECURITY, TIER2, TIER3
from tests.conftest import TEST_KEYS
from tests.waiting import until

KILLS = int(os.environ.get("CHAOS_KILLS", "6"))
"""How many processes are killed; twenty and more for a long run."""
PEOPLE = 12
TIMES = 4
"""How often Slack delivers each event."""
TURNS = ("the two-step code never works for me", "I want to talk to a person", "skip", "skip")
FAULTS = ("lost", "429", "500", "html", "500_done", "reset")


@dataclass
class House:
    """Web and worker processes that are started again when they die."""

    environ: dict[str, str]
    ports: list[int]
    workers: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    log: Any = None

    def start(self) -> None:
        """Migrate and start all."""
        self._run("migrate", 0).wait(timeout=120)
        for name in self.names():
            self.raise_again(name)
        for port in self.ports:
            until(lambda p=port: self._alive(p))

    def names(self) -> list[str]:
        """The processes by name."""
        return [f"web:{port}" for port in self.ports] + [f"worker:{n}" for n in range(self.workers)]

    def raise_again(self, name: str) -> None:
        """Start one."""
        kind, _, port = name.partition(":")
        self.running[name] = self._run(kind, int(port) if kind == "web" else 0)

    def kill(self, name: str) -> None:
        """kill -9, as a power cut does, and start it again."""
        self.running[name].send_signal(signal.SIGKILL)
        self.running[name].wait()
        self.raise_again(name)

    def stop(self) -> None:
        """End all."""
        for process in self.running.values():
            process.kill()
            process.wait()

    def _run(self, kind: str, port: int) -> subprocess.Popen[bytes]:
        environ = {**self.environ, "PORT": str(port or 1)}
        return subprocess.Popen(
            [sys.executable, "-m", "bot", kind], cwd=HOME, env=environ, stdout=self.log, stderr=self.log
        )

    def _alive(self, port: int) -> bool:
        with suppress(httpx2.HTTPError):
            return httpx2.get(f"http://127.0.0.1:{port}/healthz", timeout=20).status_code == 200
        return False


class Deliverer:
    """Slack's side of the Events API: each event several times, to any process, until one has taken it."""

    def __init__(self, ports: list[int]) -> None:
        self._ports, self._http = ports, httpx2.Client(timeout=15)

    def deliver(self, event: dict[str, Any], event_id: str) -> None:
        """Give an event to us until it is taken, and then again."""
        taken = 0
        while taken < TIMES:
            with suppress(httpx2.HTTPError):
                taken += self._post(event, event_id).status_code == 200
                continue
            time.sleep(0.2)

    def _post(self, event: dict[str, Any], event_id: str) -> httpx2.Response:
        authorized = [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}]
        whole = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A0",
            "event_id": event_id,
            "authorizations": authorized,
            "event": event,
        }
        body, at = json.dumps(whole).encode(), str(int(time.time()))
        right = hmac.new(SECRET.encode(), b"v0:" + at.encode() + b":" + body, sha256).hexdigest()
        headers = {
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": f"v0={right}",
            "Content-Type": "application/json",
        }
        return self._http.post(
            f"http://127.0.0.1:{random.choice(self._ports)}/slack/events", content=body, headers=headers
        )


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses now."""
    with_port = [socket.socket() for _ in range(count)]
    for one in with_port:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in with_port]
    for one in with_port:
        one.close()
    return ports


@pytest.fixture
def house(database: str, double: SlackDouble, policy: Policy, tmp_path: Path) -> Iterator[House]:
    """One web and one worker on SQLite, two of each on PostgreSQL."""
    replicas = 1 if database.startswith("sqlite") else 2
    environ = {
        **os.environ,
        "DATABASE_URL": database,
        "STATE_DIR": str(tmp_path),
        "SECRET_KEY": "a-secret-of-the-tests-of-forty-characters",
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": double.api,
        "SLACK_TIER2_CHANNEL": TIER2,
        "SLACK_TIER3_CHANNEL": TIER3,
        "SLACK_SECURITY_CHANNEL": SECURITY,
    }
    Keys.use(load_settings(environ, HOME, policy).encryption_keys())
    with (tmp_path / "processes.log").open("wb") as log:
        made = House(environ, free_ports(replicas), replicas, log=log)
        made.start()
        yield made
        made.stop()
    Keys.use(TEST_KEYS)


def converse(deliverer: Deliverer, double: SlackDouble, user: str) -> None:
    """One person's whole conversation; the next message is written when the last one was taken."""
    for number, words in enumerate(TURNS):
        ts = double.ts()
        event = {"type": "message", "channel": f"D{user}", "channel_type": "im", "user": user, "text": words, "ts": ts}
        deliverer.deliver(event, f"Ev{user}{number}")


def posted(double: SlackDouble, channel: str) -> list[str]:
    """The outbox rows that we posted in a channel, in the order of Slack."""
    found = [m for m in double.channels[channel]["messages"] if m["user"] == BOT_USER]
    return [json.dumps(m["metadata"]["event_payload"], sort_keys=True) for m in found]


def tickets_in(double: SlackDouble) -> list[dict[str, Any]]:
    """The cards of tickets in the team's channel; a suspected incident has a card of its own."""
    return [m for m in double.messages(TIER2) if m["text"].startswith("Ticket #")]


@pytest.mark.soak
@pytest.mark.timeout(600 + 60 * KILLS)
@pytest.mark.guide("CX5")
def test_with_processes_killed_and_answers_lost_each_message_is_answered_once(
    house: House, double: SlackDouble, database: str
) -> None:
    users = [f"U0P{number:03}" for number in range(PEOPLE)]
    for user in users:
        double.person(user, f"Person {user}")
        double.channel(f"D{user}", user)
    over = threading.Event()

    def disturb() -> None:
        for kill in range(KILLS):
            double.fail("chat.postMessage", random.choice(FAULTS), seconds=1)
            time.sleep(random.uniform(0.5, 2.5))
            house.kill(house.names()[kill % len(house.names())])
        over.set()

    trouble = threading.Thread(target=disturb)
    trouble.start()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda user: converse(Deliverer(house.ports), double, user), users))
    trouble.join()
    assert over.is_set()
    engine = open_database(database)
    until(lambda: nothing_waits(engine), 400)

    with reading_sessions_of(engine).begin() as db:
        for user in users:
            rows = db.scalars(select(ConversationRow).where(ConversationRow.user_id == f"slack:{TEAM}:{user}")).all()
            said = [
                m for row in rows for m in db.scalars(select(MessageRow).where(MessageRow.conversation_id == row.id))
            ]
            assert sorted(m.body for m in said if m.said_by == "user") == sorted(TURNS), user
            answers = [m for m in said if m.said_by == "bot" and m.visible_to_user]
            there = posted(double, f"D{user}")
            assert len(there) == len(set(there)) == len(answers), user
            assert (
                len(db.scalars(select(TicketRow).where(TicketRow.conversation_id.in_([r.id for r in rows]))).all()) == 1
            ), user
        cards = tickets_in(double)
        assert len(cards) == PEOPLE
        assert db.execute(text("SELECT count(*) FROM outbox WHERE state = 'dead'")).scalar() == 0
    assert double.doubled() == []
    engine.dispose()


def nothing_waits(engine: Any) -> bool:
    """True when everything has been sent."""
    with reading_sessions_of(engine).begin() as db:
        return db.execute(text("SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'dead')")).scalar() == 0
