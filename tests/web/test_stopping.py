"""The program is told to stop: it finishes what is under way and ends well."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
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


@pytest.mark.usefixtures("verdict")
def test_a_signal_ends_web_and_worker_with_exit_code_0(tmp_path: Path) -> None:
    port = free_ports(1)[0]
    environ = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environ |= {"STATE_DIR": str(tmp_path), "PORT": str(port)}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve"], cwd=HOME, env=environ, stdout=log, stderr=log
        )

        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=2) as client:
                until(lambda: answers(client), 120)
            process.send_signal(signal.SIGTERM)

            assert process.wait(timeout=40) == 0
        finally:
            process.kill()
            process.wait()
