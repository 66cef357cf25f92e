"""A command that is used wrongly says so in one line, and makes nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.cli.opening import open_runtime
from bot.cli.staff import remember_address
from bot.config import load_settings
from bot.env_file import read_env_file
from bot.measuring.ask import Asking, explained
from bot.mind import Mind
from bot.wiring import HOME
from handoff.policy.model import Policy


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ask", "--jsonl"], "line 1 has no `text`"),
        (["excerpt", "--jsonl"], "line 1 has no `text`"),
        (["talk", "--jsonl"], "line 1 has no `user` or `press` or `new`"),
    ],
)
def test_a_row_without_its_text_is_told_with_its_line(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIR", str(tmp_path))

    result = CliRunner().invoke(app, words, input='{"foo": 1}\n')

    assert result.exit_code == 2 and told in result.stderr


def test_a_labelled_row_without_its_text_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"foo": 1}\n', encoding="utf-8")

    result = CliRunner().invoke(app, ["bench", "--train", str(rows), "--test", str(rows)])

    assert result.exit_code == 2 and "rows.jsonl:1" in result.stderr and "no `text`" in result.stderr


@pytest.mark.parametrize("words", [["check", "/nope"], ["check", "README.md"], ["check", "--kb", "/nope"]])
def test_a_folder_that_is_none_is_told_and_nothing_is_looked_at(words: list[str]) -> None:
    result = CliRunner().invoke(app, words)

    assert result.exit_code == 2 and result.stderr.strip() == f"there is no folder {words[-1]}"


def test_what_reads_a_database_makes_none(tmp_path: Path) -> None:
    place = tmp_path / "nope" / "x.db"

    result = CliRunner().invoke(app, ["report", "--database", f"sqlite:///{place}"])

    assert result.exit_code == 1 and f"there is no such database: {place}" in result.stderr
    assert not place.parent.exists()


def test_who_copies_the_example_and_sets_a_port_is_led_to_that_port(policy: Policy, tmp_path: Path) -> None:
    environ = {**read_env_file(HOME / ".env.example"), "STATE_DIR": str(tmp_path), "PORT": "8102"}

    assert load_settings(environ, HOME, policy).base_url == "http://127.0.0.1:8102"


def test_a_phrase_that_comes_of_a_keyword_names_its_file(mind: Mind, policy: Policy) -> None:
    keyword = next(one for one in mind.catalog.intents["account.mfa_not_working"].keywords if " " in one)
    asking = Asking(mind.reader, policy)

    told = explained(asking, asking.read(keyword))

    assert "intents/account_mfa_not_working.yml, keywords)" in told and "(:0)" not in told


def test_a_sign_in_link_leads_to_where_the_assistant_runs_when_no_port_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PORT", "BASE_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    assert CliRunner().invoke(app, ["migrate"]).exit_code == 0
    before = CliRunner().invoke(app, ["sign-in"]).stdout
    runtime = open_runtime()
    remember_address(replace(runtime, settings=replace(runtime.settings, base_url="http://127.0.0.1:8471")))

    after = CliRunner().invoke(app, ["sign-in"]).stdout
    monkeypatch.setenv("PORT", "9001")
    set_ = CliRunner().invoke(app, ["sign-in"]).stdout

    assert before.startswith("http://127.0.0.1:8000/") and after.startswith("http://127.0.0.1:8471/")
    assert set_.startswith("http://127.0.0.1:9001/")
