"""An open stream ends with the identity, or the sign-in, that opened it."""

from datetime import timedelta

import httpx2

from bot.storage import people
from bot.web.identity import sign_identity
from bot.wiring import utc_now
from tests.makers import MARIA
from tests.web.conftest import Server


def test_a_chat_stream_ends_when_the_identity_does(sqlite_server: Server) -> None:
    secret = sqlite_server.house.settings.chat_jwt_secret
    token = sign_identity(MARIA, secret, utc_now(), timedelta(seconds=4))
    with httpx2.Client(base_url=sqlite_server.base, headers={"Authorization": f"Bearer {token}"}, timeout=12) as client:
        conversation = client.post("/api/v1/conversations").json()["id"]
        with client.stream("GET", f"/api/v1/conversations/{conversation}/events") as stream:
            list(stream.iter_lines())
        again = client.get(f"/api/v1/conversations/{conversation}/events")

    assert again.status_code == 401


def test_the_consoles_stream_ends_when_the_sign_in_does(sqlite_server: Server) -> None:
    with httpx2.Client(base_url=sqlite_server.base, timeout=25) as client:
        sqlite_server.sign_in(client)
        with client.stream("GET", "/console/events") as stream:
            lines = stream.iter_lines()
            next(lines)
            with sqlite_server.deps.sessions.begin() as db:
                people.remove(db, "alex")
            list(lines)
        assert client.get("/console/events").status_code == 303
