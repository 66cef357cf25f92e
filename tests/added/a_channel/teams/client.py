"""Calls of Teams' service: signed in with our password, each tried once (the row of the outbox is the retry)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

import httpx2

from bot.outbound import Mend, SendFailed

SECONDS = 10
SCOPE = "https://api.botframework.com/.default"
GIVE_UP = frozenset({400, 403, 404, 410, 413, 422})
"""The chat is gone, our app was taken out of it, or the message is one that Teams will never show."""
LONGEST_WAIT = 3600
EARLIER = timedelta(minutes=1)
"""A token that ends so soon is not used any more."""


@dataclass
class TeamsClient:
    """Says what is given to it, by the id and password of our app."""

    app_id: str
    password: str
    login_url: str
    _token: str = ""
    _ends: datetime | None = None
    _lock: Lock = field(default_factory=Lock)

    def post(self, url: str, message: Mapping[str, object], now: datetime) -> str:
        """Say it in the chat at this address; returns Teams' id of the message. Raises SendFailed."""
        answer = self._call(url, message, self.token(now))
        if answer.status_code == 401:  # it was taken back before its time
            self._forget()
            answer = self._call(url, message, self.token(now))
        if answer.is_success:
            told = answer.json() if answer.content else {}
            return str(told.get("id", ""))[:100]
        raise _failure(answer, "http", mend=answer.status_code == 401)

    def token(self, now: datetime) -> str:
        """What we sign in with; asked for anew shortly before it ends. Raises SendFailed."""
        with self._lock:
            if self._ends is not None and now < self._ends - EARLIER:
                return self._token
            form = {"grant_type": "client_credentials", "client_id": self.app_id, "client_secret": self.password}
            answer = _answer("POST", self.login_url, data={**form, "scope": SCOPE})
            if not answer.is_success:
                raise _failure(answer, "login", mend=answer.status_code in (400, 401, 403))
            told = answer.json()
            self._token = str(told["access_token"])
            self._ends = now + timedelta(seconds=float(told.get("expires_in", 3600)))
            return self._token

    def _forget(self) -> None:
        with self._lock:
            self._ends = None

    def _call(self, url: str, message: Mapping[str, object], token: str) -> httpx2.Response:
        return _answer("POST", url, json=dict(message), headers={"authorization": f"Bearer {token}"})


def _answer(method: str, url: str, **given: object) -> httpx2.Response:
    try:
        with httpx2.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
            return client.request(method, url, **given)  # type: ignore[arg-type]
    except httpx2.HTTPError as error:
        gone = isinstance(error, httpx2.TransportError)
        raise SendFailed(type(error).__name__, unreached=gone) from error


def _failure(answer: httpx2.Response, what: str, *, mend: bool) -> SendFailed:
    """What a refusal means for the row: wait and come back, try again, let people mend it, or give up."""
    code = answer.status_code
    if code == 429:
        wait = answer.headers.get("retry-after", "")
        seconds = float(min(int(wait), LONGEST_WAIT)) if wait.isdigit() else 1.0
        return SendFailed("ratelimited", retry_after=seconds, tried=False)
    way: Mend = "way" if mend else ""
    return SendFailed(f"{what}_{code}", permanent=not mend and code in GIVE_UP, mend=way)
