"""What a notice may show of a text: excerpt."""

import json
from typing import Annotated

import typer

from bot.cli.common import WRONG_USE, stop
from bot.cli.rows import rows
from bot.understanding.redaction.privacy import load_excerpter

app = typer.Typer()


@app.command(name="excerpt")
def show_excerpts(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="rows of JSON in, rows of JSON out")] = False,
) -> None:
    """Say what a notice may show of each text: the words that are known to belong to nobody."""
    if not jsonl:
        stop("Use --jsonl, and give a row with a text on each line.", WRONG_USE)
    excerpt = load_excerpter()
    for row in rows("text"):
        text = str(row["text"])
        typer.echo(json.dumps({"text": text, "excerpt": excerpt(text)}))
