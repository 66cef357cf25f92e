"""The command line: `python -m bot ...`, also `smartmed-bot`."""

import os

import typer

from bot.cli.commands import Commands

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

app = typer.Typer(cls=Commands, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def _program() -> None:
    """The SmartMed Support Assistant."""


def main() -> None:
    """The console script."""
    app()


if __name__ == "__main__":
    main()
