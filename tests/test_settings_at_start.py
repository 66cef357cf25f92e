"""Settings at the start: what the command line says of a store, a folder or a key that cannot be used."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from bot.__main__ import app
from bot.storage import conversations
from bot.storage.columns import Keys
from bot.storage.database import open_database, sessions_of
from bot.storage.migrate import migrate
from bot.storage.start import CannotStart, prepare
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import HOME
from tests.conftest import TEST_KEYS
from tests.makers import MARIA, NINE

GOOD = "a-secret-of-the-tests-of-forty-characters"


@dataclass(frozen=True)
class Ended:
    """How the command line ended, and what it said."""

    code: int
    said: str
    complained: str


def alone(environ: dict[str, str]) -> dict[str, str]:
    """An environment with these settings and no others."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "OMP_NUM_THREADS": "1", **environ}


def run(*words: str, **environ: str) -> Ended:
    """The command line with these settings alone."""
    with patch.dict(os.environ, alone(environ), clear=True):
        result = CliRunner().invoke(app, words)
    return Ended(result.exit_code, result.stdout, result.stderr)


def run_apart(*words: str, **environ: str) -> Ended:
    """The same as a program of its own."""
    command, told = [sys.executable, "-m", "bot", *words], alone(environ)
    done = subprocess.run(command, cwd=HOME, env=told, capture_output=True, text=True, timeout=120, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


NOT_USABLE = [
    ("postgresql://u:geheim@127.0.0.1:1/x", "127.0.0.1"),
    ("postgresql://u:geheim@no-such-host.invalid/x", "no-such-host.invalid"),
    ("sqlite:////proc/nowhere/x.db", "/proc"),
]


def is_one_line(ended: Ended, told: str) -> bool:
    """Whether it was refused by one line that tells this and no password."""
    lines = ended.complained.strip().splitlines()
    return ended.code != 0 and len(lines) == 1 and told in lines[0] and "geheim" not in lines[0]


@pytest.mark.parametrize(("address", "told"), NOT_USABLE)
def test_a_database_that_cannot_be_used_is_one_line(tmp_path: Path, address: str, told: str) -> None:
    assert is_one_line(run("migrate", DATABASE_URL=address, STATE_DIR=str(tmp_path), SECRET_KEY=GOOD), told)


def test_it_is_the_only_line_that_the_whole_program_writes(tmp_path: Path) -> None:
    address, told = NOT_USABLE[0]
    assert is_one_line(run_apart("migrate", DATABASE_URL=address, STATE_DIR=str(tmp_path), SECRET_KEY=GOOD), told)


def test_a_state_folder_that_cannot_be_written_is_one_line() -> None:
    assert is_one_line(run("migrate", STATE_DIR="/proc/nowhere"), "STATE_DIR")


def test_production_has_no_member_of_staff_by_default(tmp_path: Path) -> None:
    result = run("sign-in", BOT_MODE="production", STATE_DIR=str(tmp_path))

    assert result.code != 0 and "/console/sign-in" not in result.said


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """A database that was used with the tests' keys, whatever keys an earlier test's house had."""
    Keys.use(TEST_KEYS)
    engine = open_database(f"sqlite:///{tmp_path / 'sealed.db'}")
    prepare(engine, bring_up=True)
    engine.dispose()
    yield tmp_path / "sealed.db"
    Keys.use(TEST_KEYS)


OTHER = b"y" * 43 + b"="


def starts(database: Path, *keys: bytes) -> bool:
    """Whether the program starts on it with these keys."""
    Keys.use(list(keys))
    engine = open_database(f"sqlite:///{database}")
    try:
        prepare(engine, bring_up=False)
    except CannotStart as refusal:
        return not str(refusal).startswith("SECRET_KEY is not the one")
    finally:
        engine.dispose()
    return True


def test_a_wrong_key_is_noticed_at_the_start_and_a_key_that_was_used_is_needed_for_good(sealed: Path) -> None:
    assert starts(sealed, *TEST_KEYS)
    assert not starts(sealed, OTHER)
    assert starts(sealed, OTHER, *TEST_KEYS)
    assert not starts(sealed, OTHER) and not starts(sealed, *TEST_KEYS)


def test_a_database_from_before_the_seals_is_tried_by_its_newest_words(sealed: Path) -> None:
    engine = open_database(f"sqlite:///{sealed}")
    with sessions_of(engine).begin() as db:
        conversations.open_one(UnitOfWork(db, NINE), MARIA, "in_app_chat", {})
        db.execute(text("DELETE FROM seals"))
    engine.dispose()

    assert not starts(sealed, OTHER) and starts(sealed, *TEST_KEYS)


def test_an_older_or_newer_schema_is_one_line_for_whoever_does_not_migrate(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'old.db'}")
    migrate(engine, "0003")
    with pytest.raises(CannotStart, match="run `python -m bot migrate` first"):
        prepare(engine, bring_up=False)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(CannotStart, match="install the newer version"):
        prepare(engine, bring_up=False)
    engine.dispose()
