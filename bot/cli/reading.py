"""What is understood of a message: ask."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import WRONG_USE, Articles, Intents, read_environ, read_policy, stop
from bot.cli.rows import rows
from bot.mind import open_reading
from bot.tuning.ask import Asking, asked, explained
from handoff.data_files import DataFaults

app = typer.Typer()


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="one message")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="rows of JSON in, rows of JSON out")] = False,
    intents: Intents = None,
    kb: Articles = None,
) -> None:
    """Say what is understood of one message, and why."""
    if not jsonl and not text:
        stop("Write a message after `ask`, or use --jsonl.", WRONG_USE)
    house = _reading_only(intents, kb)
    if not jsonl:
        reading = house.read(text)
        typer.echo(json.dumps(asked(house, reading)) if as_json else explained(house, reading))
        return
    for row in rows():
        typer.echo(json.dumps(asked(house, house.read(row["text"]))))


def _reading_only(intents: Path | None, kb: Path | None) -> Asking:
    try:
        return open_reading(read_policy(), intents, kb, read_environ())
    except DataFaults as error:
        stop(str(error))
