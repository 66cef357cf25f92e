"""Settings: read once from the environment by a composition root; every fault at once, each in plain words."""

from base64 import b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlsplit

from handoff.policy import Policy

SECRETS = (
    "SECRET_KEY",
    "CHAT_JWT_SECRET",
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_APP_TOKEN",
    "SMTP_URL",
    "IMAP_URL",
    "PAGER_WEBHOOK_SECRET",
    "DATABASE_URL",
)
SHORTEST_SECRET = 32
SHORTEST_PAGER_KEY = 24
PAGER_PREFIX = "whsec_"
DEMO_PORT = "8000"
CHOICES = {"HANDOFF_DETAIL": ("excerpt", "minimal"), "HANDOFF_NAMES": ("off", "on")}
"""Switches and what may be written there; the first is meant where nothing is."""
SCHEMES = {
    "BASE_URL": ("http", "https"),
    "CHAT_URL": ("https", "http"),
    "SMTP_URL": ("smtp", "smtp+starttls", "smtps"),
    "IMAP_URL": ("imap", "imap+starttls", "imaps"),
    "PAGER_WEBHOOK_URL": ("https", "http"),
}
TEAM_CHANNELS = {
    "support": "SLACK_TIER2_CHANNEL",
    "engineering": "SLACK_TIER3_CHANNEL",
    "security": "SLACK_SECURITY_CHANNEL",
    "compliance": "SLACK_COMPLIANCE_CHANNEL",
}


class SettingsError(ValueError):
    """What is missing or wrong in the settings, all of it."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one installation to the next."""

    mode: str
    database_url: str
    base_url: str
    port: int
    secret_key: str
    chat_jwt_secret: str
    anonymous_chat: bool
    intents: Path
    articles: Path
    encoder_dir: str
    help_url: str
    state_dir: Path
    withhold_words: bool = False
    show_names: bool = False
    chat_url: str = ""
    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""
    slack_api_url: str = "https://slack.com/api/"
    slack_staff_group: str = ""
    slack_guests: bool = False
    team_channels: Mapping[str, str] = field(default_factory=dict)
    smtp_url: str = ""
    imap_url: str = ""
    mail_from: str = "support@smartmed.com"
    pager_url: str = ""
    pager_key: bytes = b""

    @property
    def demo(self) -> bool:
        """True where demo sign-ins and one-time links are offered."""
        return self.mode == "demo"

    @property
    def slack_on(self) -> bool:
        """True when Slack can be reached both ways."""
        return bool(self.slack_bot_token and (self.slack_signing_secret or self.slack_app_token))

    def encryption_keys(self) -> list[bytes]:
        """Keys for the bodies in the database, derived from the secret; newest first."""
        return [derived_key(part, "bodies") for part in self.secret_key.split(",")]

    def signing_key(self, purpose: str) -> str:
        """A key for signing one kind of thing."""
        return derived_key(self.secret_key.split(",")[0], purpose).decode()


def derived_key(secret: str, purpose: str) -> bytes:
    """A 32-byte key for one purpose, url-safe base64 (the form that Fernet takes)."""
    return urlsafe_b64encode(sha256(f"smartmed {purpose} {secret}".encode()).digest())


def load_settings(environ: Mapping[str, str], home: Path, policy: Policy) -> Settings:
    """The settings; raises SettingsError with every fault. `home` is where the repository's data lies."""
    faults: list[str] = []
    env = _with_secret_files(environ, faults)
    mode = env.get("BOT_MODE", "demo")
    state = Path(env.get("STATE_DIR", str(home / "var")))
    port = _port(env, faults)
    base = env.get("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    secret = env.get("SECRET_KEY") or (_demo_secret(state) if mode == "demo" else "")
    chat_secret = env.get("CHAT_JWT_SECRET") or derived_key(secret, "chat identity").decode()
    faults += [*_mode_faults(env, mode, policy), *_address_faults({**env, "BASE_URL": base})]
    faults += [*_choice_faults(env), *_slack_faults(env), *_secret_faults(env, chat_secret)]
    if faults:
        raise SettingsError(faults)
    return Settings(
        mode=mode,
        database_url=env.get("DATABASE_URL") or f"sqlite:///{state / 'smartmed.db'}",
        base_url=base,
        port=port,
        secret_key=secret,
        chat_jwt_secret=chat_secret,
        anonymous_chat=env.get("ANONYMOUS_CHAT", "on" if mode == "demo" else "off") == "on",
        intents=Path(env.get("INTENTS_DIR", str(home / "intents"))),
        articles=Path(env.get("KB_DIR", str(home / "kb_articles"))),
        encoder_dir=env.get("ENCODER_DIR", ""),
        help_url=env.get("HELP_URL") or (f"{base}/help" if mode == "demo" else f"https://{policy.knowledge_base.host}"),
        state_dir=state,
        withhold_words=env.get("HANDOFF_DETAIL") == "minimal",
        show_names=env.get("HANDOFF_NAMES") == "on",
        chat_url=env.get("CHAT_URL", ""),
        mail_from=env.get("MAIL_FROM") or policy.channels.channels["email"].contact,
        smtp_url=env.get("SMTP_URL", ""),
        imap_url=env.get("IMAP_URL", ""),
        pager_url=env.get("PAGER_WEBHOOK_URL", ""),
        pager_key=_pager_key(env) or b"",
        **_slack_settings(env),
    )


def _slack_settings(env: Mapping[str, str]) -> dict[str, Any]:
    """The fields that are about Slack."""
    tier2 = env.get("SLACK_TIER2_CHANNEL", "")
    channels = {team: env.get(name) or tier2 for team, name in TEAM_CHANNELS.items()}
    on = bool(env.get("SLACK_BOT_TOKEN"))
    return {
        "slack_bot_token": env.get("SLACK_BOT_TOKEN", ""),
        "slack_signing_secret": env.get("SLACK_SIGNING_SECRET", ""),
        "slack_app_token": env.get("SLACK_APP_TOKEN", ""),
        "slack_api_url": env.get("SLACK_API_URL", "https://slack.com/api/"),
        "slack_staff_group": env.get("SLACK_STAFF_GROUP", ""),
        "slack_guests": env.get("SLACK_GUESTS", "off") == "on",
        "team_channels": {team: channel for team, channel in channels.items() if channel} if on else {},
    }


def _mode_faults(env: Mapping[str, str], mode: str, policy: Policy) -> list[str]:
    if mode not in ("demo", "production"):
        return [f"BOT_MODE is `{mode}`: write demo or production"]
    return _missing_in_production(env, policy) if mode == "production" else []


def _address_faults(env: Mapping[str, str]) -> Iterator[str]:
    """Addresses that cannot be one. What they hold is not repeated: there may be a password in it."""
    for name, schemes in SCHEMES.items():
        written = env.get(name, "")
        try:
            parts = urlsplit(written)
            good = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            good = False
        if written and not good:
            kinds = " or ".join(f"{scheme}://" for scheme in schemes)
            yield f"{name} is not an address: begin with {kinds} and name the machine"


def _choice_faults(env: Mapping[str, str]) -> Iterator[str]:
    """A switch of privacy that is misspelt would show more than was meant: it stops the start."""
    for name, choices in CHOICES.items():
        written = env.get(name) or choices[0]
        if written not in choices:
            yield f"{name} is `{written}`: write {' or '.join(choices)}"


def _slack_faults(env: Mapping[str, str]) -> Iterator[str]:
    if bool(env.get("SLACK_BOT_TOKEN")) != bool(env.get("SLACK_SIGNING_SECRET") or env.get("SLACK_APP_TOKEN")):
        yield "Slack needs SLACK_BOT_TOKEN and one of SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)"


def _secret_faults(env: Mapping[str, str], chat_secret: str) -> Iterator[str]:
    if len(chat_secret) < SHORTEST_SECRET:
        yield f"CHAT_JWT_SECRET has {len(chat_secret)} characters: it needs at least {SHORTEST_SECRET}"
    key = _pager_key(env)
    if env.get("PAGER_WEBHOOK_URL") and (key is None or len(key) < SHORTEST_PAGER_KEY):
        yield f"PAGER_WEBHOOK_SECRET: write {PAGER_PREFIX} and then {SHORTEST_PAGER_KEY} bytes or more in base64"


def _pager_key(env: Mapping[str, str]) -> bytes | None:
    """The key behind a secret as Standard Webhooks writes it; None for one that is not in that form."""
    try:
        return b64decode(env.get("PAGER_WEBHOOK_SECRET", "").removeprefix(PAGER_PREFIX), validate=True)
    except (Base64Error, ValueError):
        return None


def _with_secret_files(environ: Mapping[str, str], faults: list[str]) -> dict[str, str]:
    env = dict(environ)
    for name in SECRETS:
        path = env.get(f"{name}_FILE")
        if not path:
            continue
        try:
            env[name] = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            faults.append(f"{name}_FILE: {path} cannot be read ({error.strerror})")
    return env


def _port(env: Mapping[str, str], faults: list[str]) -> int:
    written = env.get("PORT", DEMO_PORT)
    if written.isdigit() and 0 <= int(written) < 65536:
        return int(written)
    faults.append(f"PORT is `{written}`: write a number from 0 to 65535")
    return int(DEMO_PORT)


def _missing_in_production(env: Mapping[str, str], policy: Policy) -> list[str]:
    faults = []
    for name in ("SECRET_KEY", "CHAT_JWT_SECRET", "BASE_URL", "DATABASE_URL"):
        if not env.get(name):
            faults.append(f"{name} is missing: production needs it")
    if len(env.get("SECRET_KEY", "x" * SHORTEST_SECRET)) < SHORTEST_SECRET:
        faults.append(f"SECRET_KEY is too short: it needs at least {SHORTEST_SECRET} characters")
    if not policy.hours.confirmed:
        faults.append(
            "handoff/guide/hours.yml: the business hours are not confirmed: check them and set `confirmed: true`"
        )
    for key, contact in policy.contacts.contacts.items():
        if contact.needed_in_production and not (contact.name and (contact.email or contact.slack)):
            faults.append(f"handoff/guide/contacts.yml: `{key}` has no name, or neither e-mail nor Slack")
    return faults


def _demo_secret(state: Path) -> str:
    """A secret of this machine's own, made once, so that a demo can be started again on the same database."""
    path = state / "secret_key"
    if not path.exists():
        state.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(token_hex(32), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()
