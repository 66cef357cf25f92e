"""A service like that of Teams, over HTTP on loopback: it signs people in, hands out its keys, and keeps what is posted."""

import json
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, unquote

import httpx2
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.waiting import until

APP, PASSWORD, TENANT = "app-of-the-tests", "a-password-of-the-tests", "tenant-1"
CHAT, THREAD = "a:maria", "19:general@thread.tacv2;messageid=1700"
BOT = {"id": f"28:{APP}", "name": "SmartMed"}
Json = dict[str, Any]


@dataclass
class TeamsDouble:
    """The service: what it was told, and what it is to answer next instead of taking a message."""

    posted: list[tuple[str, Json]] = field(default_factory=list)
    refusals: deque[tuple[int, dict[str, str]]] = field(default_factory=deque)
    """A status and headers for each of the next calls."""
    signed_in: int = 0
    base: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}))
    _numbers: Any = field(default_factory=count)

    def __post_init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()

    def settings(self, **more: str) -> dict[str, str]:
        """What an installation beside it is given."""
        urls = {"TEAMS_LOGIN_URL": f"{self.base}/token", "TEAMS_KEYS_URL": f"{self.base}/keys"}
        return {"TEAMS_APP_ID": APP, "TEAMS_APP_PASSWORD": PASSWORD, **urls, **more}

    def token(self, key: RSAKey | None = None, **other: object) -> str:
        """What it signs its activities with; `other` claims in the place of the right ones."""
        now = int(time.time())
        right = {
            "iss": "https://api.botframework.com",
            "aud": APP,
            "nbf": now,
            "exp": now + 3600,
            "serviceurl": self.base,
        }
        return jwt.encode({"alg": "RS256", "kid": "one"}, {**right, **other}, key or self.key)

    def activity(self, text: str = "", chat: str = CHAT, who: str = "maria", **more: object) -> Json:
        """Something that a person does."""
        return {
            "type": "message",
            "id": f"in-{next(self._numbers)}",
            "serviceUrl": self.base,
            "from": {"id": f"29:{who}", "name": who.title(), "aadObjectId": who},
            "recipient": BOT,
            "conversation": {"id": chat, "tenantId": TENANT, "conversationType": "personal"},
            "text": text,
            "channelData": {"tenant": {"id": TENANT}},
            **more,
        }

    def take(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, str], Json]:
        """One call of ours: its status, headers and answer."""
        if path == "/token":
            form, self.signed_in = parse_qs(body.decode()), self.signed_in + 1
            if form["client_secret"] != [PASSWORD]:
                return 401, {}, {"error": "invalid_client"}
            return 200, {}, {"access_token": f"token-{self.signed_in}", "expires_in": 3600}
        if headers["authorization"] != f"Bearer token-{self.signed_in}":
            return 401, {}, {}
        if self.refusals:
            status, more = self.refusals.popleft()
            return status, more, {}
        chat = unquote(path.removeprefix("/v3/conversations/").removesuffix("/activities"))
        self.posted.append((chat, json.loads(body)))
        return 201, {}, {"id": f"out-{len(self.posted)}"}

    def said(self, chat: str = CHAT) -> list[str]:
        """The texts of a chat."""
        return [message["text"] for place, message in self.posted if place == chat]

    def buttons(self, chat: str = CHAT) -> dict[str, Json]:
        """What the buttons of a chat give back, by what stands on them."""
        cards = [card for place, message in self.posted if place == chat for card in message.get("attachments", ())]
        return {action["title"]: action["data"] for card in cards for action in card["content"]["actions"]}


def _handler(double: TeamsDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, {}, {"keys": [double.key.as_dict(private=False)]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self._answer(*double.take(self.path, self.headers, body))

        def _answer(self, status: int, headers: dict[str, str], answer: Json) -> None:
            written = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in {
                **headers,
                "content-type": "application/json",
                "content-length": str(len(written)),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@dataclass
class Client:
    """Teams at our endpoint."""

    double: TeamsDouble
    base: str

    def send(self, activity: Json, token: str | None = None) -> int:
        """An activity, signed; gives our status."""
        signed = self.double.token() if token is None else token
        headers = {"authorization": f"Bearer {signed}"} if signed else {}
        return httpx2.post(f"{self.base}/teams/activities", json=activity, headers=headers, timeout=60).status_code

    def says(self, text: str, chat: str = CHAT, **more: Any) -> list[str]:
        """Somebody writes; gives what stands in the chat as soon as there is more than before."""
        return self.does(self.double.activity(text, chat, **more))

    def begins(self, text: str) -> Json:
        """Maria writes for the first time, and has the greeting and an answer; gives what she sent."""
        first = self.double.activity(text)
        self.does(first)
        until(lambda: len(self.double.said()) == 2)
        return first

    def does(self, activity: Json) -> list[str]:
        """Somebody does this; gives what stands in the chat as soon as there is more than before."""
        chat = activity["conversation"]["id"]
        before = len(self.double.said(chat))
        assert self.send(activity) == 200
        until(lambda: len(self.double.said(chat)) > before)
        return self.double.said(chat)[before:]
