"""Settings: read once from the environment by a composition root; every fault at once, each in plain words."""

import difflib
import re
from base64 import b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from hashlib import sha256
from ipaddress import ip_network
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import SplitResult, urlsplit

from bot.env_file import NAME as ENV_FILE
from bot.env_file import EnvFileFault, read_env_file
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
    "METRICS_TOKEN",
)
SHORTEST_SECRET = 32
FEWEST_LETTERS = 8
"""Different characters that a secret must have: forty times the same letter is no secret."""
SHORTEST_PAGER_KEY = 24
PAGER_PREFIX = "whsec_"
DEMO_PORT = "8000"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
NEAR_PROXIES = "127.0.0.1,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fd00::/8"
"""In production the proxy stands on the same machine or in the same private network, unless TRUSTED_PROXIES says otherwise."""
MODES = ("demo", "production")
SWITCH = ("on", "off")
SCHEMES = {
    "BASE_URL": ("http", "https"),
    "HELP_URL": ("https", "http"),
    "SLACK_API_URL": ("https", "http"),
    "CHAT_URL": ("https", "http"),
    "SMTP_URL": ("smtp", "smtp+starttls", "smtps"),
    "IMAP_URL": ("imap", "imap+starttls", "imaps"),
    "PAGER_WEBHOOK_URL": ("https", "http"),
}
IN_CLEAR = {"SMTP_URL": "smtp", "IMAP_URL": "imap"}
"""Schemes that send a password as it is."""
DATABASES = ("sqlite", "postgresql", "postgres", "postgresql+psycopg")
OUR_PREFIXES = ("SLACK_", "SMTP_", "IMAP_", "MAIL_", "PAGER_", "CHAT_JWT_", "BOT_", "HANDOFF_", "ANONYMOUS_")
PASSED_ON = ("XDG_CACHE_HOME", "HOME", "TZ", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""What `.env` may set besides: others read it."""
AS_ALIKE = 0.85
SHORTEST_LIKENESS = 6
SLACK_ID = re.compile(r"[A-Z0-9]{3,}")
MAIL_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?")
LONGEST_HOURS = range(1, 24 * 31)
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


class Written(dict[str, str]):
    """What is written in the environment. Each name that is asked for is a setting, and so known; every other one is not."""

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__({name: value.strip() for name, value in values.items() if value.strip()})
        self.asked: set[str] = set()
        self.faults: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        """What is written for this name."""
        self.asked.add(name)
        return self.get(name, default)

    def one_of(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """One of a closed list."""
        value = self.text(name, default)
        if value in allowed:
            return value
        self.faults.append(f"{name} is `{value[:40]}`: write {' or '.join(allowed)}")
        return default

    def whole_number(self, name: str, allowed: range, default: str) -> int:
        """A number within limits."""
        value = self.text(name, default)
        if value.isascii() and value.isdecimal() and len(value) < 9 and int(value) in allowed:
            return int(value)
        self.faults.append(f"{name} is `{value[:40]}`: write a number from {allowed.start} to {allowed.stop - 1}")
        return int(default)


def load_settings(environ: Mapping[str, str], home: Path, policy: Policy) -> Settings:
    """The settings; raises SettingsError with every fault. `home` is where the repository's data lies."""
    env = environ if isinstance(environ, Written) else Written(environ)
    _take_secret_files(env)
    mode = env.one_of("BOT_MODE", MODES, "demo")
    demo = mode == "demo"
    state = Path(env.text("STATE_DIR", str(home / "var")))
    port = env.whole_number("PORT", range(65536), DEMO_PORT)
    base = env.text("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    secret = env.text("SECRET_KEY") or (_demo_secret(state, env.faults) if demo else "")
    written = env.text("CHAT_JWT_SECRET")
    newest, *older = (
        parts_of(written) if written else [derived_key(one, "chat identity").decode() for one in parts_of(secret)]
    )
    settings = Settings(
        mode=mode,
        database_url=env.text("DATABASE_URL") or f"sqlite:///{state / 'smartmed.db'}",
        base_url=base,
        port=port,
        secret_key=secret,
        chat_jwt_secret=newest,
        chat_jwt_older=tuple(older),
        chat_audience=env.text("CHAT_JWT_AUDIENCE"),
        chat_issuer=env.text("CHAT_JWT_ISSUER"),
        chat_longest=timedelta(hours=env.whole_number("CHAT_JWT_LONGEST_HOURS", LONGEST_HOURS, "24")),
        anonymous_chat=env.one_of("ANONYMOUS_CHAT", SWITCH, "on" if demo else "off") == "on",
        limits=env.one_of("LIMITS", SWITCH, "on") == "on",
        trusted_proxies=env.text("TRUSTED_PROXIES") or ("" if demo else NEAR_PROXIES),
        metrics_token=env.text("METRICS_TOKEN"),
        intents=Path(env.text("INTENTS_DIR", str(home / "intents"))),
        articles=Path(env.text("KB_DIR", str(home / "kb_articles"))),
        encoder_dir=env.text("ENCODER_DIR"),
        help_url=env.text("HELP_URL") or (f"{base}/help" if demo else f"https://{policy.knowledge_base.host}"),
        state_dir=state,
        withhold_words=env.one_of("HANDOFF_DETAIL", ("excerpt", "minimal"), "excerpt") == "minimal",
        show_names=env.one_of("HANDOFF_NAMES", ("off", "on"), "off") == "on",
        chat_url=env.text("CHAT_URL"),
        mail_from=env.text("MAIL_FROM") or policy.channels.channels["email"].contact,
        mail_authserv_id=env.text("MAIL_AUTHSERV_ID").lower(),
        smtp_url=env.text("SMTP_URL"),
        imap_url=env.text("IMAP_URL"),
        pager_url=env.text("PAGER_WEBHOOK_URL"),
        pager_key=_pager_key(env) or b"",
        **_slack_settings(env),
    )
    env.faults += [*_address_faults(env), *_folder_faults(env), *_mail_faults(env)]
    env.faults += [*_slack_faults(env), *_secret_faults(env)]
    env.faults += [] if demo else _production_faults(env, settings, policy)
    env.faults += _unknown_faults(env, environ, home)
    if env.faults:
        raise SettingsError(env.faults)
    return settings


def _slack_settings(env: Written) -> dict[str, Any]:
    """The fields that are about Slack."""
    tier2 = env.text("SLACK_TIER2_CHANNEL")
    channels = {team: env.text(name) or tier2 for team, name in TEAM_CHANNELS.items()}
    on = bool(env.text("SLACK_BOT_TOKEN"))
    return {
        "slack_bot_token": env.text("SLACK_BOT_TOKEN"),
        "slack_signing_secret": env.text("SLACK_SIGNING_SECRET"),
        "slack_app_token": env.text("SLACK_APP_TOKEN"),
        "slack_api_url": env.text("SLACK_API_URL", "https://slack.com/api/"),
        "slack_staff_group": env.text("SLACK_STAFF_GROUP"),
        "slack_guests": env.one_of("SLACK_GUESTS", SWITCH, "off") == "on",
        "team_channels": {team: channel for team, channel in channels.items() if channel} if on else {},
    }


def _address_faults(env: Written) -> Iterator[str]:
    """Addresses that cannot be one. What they hold is not repeated: there may be a password in it."""
    for name, schemes in SCHEMES.items():
        written = env.text(name)
        if written and _parts(written, schemes) is None:
            kinds = " or ".join(f"{scheme}://" for scheme in schemes)
            yield f"{name} is not an address: begin with {kinds} and name the machine"
    scheme, separator, rest = env.text("DATABASE_URL").partition("://")
    if scheme and (scheme not in DATABASES or not separator):
        yield "DATABASE_URL is not an address: write sqlite:///path or postgresql://user:password@host/name"
    elif scheme and scheme != "sqlite" and _parts(f"postgresql://{rest}", ("postgresql",)) is None:
        yield "DATABASE_URL is not an address: after postgresql:// name the machine, and a port from 1 to 65535"
    for one in filter(None, env.text("TRUSTED_PROXIES").split(",")):
        if one.strip() != "none" and not _is_network(one.strip()):
            yield "TRUSTED_PROXIES: write addresses or networks such as 10.0.0.0/8 with commas between, or none"


def _is_network(written: str) -> bool:
    try:
        return bool(ip_network(written, strict=False))
    except ValueError:
        return False


def _parts(written: str, schemes: tuple[str, ...]) -> SplitResult | None:
    """The parts of an address of one of these kinds; None for what is none."""
    try:
        parts = urlsplit(written)
        good = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts if good and not re.search(r"\s", written) else None


def _folder_faults(env: Written) -> Iterator[str]:
    for name in ("INTENTS_DIR", "KB_DIR", "ENCODER_DIR"):
        if env.text(name) and not Path(env.text(name)).is_dir():
            yield f"{name}: there is no folder {env.text(name)}"
    state = Path(env.text("STATE_DIR") or ".")
    if state.exists() and not state.is_dir():
        yield f"STATE_DIR: {state} is not a folder"


def _mail_faults(env: Written) -> Iterator[str]:
    sender, server = env.text("MAIL_FROM"), env.text("MAIL_AUTHSERV_ID")
    if sender and not MAIL_ADDRESS.fullmatch(parseaddr(sender)[1]):
        yield "MAIL_FROM is not an e-mail address: write something like support@example.com"
    if server and not HOST_NAME.fullmatch(server):
        yield f"MAIL_AUTHSERV_ID is `{server}`: write the name at the beginning of your mail server's Authentication-Results"


def _slack_faults(env: Written) -> Iterator[str]:
    if bool(env.text("SLACK_BOT_TOKEN")) != bool(env.text("SLACK_SIGNING_SECRET") or env.text("SLACK_APP_TOKEN")):
        yield "Slack needs SLACK_BOT_TOKEN and one of SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)"
    for name, start in (("SLACK_BOT_TOKEN", "xoxb-"), ("SLACK_APP_TOKEN", "xapp-")):
        if env.text(name) and not env.text(name).startswith(start):
            yield f"{name} is another kind of token: it begins with {start}"
    for name in (*TEAM_CHANNELS.values(), "SLACK_STAFF_GROUP"):
        if env.text(name) and not SLACK_ID.fullmatch(env.text(name)):
            yield f"{name} is not an id of Slack's: it has capital letters and digits only, such as C012AB3CD"


def _secret_faults(env: Written) -> Iterator[str]:
    for name in ("SECRET_KEY", "CHAT_JWT_SECRET"):
        for part in parts_of(env.text(name)) if env.text(name) else ():
            if len(part) < SHORTEST_SECRET:
                yield f"{name} has {len(part)} characters: it needs at least {SHORTEST_SECRET}"
            elif len(set(part)) < FEWEST_LETTERS:
                yield f"{name} has only {len(set(part))} different characters: anybody could guess it"
    key = _pager_key(env)
    if env.text("PAGER_WEBHOOK_URL") and (key is None or len(key) < SHORTEST_PAGER_KEY):
        yield f"PAGER_WEBHOOK_SECRET: write {PAGER_PREFIX} and then {SHORTEST_PAGER_KEY} bytes or more in base64"


def _pager_key(env: Written) -> bytes | None:
    """The key behind a secret as Standard Webhooks writes it; None for one that is not in that form."""
    try:
        return b64decode(env.text("PAGER_WEBHOOK_SECRET").removeprefix(PAGER_PREFIX), validate=True)
    except (Base64Error, ValueError):
        return None


def _take_secret_files(env: Written) -> None:
    for name in SECRETS:
        path = env.text(f"{name}_FILE")
        if not path:
            continue
        try:
            env[name] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "not text"
            env.faults.append(f"{name}_FILE: {path} cannot be read ({why})")


def _unknown_faults(env: Written, environ: Mapping[str, str], home: Path) -> Iterator[str]:
    """Names that are no setting: in our own file each of them, in the environment those that look like one of ours."""
    try:
        in_file = set(read_env_file(home / ENV_FILE))
    except EnvFileFault as fault:
        in_file = set()
        yield str(fault)
    known = sorted(name for name in env.asked if len(name) >= SHORTEST_LIKENESS)
    for name in sorted(environ):
        if name in env.asked or name in PASSED_ON:
            continue
        alike = difflib.get_close_matches(name.upper(), known, 1, AS_ALIKE)
        if name in in_file or name.upper().startswith(OUR_PREFIXES) or alike:
            yield f"{name} is no setting" + (f": did you mean {alike[0]}?" if alike else "")


def _production_faults(env: Written, settings: Settings, policy: Policy) -> list[str]:
    """What production needs besides."""
    faults = []
    for name in ("SECRET_KEY", "CHAT_JWT_SECRET", "BASE_URL", "DATABASE_URL"):
        if not env.text(name):
            faults.append(f"{name} is missing: production needs it")
    base = _parts(env.text("BASE_URL"), ("http",))
    if base is not None and base.hostname not in LOOPBACK:
        faults.append("BASE_URL begins with http://: in production people reach it by https:// only")
    for name, scheme in IN_CLEAR.items():
        parts = _parts(env.text(name), (scheme,))
        if parts is not None and parts.password and parts.hostname not in LOOPBACK:
            faults.append(f"{name} would send the password unencrypted: write {scheme}s:// or {scheme}+starttls://")
    if not settings.limits:
        faults.append("LIMITS is off: that is for the demo and for load tests only")
    if not policy.hours.confirmed:
        faults.append(
            "handoff/guide/hours.yml: the business hours are not confirmed: check them and set `confirmed: true`"
        )
    for key, contact in policy.contacts.contacts.items():
        if contact.needed_in_production and not (contact.name and (contact.email or contact.slack)):
            faults.append(f"handoff/guide/contacts.yml: `{key}` has no name, or neither e-mail nor Slack")
    return faults


def _demo_secret(state: Path, faults: list[str]) -> str:
    """A secret of this machine's own, made once, so that a demo can be started again on the same database."""
    path = state / "secret_key"
    try:
        if not path.exists():
            state.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(token_hex(32), encoding="utf-8")
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        faults.append(f"STATE_DIR: {state} cannot be used ({error.strerror})")
        return token_hex(32)
