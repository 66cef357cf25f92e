"""Commands for who writes the texts: check, guide, schema."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.authoring.check import check_everything
from bot.authoring.guide_rows import shown_rows
from bot.authoring.schema import intents_schema
from bot.cli.common import FAULTS, HOME, Articles, Intents, a_folder
from bot.cli.progress import progress_bar

app = typer.Typer()


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="folder of intents files", callback=a_folder)] = None,
    intents: Intents = None,
    kb: Articles = None,
) -> None:
    """Ask the gate: every text, name, table, sentence and walk, as before anything goes live; each fault with file and line."""
    with progress_bar("checking") as told:
        faults = check_everything(folder or intents or HOME / "intents", kb or HOME / "kb_articles", told)
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(FAULTS)
    typer.echo("No faults.")


@app.command()
def guide() -> None:
    """Every row of the guide and the tests that prove it."""
    text, missing = shown_rows()
    typer.echo(text)
    if missing:
        raise typer.Exit(FAULTS)


@app.command()
def schema() -> None:
    """The format of an intents file as JSON Schema, with what every field is for."""
    typer.echo(json.dumps(intents_schema(), indent=2))
