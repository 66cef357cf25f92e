"""Settings: what is wrong is one line each, and stops the start; .env is read as .env.example says."""

import re
from pathlib import Path

import pytest

from bot.config import Settings, SettingsError, Written, load_settings
from bot.config.of_channels import channel_settings
from bot.env_file import EnvFileFault, read_env_file, with_env_file
from bot.wiring import HOME
from handoff.data_files import DataFaults
from handoff.policy.model import Policy
from tests.documents import OF_CHANNELS, settings_told

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


@pytest.mark.parametrize("name", ["INTENTS_DIR", "KB_DIR"])
@pytest.mark.parametrize("below", [".", "state", "a/b"])
@pytest.mark.parametrize("what", ["STATE_DIR", "DATABASE_URL"])
def test_nothing_that_we_write_may_lie_in_a_folder_that_is_watched(
    policy: Policy, tmp_path: Path, name: str, below: str, what: str
) -> None:
    watched, link = tmp_path / "watched", tmp_path / "by another way"
    watched.mkdir()
    link.symlink_to(watched)
    place = link / below
    places = {"STATE_DIR": {"STATE_DIR": str(place)}, "DATABASE_URL": {"DATABASE_URL": f"sqlite:///{place}/x.db"}}

    found = faults(policy, tmp_path / "var", **{name: str(watched)}, **places[what])

    assert len(found) == 1 and found[0].startswith(f"{what} lies in {name}")
    assert not list(watched.iterdir()), "nothing was written there before it was refused"


@pytest.mark.parametrize("name", ["INTENTS_DIR", "KB_DIR"])
def test_what_people_keep_may_lie_beside_what_we_write_but_not_among_copies_that_are_thrown_away(
    policy: Policy, tmp_path: Path, name: str
) -> None:
    beside, among = tmp_path / "intents", tmp_path / "versions" / "intents"
    for folder in (beside, among):
        folder.mkdir(parents=True)

    assert load(policy, tmp_path, **{name: str(beside)}).demo
    assert "copies are kept and thrown away there" in faults(policy, tmp_path, **{name: str(among)})[0]


def test_the_folders_that_are_ours_by_default_are_watched_too(policy: Policy) -> None:
    assert "STATE_DIR lies in INTENTS_DIR" in faults(policy, HOME / "intents" / "state")[0]


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

    of_channels = {name for document in OF_CHANNELS for name in settings_told(document)}
    assert set(example) | of_channels == {name for name in written.asked if not name.endswith("_FILE")}
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


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("TEAMS_TENANT: {needs: {TEAMS_APP: nobody would hear}}", "TEAMS_APP, which is no setting"),
        ("TEAMS_PASSWORD: {shortest: 32}", "add `secret: true`"),
        ("TEAMS_URL: {goes_there: words go there}", "add `schemes`"),
    ],
)
def test_a_rule_of_a_channels_setting_that_would_do_nothing_is_refused(written: str, told: str, tmp_path: Path) -> None:
    folder = tmp_path / "bot" / "channels" / "teams"
    folder.mkdir(parents=True)
    (folder / "settings.yml").write_text(f"settings:\n  {written}\n", encoding="utf-8")

    with pytest.raises(DataFaults, match=re.escape(told)):
        channel_settings(folder.parent)
