"""What is written in the environment, and in the files that hold its secrets."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping
from pathlib import Path

from bot.config import of_channels

SECRETS = ("SECRET_KEY", "CHAT_JWT_SECRET", "DATABASE_URL", "METRICS_TOKEN")
"""Our own; those of channels stand in their `settings.yml`."""
PAGER_PREFIX = "whsec_"


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


def take_secret_files(env: Written) -> None:
    """Take each secret whose file is named from that file; what cannot be read is a fault."""
    for name in (*SECRETS, *of_channels.secrets()):
        path = env.text(f"{name}_FILE")
        if not path:
            continue
        try:
            env[name] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "not text"
            env.faults.append(f"{name}_FILE: {path} cannot be read ({why})")


def pager_key(env: Written) -> bytes | None:
    """The key behind a secret as Standard Webhooks writes it; None for one that is not in that form."""
    try:
        return b64decode(env.text("PAGER_WEBHOOK_SECRET").removeprefix(PAGER_PREFIX), validate=True)
    except (Base64Error, ValueError):
        return None
