"""Settings: what is wrong is one line each, and stops the start; .env is read as .env.example says."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.config import Settings, SettingsError, Written, load_settings
from bot.env_file import EnvFileFault, read_env_file, with_env_file
from bot.storage.columns import Keys
from bot.storage.database import open_database, sessions_of
from bot.storage.start import CannotStart, prepare
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import HOME
from handoff.policy import Policy
from tests.conftest import TEST_KEYS

GOOD = "a-secret-of-the-tests-of-forty-characters"


def load(policy: Policy, folder: Path, **environ: str) -> Settings:
    """Settings of a demo in this folder."""
    return load_settings({"STATE_DIR": str(folder), **environ}, HOME, policy)


def faults(policy: Policy, folder: Path, **environ: str) -> list[str]:
    """What is wrong with them."""
    with pytest.raises(SettingsError) as refused:
        load(policy, folder, **environ)
    return refused.value.faults


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BOT_MODE", "prod", "demo or production"),
        ("HANDOFF_DETAIL", "minimum", "excerpt or minimal"),
        ("ANONYMOUS_CHAT", "yes", "on or off"),
        ("CONSOLE_LANGUAGE", "de", "en or es"),
        ("SLACK_GUESTS", "true", "on or off"),
        ("LIMITS", "0", "on or off"),
        ("PORT", "99999", "from 0 to 65535"),
        ("PORT", "８０００", "from 0 to 65535"),
        ("CHAT_JWT_LONGEST_HOURS", "0", "from 1 to"),
        ("BASE_URL", "http://", "not an address"),
        ("BASE_URL", "support.example.com", "not an address"),
        ("HELP_URL", "javascript:alert(1)", "not an address"),
        ("SLACK_API_URL", "nonsense", "not an address"),
        ("DATABASE_URL", "mysql://u:geheim@host/x", "not an address"),
        ("DATABASE_URL", "postgresql://u:geheim@/x", "name the machine"),
        ("DATABASE_URL", "postgresql://u:geheim@host:99999/x", "a port from 1 to"),
        ("MAIL_FROM", "not an address", "not an e-mail address"),
        ("MAIL_FROM", "Support <a@example.com>, b@example.net", "write one"),
        ("TRUSTED_PROXIES", "my proxy", "addresses or networks"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, 0.0.0.0/0", "nearly everybody"),
        ("TRUSTED_PROXIES", "2000::/3", "nearly everybody"),
        ("BASE_URL", "https://support.example.com/chat", "has a path"),
        ("BASE_URL", "https://support.example.com?a=b", "a `?` or a `#`"),
        ("HELP_URL", "https://help.example.com/#top", "a `?` or a `#`"),
        ("HELP_URL", "https://maria:geheim@help.example.com", "holds a user or a password"),
        ("CHAT_URL", "https://maria:geheim@app.example.com", "holds a user or a password"),
        ("ENCODER_DIR", str(HOME / "intents"), "no encoder"),
        ("SLACK_TIER2_CHANNEL", "C012AB3CD", "nothing without SLACK_BOT_TOKEN"),
        ("SLACK_STAFF_GROUP", "S012AB3CD", "nothing without SLACK_BOT_TOKEN"),
        ("PAGER_WEBHOOK_SECRET", "whsec_geheim", "nothing without PAGER_WEBHOOK_URL"),
        ("SECRET_KEY", "s" * 40, "anybody could guess"),
        ("SECRET_KEY", "short", "needs at least 32"),
        ("SECRET_KEY", f"{GOOD}, short", "needs at least 32"),
        ("CHAT_JWT_SECRET", "abababababababababababababababababab", "anybody could guess"),
        ("INTENTS_DIR", "/nowhere/at/all", "no folder"),
        ("ENCODER_DIR", "/nowhere/at/all", "no folder"),
        ("SLACK_TIER2_CHANNEL", "#support", "not an id of Slack's"),
        ("SLACK_BOT_TOKEN", "xoxp-user", "begins with xoxb-"),
        ("SLACK_TEIR2_CHANNEL", "C012", "did you mean SLACK_TIER2_CHANNEL?"),
        ("SLACK_CHANNEL", "C012", "is no setting"),
        ("HANDOF_DETAIL", "minimal", "did you mean HANDOFF_DETAIL?"),
        ("ANONYMUS_CHAT", "off", "did you mean ANONYMOUS_CHAT?"),
        ("SECRETKEY", GOOD, "did you mean SECRET_KEY?"),
        ("slack_bot_token", "xoxb-1", "did you mean SLACK_BOT_TOKEN?"),
        ("SECRET_KEY_FILE", "/nowhere/secret", "cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_stops_the_start_with_one_line(
    policy: Policy, tmp_path: Path, name: str, value: str, told: str
) -> None:
    found = faults(policy, tmp_path, **{name: value})

    assert any(name.removesuffix("_FILE") in fault and told in fault for fault in found), found
    assert all("\n" not in fault and "geheim" not in fault for fault in found)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BASE_URL", "http://support.example.com", "https://"),
        ("SMTP_URL", "smtp://user:pw@mail.example.com", "unencrypted"),
        ("IMAP_URL", "imap://user:pw@mail.example.com/INBOX", "unencrypted"),
        ("IMAP_URL", "imaps://user:pw@mail.example.com", "MAIL_AUTHSERV_ID is missing"),
        ("IMAP_URL", "imaps://user:pw@mail.example.com", "does not go without SMTP_URL"),
        ("DATABASE_URL", "sqlite://", "in memory"),
        ("DATABASE_URL", "sqlite:///", "in memory"),
        ("DATABASE_URL", "sqlite:///:memory:", "in memory"),
        ("SLACK_BOT_TOKEN", "xoxb-1", "SLACK_TIER2_CHANNEL is missing"),
        ("PAGER_WEBHOOK_URL", "http://pager.example.com/hook", "PAGER_WEBHOOK_URL begins with http://"),
        ("SLACK_API_URL", "http://slack.example.com/api/", "SLACK_API_URL begins with http://"),
        ("HELP_URL", "http://help.example.com", "HELP_URL begins with http://"),
        ("CHAT_URL", "http://app.example.com/chat", "CHAT_URL begins with http://"),
        ("SLACK_SIGNING_SECRET", "x", "SLACK_SIGNING_SECRET could be guessed"),
        ("METRICS_TOKEN", "a", "METRICS_TOKEN could be guessed"),
        ("METRICS_TOKEN", "a" * 40, "METRICS_TOKEN could be guessed"),
        ("LIMITS", "off", "LIMITS is off"),
        ("SECRET_KEY", " " * 40, "SECRET_KEY is missing"),
    ],
)
def test_production_asks_for_more(policy: Policy, tmp_path: Path, name: str, value: str, told: str) -> None:
    assert any(told in fault for fault in faults(policy, tmp_path, **{"BOT_MODE": "production", name: value}))


def test_production_needs_another_secret_for_identities_than_for_what_is_stored(policy: Policy, tmp_path: Path) -> None:
    other = "another-secret-of-the-tests-of-many-characters"
    same = {"BOT_MODE": "production", "SECRET_KEY": f"{other}, {GOOD}", "CHAT_JWT_SECRET": GOOD}

    assert any("CHAT_JWT_SECRET is SECRET_KEY" in fault for fault in faults(policy, tmp_path, **same))
    apart = faults(policy, tmp_path, **{**same, "CHAT_JWT_SECRET": "a-third-secret-of-the-tests-of-many-letters"})
    assert not any("CHAT_JWT_SECRET" in fault for fault in apart)


def test_whole_settings_of_production_are_refused_for_nothing_else(policy: Policy, tmp_path: Path) -> None:
    whole = {
        "BOT_MODE": "production",
        "SECRET_KEY": GOOD,
        "CHAT_JWT_SECRET": "another-secret-of-the-tests-of-many-letters",
        "BASE_URL": "https://support.example.com",
        "HELP_URL": "https://help.example.com",
        "DATABASE_URL": f"sqlite:///{tmp_path}/memory.db",
        "SMTP_URL": "smtps://user:pw@mail.example.com",
        "IMAP_URL": "imaps://user:pw@mail.example.com",
        "MAIL_AUTHSERV_ID": "mail.example.com",
        "MAIL_FROM": "SmartMed Support <support@example.com>",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef",
        "SLACK_TIER2_CHANNEL": "C012AB3CD",
        "METRICS_TOKEN": "0123456789abcdef",
    }

    assert all(fault.startswith("handoff/guide/") for fault in faults(policy, tmp_path, **whole))


def test_that_no_sender_is_proven_can_be_meant(policy: Policy, tmp_path: Path) -> None:
    meant = {"BOT_MODE": "production", "IMAP_URL": "imaps://mail.example.com", "MAIL_AUTHSERV_ID": "none"}

    assert not any("MAIL_AUTHSERV_ID" in fault for fault in faults(policy, tmp_path, **meant))
    assert load(policy, tmp_path, MAIL_AUTHSERV_ID="None").mail_authserv_id == ""


def test_what_others_put_into_the_environment_is_none_of_our_business(policy: Policy, tmp_path: Path) -> None:
    others = {"PATH": "/bin", "MAIL": "/var/mail/root", "STATE_DIRECTORY": "/x", "AWS_SECRET_KEY": "x", "SMTPD": "x"}

    assert load(policy, tmp_path, **others).demo


def test_an_empty_setting_is_none(policy: Policy, tmp_path: Path) -> None:
    assert load(policy, tmp_path, BOT_MODE="", ANONYMOUS_CHAT=" ", DATABASE_URL="").anonymous_chat


def test_new_and_old_may_be_written_with_a_space(policy: Policy, tmp_path: Path) -> None:
    old = load(policy, tmp_path, SECRET_KEY=GOOD)
    both = load(policy, tmp_path, SECRET_KEY=f"another-{GOOD} , {GOOD}", CHAT_JWT_SECRET=f"new-{GOOD}, {GOOD}")

    assert both.encryption_keys()[1] == old.encryption_keys()[0]
    assert (both.chat_jwt_secret, both.chat_jwt_older) == (f"new-{GOOD}", (GOOD,))


def test_the_example_names_every_setting_and_can_be_copied_as_it_is(policy: Policy, tmp_path: Path) -> None:
    example = read_env_file(HOME / ".env.example")
    written = Written({"STATE_DIR": str(tmp_path)})
    load_settings(written, HOME, policy)

    assert set(example) == {name for name in written.asked if not name.endswith("_FILE")}
    assert load(policy, tmp_path, **{**example, "STATE_DIR": str(tmp_path)}).demo
    assert not re.search(r"^[A-Z_]+=.*#", (HOME / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)


def test_env_is_read_beside_the_program_and_the_environment_goes_before_it(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "# a comment\n\nBOT_MODE=production\nexport PORT=1 # why\nSECRET_KEY='a # b'\nHELP_URL=  # empty\n",
        encoding="utf-8",
    )

    found = with_env_file({"PORT": "2", "BOT_MODE": ""}, tmp_path)

    assert found == {"BOT_MODE": "production", "PORT": "2", "SECRET_KEY": "a # b", "HELP_URL": ""}


def test_a_line_of_env_that_nobody_understands_is_told_with_its_number_and_not_repeated(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=1\nSECRET geheim\n", encoding="utf-8")

    with pytest.raises(EnvFileFault, match=r"^\.env:2: write NAME=value$"):
        read_env_file(tmp_path / ".env")


def test_every_unknown_name_of_env_is_a_fault(policy: Policy, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("QUITE_UNKNOWN=1\n", encoding="utf-8")
    environ = with_env_file({"STATE_DIR": str(tmp_path), "INTENTS_DIR": str(HOME / "intents")}, tmp_path)

    with pytest.raises(SettingsError) as refused:
        load_settings(environ, tmp_path, policy)
    assert refused.value.faults == ["QUITE_UNKNOWN is no setting"]


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
    """A database that was used with the tests' keys, whatever keys an earlier test's runtime had."""
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
    from sqlalchemy import text

    from bot.storage import conversations
    from tests.makers import MARIA, NINE

    engine = open_database(f"sqlite:///{sealed}")
    with sessions_of(engine).begin() as db:
        conversations.open_one(UnitOfWork(db, NINE), MARIA, "in_app_chat", {})
        db.execute(text("DELETE FROM seals"))
    engine.dispose()

    assert not starts(sealed, OTHER) and starts(sealed, *TEST_KEYS)


def test_an_older_or_newer_schema_is_one_line_for_whoever_does_not_migrate(tmp_path: Path) -> None:
    from sqlalchemy import text

    from bot.storage.migrate import migrate

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
