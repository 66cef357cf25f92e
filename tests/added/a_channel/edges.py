"""With the channel of a_channel.yml: who is believed at its endpoint, who may ask, and that channels still do not know each other."""

import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest
from joserfc.jwk import RSAKey
from sqlalchemy import func, select

from bot.storage.tables import MessageRow
from tests.added.a_channel.double import Client, TeamsDouble
from tests.documents import HOME
from tests.waiting import until
from tests.web.conftest import Server


def count_of_lines(server: Server) -> int:
    with server.deps.reading.begin() as db:
        return db.scalar(select(func.count(MessageRow.id))) or 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another-app"},
        {"iss": "https://example.com"},
        {"serviceurl": "https://evil.example"},
        {"exp": int(time.time()) - 4000},
        {"nbf": int(time.time()) + 4000, "exp": int(time.time()) + 8000},
    ],
)
def test_a_token_for_others_or_of_another_time_is_not_believed(
    teams: Client, double: TeamsDouble, server: Server, wrong: dict[str, object]
) -> None:
    assert teams.send(double.activity("hello"), double.token(**wrong)) == 401
    assert count_of_lines(server) == 0


def test_nobody_else_can_sign_and_nothing_unsigned_is_taken(teams: Client, double: TeamsDouble, server: Server) -> None:
    forged = double.token(RSAKey.generate_key(2048, {"kid": "one"}))

    assert [teams.send(double.activity("hello"), token) for token in (forged, "", "a.b.c")] == [401, 401, 401]
    assert httpx2.post(f"{teams.base}/teams/activities", content=b"{", timeout=60).status_code == 400
    assert count_of_lines(server) == 0


def test_what_is_delivered_again_is_answered_once(teams: Client, double: TeamsDouble, server: Server) -> None:
    activity = double.activity("my code never works")
    teams.does(activity)
    before = count_of_lines(server)

    assert teams.send(activity) == 200
    assert count_of_lines(server) == before


def test_people_of_another_organization_are_told_where_they_are_helped(teams: Client, server: Server) -> None:
    stranger = teams.double.activity("hello", "a:gil", who="gil")
    stranger["conversation"] = {**stranger["conversation"], "tenantId": "tenant-2"}

    assert "SmartMed app" in teams.does(stranger)[0] and count_of_lines(server) == 0


def test_a_button_of_somebody_else_is_not_pressed(teams: Client, server: Server) -> None:
    teams.says("my code never works")
    until(lambda: teams.double.buttons())
    gives = next(iter(teams.double.buttons().values()))
    before = count_of_lines(server)

    assert "person who asked" in teams.does(teams.double.activity(value=gives, who="bo"))[-1]
    assert count_of_lines(server) == before


def test_it_says_how_it_is(teams: Client) -> None:
    assert httpx2.get(f"{teams.base}/readyz", timeout=60).json()["teams"] == "ok"


def test_its_words_are_read_by_the_gate_and_its_settings_are_told_with_their_faults(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "bot", "migrate"]
    environ = {"PYTHONPATH": str(HOME), "STATE_DIR": str(tmp_path), "TEAMS_TENANT": "tenant-1"}
    refused = subprocess.run(asked, cwd=HOME, env=environ, capture_output=True, text=True, timeout=120, check=False)

    assert "TEAMS_TENANT does nothing without TEAMS_APP_ID" in refused.stdout + refused.stderr


def test_the_contracts_of_the_channels_hold_with_it() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [program, "--no-cache"], cwd=HOME, env={"PYTHONPATH": str(HOME)}, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout[-2000:]
