"""What each setting by itself may be, and production may not have: halves without their other half, and weak or open ones."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.config.of_channels import channel_settings
from bot.config.settings import parts_of
from bot.config.written import Written

LOOPBACK = ("127.0.0.1", "::1", "localhost")
SHOWN_OR_TRUSTED = {
    "BASE_URL": "people reach it",
    "HELP_URL": "people reach it",
    "CHAT_URL": "people reach it",
}
"""Our own addresses that must be https://, and what would else go in clear."""
SHORTEST = {"METRICS_TOKEN": 16}
FEWEST_LETTERS = 8
"""Different characters that a secret must have: forty times the same letter is no secret."""


def together_faults(env: Written) -> Iterator[str]:
    """What production refuses besides what is missing, each in one line."""
    if env.text("IMAP_URL") and not env.text("SMTP_URL"):
        yield "IMAP_URL does not go without SMTP_URL: mails would be taken in, and no answer could go out"
    if _is_in_memory(env.text("DATABASE_URL")):
        yield "DATABASE_URL is a database in memory: everything would be lost at the next stop"
    if env.text("SLACK_BOT_TOKEN") and not env.text("SLACK_TIER2_CHANNEL"):
        yield "SLACK_TIER2_CHANNEL is missing: with Slack, support's tickets must go to a channel"
    yield from _in_clear(env)
    yield from _weak(env)
    if set(_parts(env, "SECRET_KEY")) & set(_parts(env, "CHAT_JWT_SECRET")):
        yield "CHAT_JWT_SECRET is SECRET_KEY: whoever signs identities in the app could then open everything that is stored"


def _is_in_memory(written: str) -> bool:
    scheme, _, place = written.partition("://")
    return scheme == "sqlite" and (
        not place.partition("?")[0].strip("/") or ":memory:" in place or "mode=memory" in place
    )


def _in_clear(env: Written) -> Iterator[str]:
    trusted = {name: one.goes_there for name, one in channel_settings().items() if one.goes_there}
    for name, why in (SHOWN_OR_TRUSTED | trusted).items():
        try:
            parts = urlsplit(env.text(name))
        except ValueError:  # told elsewhere
            continue
        if parts.scheme == "http" and parts.hostname and parts.hostname not in LOOPBACK:
            yield f"{name} begins with http://: in production {why} by https:// only"


def _weak(env: Written) -> Iterator[str]:
    of_channels = {name: one.shortest for name, one in channel_settings().items() if one.shortest}
    for name, shortest in (SHORTEST | of_channels).items():
        written = env.text(name)
        if written and (len(written) < shortest or len(set(written)) < FEWEST_LETTERS):
            yield f"{name} could be guessed: it needs {shortest} characters or more, of {FEWEST_LETTERS} kinds at least"


def _parts(env: Written, name: str) -> list[str]:
    return parts_of(env.text(name)) if env.text(name) else []
