"""The program is told to stop: it finishes what is under way and ends well."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx2
import pytest

from bot.wiring import HOME
from tests.channels.test_slack_chaos import free_ports
from tests.waiting import until


def answers(client: httpx2.Client) -> bool:
    """Whether the program is up."""
    with suppress(httpx2.HTTPError):
        return client.get("/healthz").status_code == 200
    return False


@contextmanager
def running(place: Path, port: int, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """One of our programs, with a state of its own, until this ends."""
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environ |= {"STATE_DIR": str(place), "PORT": str(port)}
    with (place / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", *command], cwd=HOME, env=environ, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()


@pytest.mark.usefixtures("verdict")
def test_a_signal_ends_web_worker_and_open_streams_with_exit_code_0_and_no_error(tmp_path: Path) -> None:
    port = free_ports(1)[0]
    client = httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=20)
    with running(tmp_path, port, "bot", "serve") as process, client:
        until(lambda: answers(client), 120)
        signed_in = client.post("/demo/sign-in", json={}, headers={"Origin": f"http://127.0.0.1:{port}"})
        client.headers["Authorization"] = f"Bearer {signed_in.json()['token']}"
        place = f"/api/v1/conversations/{client.post('/api/v1/conversations').json()['id']}"
        with client.stream("GET", f"{place}/events") as stream:
            assert stream.status_code == 200
            process.send_signal(signal.SIGTERM)
            ended = process.wait(timeout=120)

    log = (tmp_path / "log").read_text(encoding="utf-8")
    assert ended == 0 and "Traceback" not in log and "rror" not in log


@pytest.mark.usefixtures("verdict")
def test_another_server_runs_the_application_which_watches_its_files_and_says_that_no_worker_runs(
    tmp_path: Path,
) -> None:
    port = free_ports(1)[0]
    with running(tmp_path, port, "bot", "migrate") as migrating:
        assert migrating.wait(timeout=120) == 0
    own = ("--port", str(port), "--timeout-graceful-shutdown", "2")
    with running(tmp_path, port, "uvicorn", "bot.asgi:app", *own) as process:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=20) as client:
            until(lambda: answers(client), 120)
            told = client.get("/readyz")
        process.send_signal(signal.SIGTERM)
        ended = process.wait(timeout=120)

    assert told.status_code == 503 and told.json()["watcher"] == "ok"
    assert told.json()["because"] == ["worker"] and told.json()["worker"] == "no sign of life"
    assert ended in (0, -signal.SIGTERM)
