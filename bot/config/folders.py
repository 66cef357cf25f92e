"""Folders: those that must be there, and that nothing which the program writes lies among what people edit."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.config.written import Written
from bot.understanding.encoding import is_built

VERSIONS = "versions"
"""The folder below STATE_DIR that holds copies of versions, the oldest of which are thrown away."""


def folder_faults(env: Written) -> Iterator[str]:
    """Folders of the settings that are not there, or are none."""
    for name in ("INTENTS_DIR", "KB_DIR", "ENCODER_DIR"):
        if env.text(name) and not Path(env.text(name)).is_dir():
            yield f"{name}: there is no folder {env.text(name)}"
        elif name == "ENCODER_DIR" and env.text(name) and not is_built(Path(env.text(name))):
            yield f"ENCODER_DIR: in {env.text(name)} there is no encoder: run `make install`, or leave it empty"
    state = Path(env.text("STATE_DIR") or ".")
    if state.exists() and not state.is_dir():
        yield f"STATE_DIR: {state} is not a folder"


def apart_faults(state: Path, database_url: str, edited: Mapping[str, Path]) -> list[str]:
    """What the program writes into a folder that it watches would be a change of that folder, over and over, and each copy of a
    version would hold the copies before it; what people keep among the copies would be thrown away. `edited`: by its setting."""
    faults = []
    written = {"STATE_DIR": state, "DATABASE_URL": _file_of(database_url)}
    for name, folder in edited.items():
        for what, place in written.items():
            if place is not None and _holds(folder, place):
                faults.append(f"{what} lies in {name} ({folder}): people's files are watched there, so choose another")
                break  # the database lies in STATE_DIR unless it is told otherwise: one line
        if _holds(state / VERSIONS, folder):
            faults.append(
                f"{name} lies in {state / VERSIONS}: copies are kept and thrown away there, so choose another"
            )
    return faults


def _file_of(database_url: str) -> Path | None:
    scheme, _, rest = database_url.partition("://")
    file = rest.partition("?")[0].removeprefix("/")
    return Path(file) if scheme == "sqlite" and file and file != ":memory:" else None


def _holds(folder: Path, place: Path) -> bool:
    return place.resolve().is_relative_to(folder.resolve())
