"""A workspace on loopback: the double, our web process with the real endpoint, and somebody who presses and types."""

import hmac
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
import uvicorn
from fastapi import APIRouter, FastAPI
from sqlalchemy import Engine

from bot.actions.deliver import deliver
from bot.actions.deps import Deps
from bot.channels.slack.channel import SlackChannel, slack_senders
from bot.channels.slack.posting import RateLimiter
from bot.config import Settings, load_settings
from bot.storage.database import reading_sessions_of, sessions_of
from bot.storage.tables import StaffRow
from bot.wiring import HOME, utc_now
from handoff.policy.model import Policy
from tests.channels.slack_double import BOT_USER, SECRET, TEAM, TOKEN, SlackDouble
from tests.waiting import until

TIER2, TIER3, SECURITY, GENERAL = "C0TIER2", "C0TIER3", "C0SEC", "C0GENERAL"
MARIA, ALEX, BO, GUEST, CY = "U0MARIA", "U0ALEX", "U0BO", "U0GUEST", "U0CY"
GROUP = "S0STAFF"
DM = f"D{MARIA}"
_numbers = count(1)


@contextmanager
def served(router: APIRouter) -> Iterator[str]:
    """A web process with these routes; gives its address."""
    app = FastAPI()
    app.include_router(router)
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        until(lambda: server.started)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@dataclass
class Workspace:
    """Slack, and us beside it."""

    double: SlackDouble
    deps: Deps
    settings: Settings
    channel: SlackChannel
    base: str
    http: httpx2.Client = field(default_factory=lambda: httpx2.Client(timeout=20))
    late: float = 0.0

    def signed(self, body: bytes, kind: str = "application/json") -> httpx2.Response:
        """A request signed as Slack signs."""
        at = str(int(time.time()))
        right = hmac.new(SECRET.encode(), b"v0:" + at.encode() + b":" + body, sha256).hexdigest()
        headers = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={right}", "Content-Type": kind}
        return self.http.post(f"{self.base}/slack/events", content=body, headers=headers)

    def event(self, event: dict[str, Any], event_id: str = "") -> httpx2.Response:
        """An event of the Events API."""
        return self.signed(json.dumps(self.envelope(event, event_id)).encode())

    def envelope(self, event: dict[str, Any], event_id: str = "") -> dict[str, Any]:
        """An event as Slack wraps it."""
        authorized = [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}]
        return {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A0",
            "event_id": event_id or f"Ev{next(_numbers)}",
            "event_time": int(time.time()),
            "authorizations": authorized,
            "event": event,
        }

    def message(self, user: str, channel: str, text: str, **more: Any) -> dict[str, Any]:
        """A message that somebody wrote, as its event."""
        kind = "im" if channel.startswith("D") else "channel"
        ts = self.double.ts()
        event = {"type": "message", "channel": channel, "channel_type": kind, "user": user, "text": text, "ts": ts}
        event |= more
        kept = {"ts": event["ts"], "user": user, "text": text, "thread_ts": event.get("thread_ts")}
        self.double.channels[channel]["messages"].append(kept)
        return event

    def types(self, user: str, channel: str, text: str, **more: Any) -> dict[str, Any]:
        """Somebody writes, and we are told; returns the event."""
        event = self.message(user, channel, text, **more)
        answer = self.event(event)
        assert answer.status_code == 200, answer.status_code
        return event

    def mentions(self, user: str, channel: str, text: str, **more: Any) -> dict[str, Any]:
        """Somebody mentions us: Slack tells it twice, under two ids."""
        event = self.types(user, channel, f"<@{BOT_USER}> {text}", **more)
        assert self.event({**event, "type": "app_mention"}).status_code == 200
        return event

    def interacts(self, payload: dict[str, Any]) -> httpx2.Response:
        """A button, form or shortcut."""
        whole = {"team": {"id": TEAM}, "api_app_id": "A0", "trigger_id": self.double.trigger(), **payload}
        body = urlencode({"payload": json.dumps(whole)}).encode()
        return self.signed(body, "application/x-www-form-urlencoded")

    def presses(self, user: str, channel: str, message: dict[str, Any], button: dict[str, Any], **more: Any) -> Any:
        """Somebody presses a button of a message of ours."""
        shown = {key: message[key] for key in ("ts", "thread_ts") if message.get(key)}
        payload = {"type": "block_actions", "user": {"id": user}, "channel": {"id": channel}, "message": shown}
        action = {"type": "button", "block_id": "b", **button}
        return self.interacts({**payload, "container": {"type": "message"}, "actions": [action], **more})

    def submits(self, user: str, view: dict[str, Any], **told: str) -> httpx2.Response:
        """Somebody sends a form with these answers."""
        values = {}
        for block in view["blocks"]:
            if block["type"] != "input":
                continue
            given, kind = told.get(block["block_id"], ""), block["element"]["type"]
            state: dict[str, Any] = {"type": kind, "value": given or None}
            if kind == "static_select":
                state = {"type": kind, "selected_option": {"value": given} if given else None}
            elif kind == "checkboxes":
                state = {"type": kind, "selected_options": [{"value": given}] if given else []}
            values[block["block_id"]] = {block["element"]["action_id"]: state}
        shown = {**view, "state": {"values": values}}
        return self.interacts({"type": "view_submission", "user": {"id": user}, "view": shown})

    def commands(self, user: str, text: str = "", channel: str = GENERAL) -> httpx2.Response:
        """Somebody uses /support."""
        fields = {"command": "/support", "text": text, "user_id": user, "channel_id": channel, "team_id": TEAM}
        fields |= {"trigger_id": self.double.trigger(), "response_url": f"{self.double.base}/respond"}
        return self.signed(urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def delivers(self, seconds_later: float = 0) -> None:
        """The worker sends what is due."""
        self.late += seconds_later
        while deliver(self.deps, utc_now() + timedelta(seconds=self.late)):
            pass

    def posts(self, channel: str, thread: str | None = None) -> list[dict[str, Any]]:
        """What we posted, after the worker has sent what is due."""
        self.delivers()
        return [m for m in self.double.messages(channel, thread) if m["user"] == BOT_USER]

    def view(self) -> dict[str, Any]:
        """The window opened last."""
        return list(self.double.views.values())[-1]

    def with_senders(self, pace: RateLimiter) -> "Workspace":
        """The same with new senders, which remember nothing."""
        senders = slack_senders(self.settings, self.deps, pace=pace)
        return replace(self, deps=replace(self.deps, senders=senders))


def buttons(message: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The buttons of a message or Home tab, by label."""
    return {
        element["text"]["text"]: {k: v for k, v in element.items() if k in ("action_id", "value")}
        for block in message["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    }


def words_of(message: dict[str, Any]) -> str:
    """Everything that can be read in a message or view."""
    found = []
    for block in message["blocks"]:
        for part in (block.get("text"), *(block.get("elements") or ())):
            if isinstance(part, dict) and isinstance(part.get("text"), str):
                found.append(part["text"])
    return "\n".join(found)


def slack_settings(database: str, double: SlackDouble, policy: Policy, tmp_path: Path, **more: str) -> Settings:
    """Settings for the double."""
    environ = {
        "DATABASE_URL": database,
        "STATE_DIR": str(tmp_path),
        "SECRET_KEY": "a-secret-of-the-tests-of-forty-characters",
        "BASE_URL": "http://desk.test",
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_API_URL": double.api,
        "SLACK_TIER2_CHANNEL": TIER2,
        "SLACK_TIER3_CHANNEL": TIER3,
        "SLACK_SECURITY_CHANNEL": SECURITY,
        "SLACK_STAFF_GROUP": GROUP,
        **({} if "SLACK_APP_TOKEN" in more else {"SLACK_SIGNING_SECRET": SECRET}),
        **more,
    }
    return load_settings(environ, HOME, policy)


def slack_deps(engine: Engine, settings: Settings, policy: Policy, mind: Any) -> Deps:
    """What the actions work with, with Slack's senders."""
    sessions, reading = sessions_of(engine), reading_sessions_of(engine)
    with sessions.begin() as db:
        if db.get(StaffRow, "alex") is None:
            db.add(StaffRow(id="alex", name="Alex Morgan", role="agent", slack_id=ALEX))
    deps = Deps(
        sessions,
        reading,
        policy,
        lambda: mind.assistant,
        settings.base_url,
        settings.team_channels,
        settings.withhold_words,
    )
    return replace(deps, senders=slack_senders(settings, deps, pace=RateLimiter(0.0)))
