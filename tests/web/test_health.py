"""Alive is said at once whatever the database does; ready is asked of every part, for a bounded time."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx2
import pytest

from bot.channels.base import OFF, OK
from bot.web.probes import Probe, Probes, Said
from bot.web.problems import add_problem_handlers
from tests.waiting import in_a_loop, until
from tests.web.conftest import Server

THREADS_OF_THE_WEB = 40
"""So many requests are worked on at once."""


def test_alive_is_answered_while_the_database_is_locked_and_every_thread_waits(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        conversation = client.post("/api/v1/conversations").json()["id"]
    lock = sqlite3.connect(sqlite_server.runtime.engine.url.database, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")

    def write(n: int) -> None:
        with sqlite_server.client() as client, suppress(httpx2.TimeoutException):
            client.post(f"/api/v1/conversations/{conversation}/messages", json={"client_id": f"c{n}", "text": "hello"})

    writers = [threading.Thread(target=write, args=(n,)) for n in range(60)]
    for writer in writers:
        writer.start()
    until(lambda: sum("AnyIO" in thread.name for thread in threading.enumerate()) >= THREADS_OF_THE_WEB)
    with _rolled_back(lock, writers), httpx2.Client(base_url=sqlite_server.base, timeout=60) as client:
        for _ in range(10):
            assert client.get("/healthz").status_code == 200
        waiting = [writer for writer in writers if writer.is_alive()]
        ready = client.get("/readyz")

    assert waiting, "whoever writes has been answered, so nobody was in the way of /healthz"
    assert ready.status_code == 503 and "database" in ready.json()["because"]
    assert ready.json()["database"].startswith("no answer for"), "it is answered while the database still waits"


@contextmanager
def _rolled_back(lock: sqlite3.Connection, writers: list[threading.Thread]) -> Iterator[None]:
    try:
        yield
    finally:
        lock.execute("ROLLBACK")
        lock.close()
        for writer in writers:
            writer.join(timeout=30)


def answers(probes: Probes) -> dict[str, Said]:
    """What the parts say."""
    return in_a_loop(probes.answers())


def test_a_part_is_asked_once_in_a_while_and_one_that_hangs_holds_up_nobody() -> None:
    asked, hang = [], threading.Event()

    def fine() -> str:
        asked.append(1)
        return OK

    def broken() -> str:
        raise RuntimeError("words of somebody")

    probes = Probes({"fine": Probe(fine, 60), "stuck": Probe(hang.wait, 60), "broken": Probe(broken, 60, needed=False)})
    first, second = answers(probes), answers(probes)
    hang.set()  # not before: whoever waited for the part that hangs would not be here
    until(lambda: answers(probes)["stuck"] is True)

    assert len(asked) == 1
    assert (
        first["fine"] == OK and str(second["stuck"]).startswith("no answer for") and second["broken"] == "RuntimeError"
    )
    assert probes.failing(second, needed=True) == ["stuck"] and probes.failing(second, needed=False) == ["broken"]


def test_what_is_off_is_not_amiss() -> None:
    probes = Probes({"slack": Probe(lambda: OFF, 60)})

    assert probes.failing(answers(probes), needed=True) == []


def test_a_pool_that_is_used_up_is_unavailable_and_no_fault_of_the_caller() -> None:
    from fastapi import FastAPI
    from sqlalchemy.exc import TimeoutError as PoolTimeout
    from starlette.testclient import TestClient

    app = FastAPI()
    add_problem_handlers(app, {"unavailable": "Please try again."}, lambda *_: None)  # type: ignore[arg-type,return-value]

    @app.get("/")
    def used_up() -> None:
        raise PoolTimeout("QueuePool limit")

    answer = TestClient(app).get("/")
    assert answer.status_code == 503 and answer.headers["retry-after"] and "Pool" not in answer.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_other_sites_may_not_read_how_we_are(sqlite_server: Server, path: str) -> None:
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        assert "access-control-allow-origin" not in client.get(path, headers={"Origin": "https://x.test"}).headers


def test_a_file_that_ends_the_reading_of_files_is_a_fault_and_not_the_end_of_the_watch(sqlite_server: Server) -> None:
    current = sqlite_server.runtime.current

    def raising() -> None:
        raise TypeError("unhashable")

    current._build = raising  # type: ignore[assignment]
    assert not current.renew() and "TypeError" in current.fault
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        ready = client.get("/readyz")
    assert ready.status_code == 200 and ready.json()["status"] == "degraded" and ready.json()["because"] == ["intents"]
