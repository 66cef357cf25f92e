"""An operator who asks /readyz, and ways of really breaking what it tells of."""

import ctypes
import os
import resource
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from bot.storage import heartbeats
from bot.storage.unit_of_work import UnitOfWork
from bot.web.app import create_app
from bot.wiring import Runtime, build_services, utc_now
from tests.waiting import until

AN_HOUR = 3600.0
"""No answer of a part counts for so long."""


@dataclass
class Operator:
    """Somebody who asks /readyz, each time as if an hour had gone, so that every part is asked anew."""

    runtime: Runtime
    client: TestClient
    ahead: list[float]

    def asks(self) -> tuple[int, dict[str, Any]]:
        """The status and what every part says."""
        self.ahead[0] += AN_HOUR
        with self.runtime.deps.sessions.begin() as db:
            heartbeats.beat(UnitOfWork(db, utc_now()), "worker")
        return self.only_asks()

    def only_asks(self) -> tuple[int, dict[str, Any]]:
        """The same of a database that takes no write."""
        self.ahead[0] += AN_HOUR
        answer = self.client.get("/readyz")
        return answer.status_code, answer.json()

    def hears(self, part: str, *words: str, code: int = 503) -> None:
        """Sooner or later a part is told with these words, and the service by this code."""

        def told() -> bool:
            status, parts = self.only_asks()
            return status == code and part in parts["because"] and all(word in parts[part] for word in words)

        until(told, 30)

    def hears_that_all_is_well(self) -> None:
        """Sooner or later nothing is amiss."""
        until(lambda: self.asks()[1]["because"] == [])


def asking_of(runtime: Runtime) -> Operator:
    """An operator of this service; nobody listens on it but they."""
    ahead, services = [0.0], build_services(runtime)
    probes = replace(services.probes, seconds=lambda: time.monotonic() + ahead[0])
    return Operator(runtime, TestClient(create_app(replace(services, probes=probes))), ahead)


@contextmanager
def takes_no_write(engine: Engine) -> Iterator[None]:
    """Nothing can be written: PostgreSQL is told to refuse it, beside SQLite no file may grow any more."""
    if engine.dialect.name == "sqlite":
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        return
    name = engine.url.database
    _tell(engine, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    try:
        yield
    finally:
        _tell(engine, "SET default_transaction_read_only = off", f"ALTER DATABASE {name} RESET ALL")


def _tell(engine: Engine, *commands: str) -> None:
    """As its administrator; whoever is connected connects anew."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for command in commands:
            connection.execute(text(command))
    engine.dispose()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder in which nothing can be made, whoever we are: root is nobody meanwhile."""
    folder.chmod(0o500)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)


def ended(thread: threading.Thread, awake: Callable[[], object] = lambda: None) -> None:
    """A thread really ends in the midst of what it does."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(SystemExit))

    def over() -> bool:
        awake()
        thread.join(timeout=0.05)
        return not thread.is_alive()

    until(over)
