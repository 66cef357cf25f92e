"""What is wrong in the settings, each in plain words."""

import difflib
import re
from collections.abc import Iterator, Mapping
from email.utils import getaddresses, parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from bot.config.folders import folder_faults
from bot.config.of_channels import channel_settings, prefixes
from bot.config.settings import Settings, parts_of
from bot.config.together import FEWEST_LETTERS, LOOPBACK, together_faults
from bot.config.written import PAGER_PREFIX, Written, pager_key
from bot.env_file import NAME as ENV_FILE
from bot.env_file import EnvFileFault, read_env_file
from handoff.policy.model import Policy

SHORTEST_SECRET = 32
SHORTEST_PAGER_KEY = 24
WIDEST = {4: 8, 6: 7}
"""By version of the protocol: no private network is wider."""
PUBLIC = ("BASE_URL", "HELP_URL", "CHAT_URL")
BEGINNINGS = ("BASE_URL", "HELP_URL")
SCHEMES = {
    "BASE_URL": ("http", "https"),
    "HELP_URL": ("https", "http"),
    "CHAT_URL": ("https", "http"),
}
"""Our own addresses; those of channels stand in their `settings.yml`."""
DATABASES = ("sqlite", "postgresql", "postgres", "postgresql+psycopg")
OUR_PREFIXES = ("CHAT_JWT_", "BOT_", "HANDOFF_", "ANONYMOUS_")
PASSED_ON = ("XDG_CACHE_HOME", "HOME", "TZ", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""What `.env` may set besides: others read it."""
AS_ALIKE = 0.85
SHORTEST_LIKENESS = 6
SLACK_ID = re.compile(r"[A-Z0-9]{3,}")
MAIL_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,}")
HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?")
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


def written_faults(env: Written) -> Iterator[str]:
    """What cannot be meant, wherever it runs."""
    for faults in (
        _address_faults,
        _public_faults,
        _proxy_faults,
        folder_faults,
        _channel_faults,
        _mail_faults,
        _slack_faults,
        _secret_faults,
    ):
        yield from faults(env)


def _address_faults(env: Written) -> Iterator[str]:
    """Addresses that cannot be one. What they hold is not repeated: there may be a password in it."""
    of_channels = {name: one.schemes for name, one in channel_settings().items() if one.schemes}
    for name, schemes in (SCHEMES | of_channels).items():
        written = env.text(name)
        if written and _parts(written, schemes) is None:
            kinds = " or ".join(f"{scheme}://" for scheme in schemes)
            yield f"{name} is not an address: begin with {kinds} and name the machine"
    scheme, separator, rest = env.text("DATABASE_URL").partition("://")
    if scheme and (scheme not in DATABASES or not separator):
        yield "DATABASE_URL is not an address: write sqlite:///path or postgresql://user:password@host/name"
    elif scheme and scheme != "sqlite" and _parts(f"postgresql://{rest}", ("postgresql",)) is None:
        yield "DATABASE_URL is not an address: after postgresql:// name the machine, and a port from 1 to 65535"


def _public_faults(env: Written) -> Iterator[str]:
    """Addresses that people are shown: none holds a password, and what is put behind one must fit there."""
    for name in PUBLIC:
        parts = _parts(env.text(name), SCHEMES[name])
        if parts is None:
            continue
        if parts.username is not None or parts.password is not None:
            yield f"{name} holds a user or a password, and people are shown it: leave them out"
        if name in BEGINNINGS and (parts.query or parts.fragment):
            yield f"{name} has a `?` or a `#`: other addresses begin with it, so end it before that"
        if name == "BASE_URL" and parts.path.strip("/"):
            yield "BASE_URL has a path: write the machine alone, such as https://support.example.com"


def _proxy_faults(env: Written) -> Iterator[str]:
    for one in map(str.strip, filter(None, env.text("TRUSTED_PROXIES").split(","))):
        network = _network(one)
        if network is None and one != "none":
            yield "TRUSTED_PROXIES: write addresses or networks such as 10.0.0.0/8 with commas between, or none"
        elif network is not None and network.prefixlen < WIDEST[network.version]:
            yield f"TRUSTED_PROXIES: {one} believes nearly everybody: write your own proxies alone"


def _network(written: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(written, strict=False)
    except ValueError:
        return None


def _parts(written: str, schemes: tuple[str, ...]) -> SplitResult | None:
    """The parts of an address of one of these kinds; None for what is none."""
    try:
        parts = urlsplit(written)
        good = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts if good and not re.search(r"\s", written) else None


def _channel_faults(env: Written) -> Iterator[str]:
    """What a channel's own file says of its settings."""
    for name, setting in channel_settings().items():
        written = env.text(name)
        for other, why in setting.needs.items():
            if written and not env.text(other):
                yield f"{name} does nothing without {other}: {why}"
        if written and not written.startswith(setting.begins):
            yield f"{name} is another kind of token: it begins with {setting.begins}"


def _mail_faults(env: Written) -> Iterator[str]:
    sender, server = env.text("MAIL_FROM"), env.text("MAIL_AUTHSERV_ID")
    if sender and (len(getaddresses([sender])) != 1 or not MAIL_ADDRESS.fullmatch(parseaddr(sender)[1])):
        yield "MAIL_FROM is not an e-mail address: write one, something like support@example.com"
    if server and not HOST_NAME.fullmatch(server):
        yield f"MAIL_AUTHSERV_ID is `{server}`: write the name at the beginning of your mail server's Authentication-Results"


def _slack_faults(env: Written) -> Iterator[str]:
    if bool(env.text("SLACK_BOT_TOKEN")) != bool(env.text("SLACK_SIGNING_SECRET") or env.text("SLACK_APP_TOKEN")):
        yield "Slack needs SLACK_BOT_TOKEN and one of SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)"
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
    key = pager_key(env)
    if env.text("PAGER_WEBHOOK_URL") and (key is None or len(key) < SHORTEST_PAGER_KEY):
        yield f"PAGER_WEBHOOK_SECRET: write {PAGER_PREFIX} and then {SHORTEST_PAGER_KEY} bytes or more in base64"


def unknown_faults(env: Written, environ: Mapping[str, str], home: Path) -> Iterator[str]:
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
        if name in in_file or name.upper().startswith((*OUR_PREFIXES, *prefixes())) or alike:
            yield f"{name} is no setting" + (f": did you mean {alike[0]}?" if alike else "")


def production_faults(env: Written, settings: Settings, policy: Policy) -> list[str]:
    """What production needs besides."""
    faults = []
    for name in ("SECRET_KEY", "CHAT_JWT_SECRET", "BASE_URL", "DATABASE_URL"):
        if not env.text(name):
            faults.append(f"{name} is missing: production needs it")
    if env.text("IMAP_URL") and not env.text("MAIL_AUTHSERV_ID"):
        faults.append(
            "MAIL_AUTHSERV_ID is missing: without it forged senders are believed; `none` says that this is meant"
        )
    faults += together_faults(env)
    for name, scheme in ((name, one.password_in_clear) for name, one in channel_settings().items()):
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
