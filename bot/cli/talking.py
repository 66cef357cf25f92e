"""A conversation in the terminal: talk."""

import json
from typing import Annotated

import typer

from bot.channels.terminal import Terminal, a_new_user
from bot.cli.common import Articles, Database, Intents
from bot.cli.opening import open_runtime
from bot.cli.rows import rows
from bot.wiring import utc_now

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
    runtime = open_runtime(intents, kb, database, bring_up=True)
    runtime.current.look_again()
    terminal = Terminal(runtime.deps, a_new_user(), utc_now, why)
    if jsonl:
        for row in rows("user", "press", "new"):
            typer.echo(json.dumps(terminal.turn(row)))
        return
    terminal.converse()
