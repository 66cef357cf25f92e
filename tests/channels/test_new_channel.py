"""A channel that the program has never heard of: one class and one line in the registry, and nothing else is touched."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import APIRouter
from sqlalchemy import Engine
from starlette.testclient import TestClient

from bot.actions import staff
from bot.actions.deps import Delivery, Deps, Sender
from bot.actions.receive import Incoming, receive
from bot.channels.base import OK, Channel
from bot.channels.registry import CHANNELS, with_channels
from bot.config import Settings, load_settings
from bot.hot_reload import ActiveVersion
from bot.outbound import UserMessage
from bot.storage import tickets
from bot.storage.database import reading_sessions_of, sessions_of
from bot.storage.tables import MessageRow
from bot.web.app import create_app
from bot.wiring import HOME, Runtime, build_services
from bot.worker import Worker
from handoff.policy.model import Policy
from handoff.ticket import User
from tests.makers import ALEX, NINE

CANNOT_LOG_IN = "I cannot log in, my password is wrong"


@dataclass(frozen=True)
class FileSender:
    """Writes one line for one message."""

    out: Path
    deps: Deps

    def send(self, delivery: Delivery, now: datetime) -> str:
        assert isinstance(delivery.message, UserMessage)
        with self.deps.reading.begin() as db:
            body = db.get_one(MessageRow, delivery.message.message).body
        with self.out.open("a", encoding="utf-8") as out:
            out.write(json.dumps({"to": delivery.address, "text": body}) + "\n")
        return str(delivery.id)


class FileChannel(Channel):
    """People write lines into one file, and are answered in another."""

    name = "file"

    def __init__(self, settings: Settings, deps: Deps, now: Callable[[], datetime]) -> None:
        self._deps, self._in, self._out = deps, settings.state_dir / "in.jsonl", settings.state_dir / "out.jsonl"
        self.listens = False

    def senders(self) -> Mapping[str, Sender]:
        return {"file": FileSender(self._out, self._deps)}

    def router(self) -> APIRouter:
        router = APIRouter()
        router.add_api_route("/file", lambda: {"lines": len(self._lines())}, methods=["GET"])
        return router

    def start(self) -> None:
        self.listens = True

    def stop(self) -> None:
        self.listens = False

    def poll(self, now: datetime) -> int:
        """Every line is taken in once, however often it is read."""
        came = [
            Incoming(User(line["from"]), "file", line["text"], key=f"file:{n}", address={"address": line["from"]})
            for n, line in enumerate(self._lines())
        ]
        return sum(not receive(self._deps, incoming, now).again for incoming in came)

    def probes(self) -> Mapping[str, Callable[[], str]]:
        return {"file": lambda: OK if self.listens else "does not listen"}

    def _lines(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self._in.read_text(encoding="utf-8").splitlines()]


@dataclass
class Desk:
    """The program with this channel besides its own, and the two files."""

    runtime: Runtime
    worker: Worker
    folder: Path

    def writes(self, text: str) -> list[str]:
        """Somebody writes a line; gives the answers."""
        with (self.folder / "in.jsonl").open("a", encoding="utf-8") as lines:
            lines.write(json.dumps({"from": "maria", "text": text}) + "\n")
        for channel in self.runtime.channels:
            self.worker.poll(channel)
        return self.answers()

    def answers(self) -> list[str]:
        """What stands in the other file, for her, after the worker has sent what is due."""
        self.worker.send()
        lines = [json.loads(line) for line in (self.folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
        return [line["text"] for line in lines if line["to"] == "maria"]

    def ticket(self) -> int | None:
        """The number of the only ticket."""
        with self.runtime.deps.reading.begin() as db:
            return next(iter(tickets.open_numbers(db)), None)


@pytest.fixture
def desk(engine: Engine, policy: Policy, mind: Any, tmp_path: Path) -> Desk:
    environ = {"STATE_DIR": str(tmp_path), "SECRET_KEY": "a-secret-of-the-tests-of-forty-characters"}
    settings, current = load_settings(environ, HOME, policy), ActiveVersion(lambda: mind)
    bare = Deps(sessions_of(engine), reading_sessions_of(engine), policy, current.assistant, settings.base_url)
    deps, channels = with_channels(settings, bare, lambda: NINE, (*CHANNELS, FileChannel))  # the line of the registry
    runtime = Runtime(settings, policy, engine, deps, current, "as installed", Path(), channels)
    return Desk(runtime, Worker(runtime, lambda: NINE), tmp_path)


def test_a_person_is_answered_through_it_and_gets_a_ticket_and_the_words_of_our_staff(desk: Desk) -> None:
    greeting, *answers = desk.writes(CANNOT_LOG_IN)
    assert "SmartMed" in greeting and answers
    for text in ("I want to talk to a person", *["skip"] * 6):
        if desk.ticket() is None:
            desk.writes(text)
    number = desk.ticket()
    assert number is not None and f"#{number}" in " ".join(desk.answers())

    staff.reply(staff.Command(desk.runtime.deps, number, ALEX, NINE), "I have set you a new password.")

    assert desk.answers()[-1] == "I have set you a new password."


def test_a_line_that_is_read_again_is_answered_once(desk: Desk) -> None:
    before = desk.writes(CANNOT_LOG_IN)
    for channel in desk.runtime.channels:
        desk.worker.poll(channel)

    assert desk.answers() == before


def test_the_web_process_listens_on_it_and_says_how_it_is(desk: Desk) -> None:
    desk.writes(CANNOT_LOG_IN)
    with TestClient(create_app(build_services(desk.runtime))) as client:
        assert client.get("/file").json() == {"lines": 1}
        ready = client.get("/readyz").json()
        assert [ready[name] for name in ("slack", "mail_out", "mail_in", "file")] == ["off", "off", "off", OK]
        assert "/file" not in client.get("/openapi.json").json()["paths"]
    assert not desk.runtime.channels[-1].listens
