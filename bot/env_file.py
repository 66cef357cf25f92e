"""The file `.env`: lines NAME=value, as shells, Docker and systemd read them; what the environment says goes before it."""

import re
from collections.abc import Mapping
from pathlib import Path

NAME = ".env"
_LINE = re.compile(r"^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$")
_QUOTED = re.compile(r"^(['\"])(.*)\1\s*(?:#.*)?$")


class EnvFileFault(ValueError):
    """A line of the file that is not NAME=value, or a file that cannot be read."""


def read_env_file(path: Path) -> dict[str, str]:
    """What the file sets; nothing when there is no such file. Raises EnvFileFault, which repeats no value."""
    if not path.is_file():
        return {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EnvFileFault(f"{path.name} cannot be read ({type(error).__name__})") from error
    return dict(_read(line.strip(), number, path.name) for number, line in enumerate(lines, 1) if _says_something(line))


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _read(line: str, number: int, file: str) -> tuple[str, str]:
    found = _LINE.match(line)
    if found is None:
        raise EnvFileFault(f"{file}:{number}: write NAME=value")
    name, value = found.groups()
    quoted = _QUOTED.match(value)
    return name, quoted[2] if quoted else re.split(r"(?:^|\s)#", value, maxsplit=1)[0].strip()


def with_env_file(environ: Mapping[str, str], home: Path) -> dict[str, str]:
    """The environment, and under it what `.env` in the program's folder sets."""
    written = {name: value for name, value in environ.items() if value}
    return {**environ, **read_env_file(home / NAME), **written}
