"""What every command begins with: its options, the environment, and how it stops."""

import os
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.env_file import EnvFileFault, with_env_file
from bot.logs import log_to_json

Database = Annotated[str | None, typer.Option("--database", help="address of the database")]
FAULTS, WRONG_USE = 1, 2
HOME = Path(__file__).resolve().parents[2]


def a_folder(given: Path | None) -> Path | None:
    """The folder that was given; one line and the end where there is none."""
    if given is not None and not given.is_dir():
        stop(f"there is no folder {given}", WRONG_USE)
    return given


Intents = Annotated[Path | None, typer.Option("--intents", help="folder of intents files", callback=a_folder)]
Articles = Annotated[Path | None, typer.Option("--kb", help="folder of articles", callback=a_folder)]


def read_environ() -> dict[str, str]:
    """The environment, and under it what `.env` beside the program sets; one line and the end when that cannot be read."""
    log_to_json()
    try:
        return with_env_file(os.environ, HOME)
    except EnvFileFault as error:
        stop(str(error), WRONG_USE)


def stop(message: str, code: int = FAULTS) -> NoReturn:
    """End the command with a message on the standard error."""
    typer.echo(message, err=True)
    raise typer.Exit(code)
