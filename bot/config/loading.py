"""The settings read once, from the environment, by who puts the parts together."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from typing import TypedDict

from bot.config.faults import TEAM_CHANNELS, SettingsError, production_faults, unknown_faults, written_faults
from bot.config.folders import apart_faults
from bot.config.of_channels import channel_settings
from bot.config.settings import Settings, derived_key, parts_of
from bot.config.written import Written, pager_key, take_secret_files
from handoff.policy.model import Policy

DEMO_PORT = "8000"
NEAR_PROXIES = "127.0.0.1,::1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fd00::/8"
"""In production the proxy stands on the same machine or in the same private network, unless TRUSTED_PROXIES says otherwise."""
MODES = ("demo", "production")
SWITCH = ("on", "off")
LANGUAGES = ("en", "es")
"""What the console can speak."""
LONGEST_HOURS = range(1, 24 * 31)


class _Places(TypedDict):
    port: int
    base_url: str
    help_url: str
    state_dir: Path
    database_url: str
    intents: Path
    articles: Path


class _Chat(TypedDict):
    chat_url: str
    chat_jwt_secret: str
    chat_jwt_older: tuple[str, ...]
    chat_audience: str
    chat_issuer: str
    chat_longest: timedelta
    anonymous_chat: bool


class _Mail(TypedDict):
    mail_from: str
    mail_authserv_id: str
    smtp_url: str
    imap_url: str


class _Slack(TypedDict):
    slack_bot_token: str
    slack_signing_secret: str
    slack_app_token: str
    slack_api_url: str
    slack_staff_group: str
    slack_guests: bool
    team_channels: dict[str, str]


def load_settings(environ: Mapping[str, str], home: Path, policy: Policy) -> Settings:
    """The settings; raises SettingsError with every fault. `home` is where the repository's data lies."""
    env = environ if isinstance(environ, Written) else Written(environ)
    take_secret_files(env)
    mode = env.one_of("BOT_MODE", MODES, "demo")
    demo = mode == "demo"
    places = _places(env, home, policy, demo=demo)
    edited = {"INTENTS_DIR": places["intents"], "KB_DIR": places["articles"]}
    mixed = apart_faults(places["state_dir"], places["database_url"], edited)
    env.faults += mixed
    secret = env.text("SECRET_KEY") or (_demo_secret(places["state_dir"], env.faults) if demo and not mixed else "")
    settings = Settings(
        mode=mode,
        secret_key=secret,
        **places,
        **_chat(env, secret, demo=demo),
        limits=env.one_of("LIMITS", SWITCH, "on") == "on",
        trusted_proxies=env.text("TRUSTED_PROXIES") or ("" if demo else NEAR_PROXIES),
        metrics_token=env.text("METRICS_TOKEN"),
        withhold_words=env.one_of("HANDOFF_DETAIL", ("excerpt", "minimal"), "excerpt") == "minimal",
        console_language=env.one_of("CONSOLE_LANGUAGE", LANGUAGES, "en"),
        show_names=env.one_of("HANDOFF_NAMES", ("off", "on"), "off") == "on",
        **_mail(env, policy),
        pager_key=pager_key(env) or b"",
        **_slack(env),
        of_channels={name: env.text(name, setting.default) for name, setting in channel_settings().items()},
    )
    env.faults += written_faults(env)
    env.faults += [] if demo else production_faults(env, settings, policy)
    env.faults += unknown_faults(env, environ, home)
    if env.faults:
        raise SettingsError(env.faults)
    return settings


def _places(env: Written, home: Path, policy: Policy, *, demo: bool) -> _Places:
    """Where it is reached, and where its data lies."""
    state = Path(env.text("STATE_DIR", str(home / "var")))
    port = env.whole_number("PORT", range(65536), DEMO_PORT)
    base = env.text("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")
    return {
        "port": port,
        "base_url": base,
        "help_url": env.text("HELP_URL") or (f"{base}/help" if demo else f"https://{policy.knowledge_base.host}"),
        "state_dir": state,
        "database_url": env.text("DATABASE_URL") or f"sqlite:///{state / 'smartmed.db'}",
        "intents": Path(env.text("INTENTS_DIR", str(home / "intents"))),
        "articles": Path(env.text("KB_DIR", str(home / "kb_articles"))),
    }


def _chat(env: Written, secret: str, *, demo: bool) -> _Chat:
    """Whom the chat believes; identities of one whose secret is not given are signed with a key of our own."""
    written = env.text("CHAT_JWT_SECRET")
    newest, *older = (
        parts_of(written) if written else [derived_key(one, "chat identity").decode() for one in parts_of(secret)]
    )
    return {
        "chat_url": env.text("CHAT_URL"),
        "chat_jwt_secret": newest,
        "chat_jwt_older": tuple(older),
        "chat_audience": env.text("CHAT_JWT_AUDIENCE"),
        "chat_issuer": env.text("CHAT_JWT_ISSUER"),
        "chat_longest": timedelta(hours=env.whole_number("CHAT_JWT_LONGEST_HOURS", LONGEST_HOURS, "24")),
        "anonymous_chat": env.one_of("ANONYMOUS_CHAT", SWITCH, "on" if demo else "off") == "on",
    }


def _mail(env: Written, policy: Policy) -> _Mail:
    server = env.text("MAIL_AUTHSERV_ID").lower()
    return {
        "mail_from": env.text("MAIL_FROM") or policy.channels.channels["email"].contact,
        "mail_authserv_id": "" if server == "none" else server,
        "smtp_url": env.text("SMTP_URL"),
        "imap_url": env.text("IMAP_URL"),
    }


def _slack(env: Written) -> _Slack:
    tier2 = env.text("SLACK_TIER2_CHANNEL")
    channels = {team: env.text(name) or tier2 for team, name in TEAM_CHANNELS.items()}
    on = bool(env.text("SLACK_BOT_TOKEN"))
    return {
        "slack_bot_token": env.text("SLACK_BOT_TOKEN"),
        "slack_signing_secret": env.text("SLACK_SIGNING_SECRET"),
        "slack_app_token": env.text("SLACK_APP_TOKEN"),
        "slack_api_url": env.text("SLACK_API_URL") or channel_settings()["SLACK_API_URL"].default,
        "slack_staff_group": env.text("SLACK_STAFF_GROUP"),
        "slack_guests": env.one_of("SLACK_GUESTS", SWITCH, "off") == "on",
        "team_channels": {team: channel for team, channel in channels.items() if channel} if on else {},
    }


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
