"""With the language of a_console_language.yml: pages come in it, days and lengths as Babel writes them there."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2

from bot.mind import Mind
from bot.web.language import load_language
from handoff.policy.model import Policy
from tests.web.conftest import served
from tests.web.test_queue import tickets_of


def test_the_queue_comes_in_it(sqlite: str, tmp_path: Path, policy: Policy, mind: Mind) -> None:
    for server in served(sqlite, policy, mind, tmp_path, CONSOLE_LANGUAGE="pt"):
        with httpx2.Client(base_url=server.base, timeout=30, headers={"Accept": "text/html"}) as browser:
            server.sign_in(browser, "Alex Morgan", "admin")
            tickets_of(server, 2)
            queue = browser.get("/console").text

        assert '<html lang="pt">' in queue and "Tickets em aberto" in queue


def test_days_and_lengths_are_written_as_there() -> None:
    portuguese, at = load_language("pt"), datetime(2026, 11, 24, 20, 40, tzinfo=UTC)

    assert portuguese.day(at.date()) == "24 de nov. de 2026" and portuguese.figure("12.5 %") == "12,5 %"
    assert portuguese.length(timedelta(hours=1)) == "1 hora" and portuguese.length(timedelta(hours=5)) == "5 horas"
