"""Measures what users feel: how long a decision takes, and messages per second beside an endpoint that only stores a row."""

import json
import os
import statistics
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import Column, Integer, MetaData, String, Table, insert

from bot.config import load_settings
from bot.dialogue.conversation import Conversation, Message
from bot.dialogue.respond import respond
from bot.storage.database import open_database
from bot.storage.migrate import migrate
from bot.web.app import create_app
from bot.web.identity import sign_identity
from bot.wiring import HOME, Runtime, build_runtime, build_services, utc_now
from handoff.facts import contact_facts
from handoff.policy.loading import load_policy
from handoff.ticket import User
from tools.bench_slack import slack_latency

CLIENTS = 8
PER_CLIENT = 40


def percentile(values: list[float], part: float) -> float:
    """The value below which this part of all values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * part))]


def decisions(runtime: Runtime) -> dict[str, float]:
    """Milliseconds from a first message to the decision, over the catalogue's own test sentences; all that is read of it counts."""
    mind = runtime.current.mind()
    texts = [text for intent in mind.catalog.intents.values() for text in intent.tests.match]
    user = User("u-bench", "Bench", verified=True)
    facts = contact_facts(load_policy())
    taken = []
    for text in texts:
        start, known = time.perf_counter(), Conversation(user, "in_app_chat")
        reading = mind.assistant.in_context(known, mind.assistant.read(text))
        respond(known, reading, Message(text, facts=facts), mind.assistant.script, utc_now())
        taken.append((time.perf_counter() - start) * 1000)
    return {"decision_p50_ms": round(statistics.median(taken), 2), "decision_p99_ms": round(percentile(taken, 0.99), 2)}


def bare_endpoint(folder: Path) -> FastAPI:
    """The least that a chat endpoint could do: check JSON and store a row."""
    engine = open_database(f"sqlite:///{folder / 'bare.db'}")
    rows = Table("rows", MetaData(), Column("id", Integer, primary_key=True), Column("text", String))
    rows.metadata.create_all(engine)
    app = FastAPI()

    class Body(BaseModel):
        client_id: str
        text: str

    @app.post("/bare", status_code=201)
    def store(body: Body) -> dict[str, str]:
        with engine.begin() as connection:
            connection.execute(insert(rows).values(text=body.text))
        return {"text": body.text}

    return app


def served(app: FastAPI, port: int) -> uvicorn.Server:
    """The app on a port of loopback."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.02)
    return server


def messages_per_second(base: str, path: str, headers: dict[str, str], client: int) -> None:
    """One client sends its messages one after the other."""
    with httpx2.Client(base_url=base, headers=headers, timeout=30) as http:
        for n in range(PER_CLIENT):
            http.post(
                path, json={"client_id": f"{client}-{n}", "text": "my sign in code is refused"}
            ).raise_for_status()


def throughput(runtime: Runtime, folder: Path) -> dict[str, float]:
    """Messages per second through the whole API and through the bare endpoint, and their ratio."""
    full, bare = served(create_app(build_services(runtime)), 8931), served(bare_endpoint(folder), 8932)
    secret = runtime.settings.chat_jwt_secret
    jobs = []
    for n in range(CLIENTS):
        headers = {
            "Authorization": f"Bearer {sign_identity(User(f'u{n}', f'User {n}', verified=True), secret, utc_now())}"
        }
        opened = httpx2.post("http://127.0.0.1:8931/api/v1/conversations", headers=headers).json()
        jobs.append((headers, f"/api/v1/conversations/{opened['id']}/messages"))
    rates = {}
    for name, base in (("bare", "http://127.0.0.1:8932"), ("full", "http://127.0.0.1:8931")):
        start = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            for n, (headers, path) in enumerate(jobs):
                pool.submit(messages_per_second, base, path if name == "full" else "/bare", headers, n)
        rates[name] = CLIENTS * PER_CLIENT / (time.perf_counter() - start)
    full.should_exit = bare.should_exit = True
    ratio = round(rates["full"] / rates["bare"], 3)
    return {"messages_per_s": round(rates["full"], 1), "bare_rows_per_s": round(rates["bare"], 1), "ratio": ratio}


def main() -> None:
    """Print the figures as JSON."""
    policy = load_policy()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        environ = {
            **os.environ,
            "DATABASE_URL": f"sqlite:///{folder / 'bench.db'}",
            "SECRET_KEY": "a-secret-of-the-tests-of-forty-characters",
        }
        runtime = build_runtime(load_settings(environ, HOME, policy), policy, environ)
        migrate(runtime.engine)
        figures = {**decisions(runtime), **throughput(runtime, folder), **slack_latency()}
        print(json.dumps({**figures, "encoder": runtime.encoder_word}, indent=2))


if __name__ == "__main__":
    main()
