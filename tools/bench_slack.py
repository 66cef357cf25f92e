"""Measures what users feel in Slack: from the event to the answer's post, beside an echo on nothing but Slack's own Bolt."""

import hmac
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import httpx2
import uvicorn
from fastapi import FastAPI, Request, Response
from slack_bolt import App, Say
from slack_bolt.adapter.fastapi import SlackRequestHandler
from slack_sdk import WebClient

from bot.channels.slack.payloads import Message
from bot.wiring import HOME
from tests.channels.slack_double import BOT_USER, SECRET, TEAM, TOKEN, Fields, SlackDouble

PEOPLE = 100
PAUSE = (0.2, 0.4)
"""Seconds between one answer and the next message, of whoever."""
SECONDS = 20
FULL, BARE = 8941, 8942
POSTS = {FULL: 2, BARE: 1}
"""A first message is answered by the greeting and the answer; the answer is what counts. An echo is one post."""
TEXT = "my sign in code is refused"


class Listening(SlackDouble):
    """A Slack that notes when each message reached it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached: dict[str, list[float]] = {}
        self.heard = threading.Condition()

    def _chat_postMessage(self, fields: Fields) -> Fields:  # noqa: N802 - Slack's name
        with self.heard:
            self.reached.setdefault(str(fields["channel"]), []).append(time.perf_counter())
            self.heard.notify_all()
        return super()._chat_postMessage(fields)

    def wait_for(self, channel: str, posts: int) -> float:
        """When so many posts had reached a channel; raises TimeoutError."""
        with self.heard:
            if not self.heard.wait_for(lambda: len(self.reached.get(channel, ())) >= posts, SECONDS):
                raise TimeoutError(f"no answer in {channel} within {SECONDS} s")
            return self.reached[channel][posts - 1]


def echo(port: int, api: str) -> None:
    """The least that a Slack app can do, as Bolt's own documents write it."""
    app, web = App(client=WebClient(TOKEN, base_url=api), signing_secret=SECRET), FastAPI()
    handler = SlackRequestHandler(app)

    @app.event("message")
    def _echo(event: Message, say: Say) -> None:
        say(event["text"])

    @web.get("/healthz")
    def _alive() -> dict[str, str]:
        return {}

    @web.post("/slack/events")
    async def _events(request: Request) -> Response:
        return await handler.handle(request)

    uvicorn.run(web, port=port, log_level="error")


def signed_event(user: str, number: int) -> tuple[bytes, dict[str, str]]:
    """A direct message as Slack delivers it: body and headers."""
    channel, ts = f"D{user}", f"{time.time():.6f}"
    event = {"type": "message", "channel": channel, "channel_type": "im", "user": user, "text": TEXT, "ts": ts}
    whole = {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": "A0",
        "event_id": f"Ev{number}",
        "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
        "event": event,
    }
    body, at = json.dumps(whole).encode(), str(int(time.time()))
    right = hmac.new(SECRET.encode(), b"v0:" + at.encode() + b":" + body, sha256).hexdigest()
    stamps = {"X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={right}"}
    return body, {**stamps, "Content-Type": "application/json"}


@contextmanager
def running(double: SlackDouble, folder: Path) -> Iterator[None]:
    """One web and one worker process on SQLite, and the echo."""
    environ = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder / 'slack.db'}",
        "STATE_DIR": str(folder),
        "SECRET_KEY": "a-secret-of-the-tests-of-forty-characters",
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": double.api,
        "PORT": str(FULL),
    }
    ours = [sys.executable, "-m", "bot"]
    subprocess.run([*ours, "migrate"], cwd=HOME, env=environ, check=True)  # noqa: S603 - our own commands
    commands = ([*ours, "web"], [*ours, "worker"], [sys.executable, "-m", "tools.bench_slack", str(BARE), double.api])
    processes = [subprocess.Popen(command, cwd=HOME, env=environ) for command in commands]  # noqa: S603 - the same
    try:
        for port in (FULL, BARE):
            _wait_until_alive(port)
        yield
    finally:
        for process in processes:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_alive(port: int) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            if httpx2.get(f"http://127.0.0.1:{port}/healthz", timeout=2).status_code == 200:
                return
        except httpx2.HTTPError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing answers at port {port}")


def taken(double: Listening, http: httpx2.Client, port: int, number: int) -> float:
    """Milliseconds from one person's first message to its answer's post."""
    user = f"U{port}{number:04}"
    double.person(user, f"Person {number}")
    double.channel(f"D{user}", user)
    body, headers = signed_event(user, port * 10_000 + number)
    start = time.perf_counter()
    http.post(f"http://127.0.0.1:{port}/slack/events", content=body, headers=headers).raise_for_status()
    return (double.wait_for(f"D{user}", POSTS[port]) - start) * 1000


def slack_latency(people: int = PEOPLE) -> dict[str, float]:
    """Milliseconds from event to answer, ours and the echo's, one message after the other; and the ratio at p95."""
    double, times = Listening(), dict[int, list[float]]({FULL: [], BARE: []})
    with tempfile.TemporaryDirectory() as made, httpx2.Client(timeout=SECONDS) as http, running(double, Path(made)):
        for number in range(people):
            for port, found in times.items():
                found.append(taken(double, http, port, number))
                time.sleep(random.uniform(*PAUSE))  # noqa: S311 - a pace, not a secret
    double.close()
    shown = {"slack_answer": times[FULL], "slack_bare_bolt": times[BARE]}
    figures = {f"{name}_p50_ms": round(statistics.median(found), 1) for name, found in shown.items()}
    p95 = {name: sorted(found)[min(len(found) - 1, int(len(found) * 0.95))] for name, found in shown.items()}
    figures |= {f"{name}_p95_ms": round(value, 1) for name, value in p95.items()}
    return {**figures, "slack_ratio_p95": round(p95["slack_answer"] / p95["slack_bare_bolt"], 2)}


if __name__ == "__main__":
    if len(sys.argv) == 3:
        echo(int(sys.argv[1]), sys.argv[2])
    else:
        print(json.dumps(slack_latency(), indent=2))
