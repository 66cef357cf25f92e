"""A conversation in the terminal: talk."""

import json
from typing import Annotated

import typer

from bot.cli.common import Articles, Database, Intents, read_environ, stop
from bot.cli.opening import read_settings
from bot.cli.rows import rows
from bot.storage.start import CannotStart
from bot.wiring import open_terminal
from handoff.policy.loading import load_policy

app = typer.Typer()


@app.command()
def talk(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="rows of JSON in, rows of JSON out")] = False,
    intents: Intents = None,
    kb: Articles = None,
    database: Database = None,
    why: Annotated[bool, typer.Option("--why", help="with every turn the rules that decided it")] = False,
) -> None:
    """A conversation in the terminal, with the same engine and tickets as everywhere."""
    policy = load_policy()
    try:
        terminal = open_terminal(read_settings(policy, intents, kb, database), policy, read_environ())
    except (ValueError, CannotStart) as error:
        stop(str(error))
    terminal.why = why
    if jsonl:
        for row in rows("user", "press", "new"):
            typer.echo(json.dumps(terminal.turn(row)))
        return
    terminal.converse()
