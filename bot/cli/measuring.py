"""Commands that measure how well messages are understood: bench, evaluate."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import WRONG_USE, Intents, read_environ, stop
from bot.cli.progress import progress_bar
from bot.measuring import bench as benchmark
from bot.measuring import evaluate as evaluation
from bot.measuring.ask import open_reading
from bot.mind import open_the_encoder
from bot.understanding.encoding.remembering import remembering
from bot.understanding.replying.replies import ReplyReader
from bot.understanding.voices.rows import load_voices
from handoff.data_files import cache_folder
from handoff.policy.loading import load_policy

app = typer.Typer()


@app.command()
def bench(
    train: Annotated[Path, typer.Option(help="labelled rows to learn from")],
    test: Annotated[Path, typer.Option(help="labelled rows to measure on")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
    predictions: Annotated[Path | None, typer.Option(help="where to write each row's prediction")] = None,
) -> None:
    """Train the very same reader on labelled rows and measure it."""
    encoder, _ = open_the_encoder(read_environ())
    try:
        with progress_bar("learning") as told:
            result = benchmark.bench(train, test, encoder, predictions, told)
    except (OSError, ValueError) as error:
        stop(str(error), WRONG_USE)
    typer.echo(json.dumps(result.as_json()) if as_json else benchmark.shown(result))


@app.command()
def evaluate(
    html: Annotated[Path | None, typer.Option(help="where to write it as a page with a picture")] = None,
    intents: Intents = None,
) -> None:
    """How well strangers are understood who were never learnt from, by writer, and the five things to do next."""
    policy, environ, kept = load_policy(), read_environ(), load_voices(part="held_out")
    encoder, _ = open_the_encoder(environ)
    with remembering(encoder, cache_folder(environ)) as reading, progress_bar("evaluating") as told:
        versions = [
            open_reading(policy, folder, None, environ, reading).reader
            for folder in ((intents, None) if intents else (None,))
        ]
        found = [
            evaluation.evaluate(reader, ReplyReader(reader.recognizer.voices, reading), kept, told)
            for reader in versions
        ]
    typer.echo(evaluation.shown(found[0], found[1] if len(found) > 1 else None))
    if html is not None:
        html.write_text(evaluation.page(found[0]), encoding="utf-8")
