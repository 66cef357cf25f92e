"""The settings: everything that differs from one installation to the next."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from pathlib import Path


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
    help_url: str
    state_dir: Path
    chat_jwt_older: tuple[str, ...] = ()
    """Secrets that signed identities before; still believed."""
    chat_audience: str = ""
    """Whom identities must be meant for; empty: any that names our own or none."""
    chat_issuer: str = ""
    chat_longest: timedelta = timedelta(hours=24)
    """How long an identity may last."""
    limits: bool = True
    trusted_proxies: str = ""
    """Who may say where a request came from."""
    metrics_token: str = ""
    withhold_words: bool = False
    console_language: str = "en"
    """The language in which staff are spoken to in the console."""
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
    mail_authserv_id: str = ""
    """Under which name our own mail server says whether a sender is proven; empty: nothing is believed."""
    pager_key: bytes = b""
    of_channels: Mapping[str, str] = field(default_factory=dict)
    """What is written for each setting of a channel's `settings.yml`, or its default."""

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
        return [derived_key(part, "bodies") for part in parts_of(self.secret_key)]

    def signing_key(self, purpose: str) -> str:
        """A key for signing one kind of thing."""
        return derived_key(parts_of(self.secret_key)[0], purpose).decode()


def parts_of(secret: str) -> list[str]:
    """A secret that is being changed is written "new,old"."""
    return [part.strip() for part in secret.split(",")]


def derived_key(secret: str, purpose: str) -> bytes:
    """A 32-byte key for one purpose, url-safe base64 (the form that Fernet takes)."""
    return urlsafe_b64encode(sha256(f"smartmed {purpose} {secret}".encode()).digest())
