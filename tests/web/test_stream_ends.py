"""An open stream ends with the identity, or the sign-in, that opened it; until then it is never silent for long."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import httpx2
import pytest

from bot.storage import heartbeats, people
from bot.storage.unit_of_work import UnitOfWork
from bot.web import sse
from bot.web.identity import sign_identity
from bot.wiring import utc_now
from tests.makers import MARIA
from tests.web.conftest import Server


def test_a_chat_stream_ends_when_the_identity_does(sqlite_server: Server) -> None:
    secret = sqlite_server.runtime.settings.chat_jwt_secret
    with sqlite_server.client() as client:
        conversation = client.post("/api/v1/conversations").json()["id"]
        for seconds in (2, 8, 32, 128):  # a busy machine may need longer to open it
            token = sign_identity(MARIA, secret, utc_now(), timedelta(seconds=seconds))
            own = {"Authorization": f"Bearer {token}"}
            with client.stream("GET", f"/api/v1/conversations/{conversation}/events", headers=own) as stream:
                list(stream.iter_lines())
            if stream.status_code == 200:
                break
        again = client.get(f"/api/v1/conversations/{conversation}/events", headers=own)

    assert (stream.status_code, again.status_code) == (200, 401)


def test_the_consoles_stream_ends_when_the_sign_in_does(sqlite_server: Server) -> None:
    with httpx2.Client(base_url=sqlite_server.base, timeout=120) as client:
        sqlite_server.sign_in(client)
        with client.stream("GET", "/console/events") as stream:
            lines = stream.iter_lines()
            next(lines)
            with sqlite_server.deps.sessions.begin() as db:
                people.remove(db, "alex")
            list(lines)
        assert client.get("/console/events").status_code == 303


def test_a_stream_amid_the_bustle_of_others_still_says_that_it_lives(
    sqlite_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sse, "HEARTBEAT_SECONDS", 1.0)
    over, bustle = Event(), ThreadPoolExecutor(1)

    def others() -> None:
        while not over.wait(0.2):
            with sqlite_server.deps.sessions.begin() as db:
                heartbeats.beat(UnitOfWork(db, utc_now()), "others")

    with sqlite_server.client() as client, bustle:
        bustle.submit(others)
        conversation = client.post("/api/v1/conversations").json()["id"]
        try:
            with client.stream("GET", f"/api/v1/conversations/{conversation}/events", timeout=120) as stream:
                heard = (line for line in stream.iter_lines() if line.startswith(":"))
                beats = [next(heard), next(heard)]
        finally:
            over.set()

    assert beats == [sse.HEARTBEAT.strip()] * 2
