"""What is understood of a message: ask."""

import json
from typing import Annotated

import typer

from bot.cli.common import WRONG_USE, Articles, Intents, read_environ, stop
from bot.cli.rows import rows
from bot.measuring.ask import asked, explained, open_reading
from bot.mind import open_the_encoder
from handoff.policy.loading import load_policy

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
    environ = read_environ()
    asking = open_reading(load_policy(), intents, kb, environ, open_the_encoder(environ)[0])
    if not jsonl:
        reading = asking.read(text)
        typer.echo(json.dumps(asked(asking, reading)) if as_json else explained(asking, reading))
        return
    for row in rows("text"):
        typer.echo(json.dumps(asked(asking, asking.read(str(row["text"])))))
