"""How much one person may send: read from message_limits.yml, counted in the database."""

from datetime import datetime
from functools import cache
from hashlib import sha256
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot.storage import rate_limits
from bot.storage.database import Sessions
from bot.storage.unit_of_work import UnitOfWork
from handoff.data_files import Strict, read_yaml, validated

FILE = Path(__file__).with_name("message_limits.yml")
NETWORK = 64
MEGABYTE = 1024 * 1024
PerUser = Annotated[int, Field(ge=3, le=500)]


class Often(Strict):
    """How many times within so many seconds: enough for one who writes in haste, and too few for a machine."""

    per_user: PerUser | None = None
    per_address: Annotated[int, Field(ge=3, le=500)]
    seconds: Annotated[int, Field(ge=10, le=86400)]


class Files(Strict):
    """What files a conversation takes: a photo of a phone at least, and no more than is kept and looked through in time."""

    most_bytes: Annotated[int, Field(ge=MEGABYTE, le=100 * MEGABYTE)]
    most_in_conversation: Annotated[int, Field(ge=2, le=100)]
    most_bytes_in_conversation: Annotated[int, Field(ge=2 * MEGABYTE, le=1000 * MEGABYTE)]
    most_pixels: Annotated[int, Field(ge=10_000_000, le=200_000_000)]
    at_once: Annotated[int, Field(ge=1, le=16)]


class Kinds(Strict):
    """The kinds of things that are counted."""

    messages: Often
    conversations: Often
    sessions: Often
    wrong_links: Often


class Streams(Strict):
    """How many streams stay open at the same time."""

    per_user: PerUser


class Limits(Strict):
    """The whole file."""

    often: Kinds
    streams: Streams
    files: Files


@cache
def load_limits() -> Limits:
    """The limits; raises DataFaults, also for a number that nobody can mean."""
    return read_limits(FILE)


def read_limits(path: Path) -> Limits:
    """The limits as a file holds them now; raises DataFaults."""
    return validated(Limits, read_yaml(path.resolve(), path.resolve().parents[2]))


class TooOften(Exception):
    """Somebody has used up how often they may do something; `wait` seconds until they may again."""

    def __init__(self, wait: float) -> None:
        self.wait = wait
        super().__init__(wait)


class RateLimits:
    """Counts what people do. `secret` hides who they are in the database; not `on`: everything is allowed."""

    def __init__(self, sessions: Sessions, secret: str, *, on: bool = True) -> None:
        self._sessions, self._secret, self._on = sessions, secret, on
        self._kinds = load_limits().often

    def use(self, kind: str, address: str, now: datetime, user: str = "") -> None:
        """Count one; raises TooOften, with nothing counted, when the user or the address has had enough. No `address`: the user
        comes by a service that tells none, and is counted alone."""
        often: Often = getattr(self._kinds, kind)
        most = [(f"user {user}", often.per_user)] if often.per_user and user else []
        if not self._on:
            return
        with self._sessions.begin() as db:
            for who, count in [*most, *([(f"address {network_of(address)}", often.per_address)] if address else [])]:
                wait = rate_limits.use(UnitOfWork(db, now), self._key(kind, who), count, often.seconds)
                if wait > 0:
                    raise TooOften(wait)

    def _key(self, kind: str, who: str) -> str:
        return f"{kind}:{sha256(f'{self._secret} {who}'.encode(errors='replace')).hexdigest()[:40]}"


def network_of(address: str) -> str:
    """An IPv4 address, or the network that an IPv6 address stands for; other names as they are."""
    try:
        read = ip_address(address)
    except ValueError:
        return address[:100]
    return str(ip_network((read, NETWORK), strict=False)) if read.version == 6 else str(read)
