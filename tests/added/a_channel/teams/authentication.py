"""Whether an activity comes from Teams: a token that its service signed for our app, and for the address that is to be answered."""

import time
from collections.abc import Callable
from datetime import datetime
from threading import Lock

import httpx2
import structlog
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

log = structlog.get_logger()
ISSUER = "https://api.botframework.com"
ALGORITHMS = ["RS256"]
LEEWAY = 300
"""So many seconds may their clock differ from ours."""
KEPT, SOONEST = 24 * 3600.0, 60.0
"""Keys are asked for once a day; sooner when a token names another one, but not more often than once a minute."""
PATIENCE = 5


class Refused(Exception):
    """Nobody whom we believe has sent this."""


class Keys:
    """The public keys of Teams' service."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url, self._clock = url, clock
        self._keys: KeySet | None = None
        self._at = 0.0
        self._lock = Lock()

    def at_hand(self, *, anew: bool = False) -> KeySet:
        """The keys, asked for when they are old, or `anew`; raises Refused when they cannot be had."""
        with self._lock:
            age = self._clock() - self._at
            if self._keys is None or age > (SOONEST if anew else KEPT):
                self._keys, self._at = self._asked(), self._clock()
            return self._keys

    def _asked(self) -> KeySet:
        try:
            answer = httpx2.get(self._url, timeout=PATIENCE, trust_env=False)
            return KeySet.import_key_set(answer.raise_for_status().json())
        except (httpx2.HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
            log.warning("teams_keys_missing", error=type(error).__name__)
            raise Refused(type(error).__name__) from error


class TokenCheck:
    """Believes what was signed for this app. Where `inside` is false, answers go over https:// only."""

    def __init__(self, app_id: str, keys: Keys, now: Callable[[], datetime], *, inside: bool) -> None:
        self._app_id, self._keys, self._now, self._inside = app_id, keys, now, inside

    def must_be_from_teams(self, authorization: str, service_url: str) -> None:
        """Raises Refused unless the header holds a token of Teams' for us, of this time and for this address."""
        kind, _, token = authorization.partition(" ")
        if kind.lower() != "bearer" or not token or len(token) > 8192:
            raise Refused("no token")
        claims = self._claims(token)
        if claims.get("iss") != ISSUER or claims.get("aud") != self._app_id:
            raise Refused("meant for another, or signed by another")
        begins, ends, now = claims.get("nbf", 0), claims.get("exp"), self._now().timestamp()
        if not (isinstance(ends, int) and isinstance(begins, int) and begins - LEEWAY <= now <= ends + LEEWAY):
            raise Refused("out of date")
        if not service_url or claims.get("serviceurl") != service_url:
            raise Refused("for another address")
        if not (self._inside or service_url.startswith("https://")):
            raise Refused("not over https")

    def _claims(self, token: str) -> dict[str, object]:
        for anew in (False, True):
            try:
                return dict(jwt.decode(token, self._keys.at_hand(anew=anew), algorithms=ALGORITHMS).claims)
            except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
                fault = type(error).__name__
        raise Refused(fault)
