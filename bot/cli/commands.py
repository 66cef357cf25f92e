"""Every command: its name, the module it is in, and what it does. It is imported when it is used, so that the list is quick."""

from importlib import import_module
from types import ModuleType
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

COMMANDS = (
    ("serve", "running", "Web and worker in one process; migrates first and prints where to look."),
    ("web", "running", "The web process alone."),
    ("worker", "running", "The worker alone: outbox and clocks."),
    ("migrate", "running", "Bring the schema of the database up to date."),
    (
        "sign-in",
        "staff",
        (
            "Print a link that signs a member of staff into the console once. Who is new needs a name and a role; "
            "a name or role given for somebody who is known is theirs from now on."
        ),
    ),
    (
        "check",
        "authoring",
        (
            "Ask the gate: every text, name, table, sentence and walk, as before anything goes live; each fault "
            "with file and line."
        ),
    ),
    ("ask", "reading", "Say what is understood of one message, and why."),
    ("excerpt", "excerpts", "Say what a notice may show of each text: the words that are known to belong to nobody."),
    ("talk", "talking", "A conversation in the terminal, with the same engine and tickets as everywhere."),
    ("bench", "measuring", "Train the very same reader on labelled rows and measure it."),
    (
        "evaluate",
        "measuring",
        "How well strangers are understood who were never learnt from, by writer, and the five things to do next.",
    ),
    ("schema", "authoring", "The format of an intents file as JSON Schema, with what every field is for."),
    ("guide", "authoring", "Every row of the guide and the tests that prove it."),
    ("report", "reporting", "The weekly report."),
    (
        "known-issue",
        "reporting",
        "Print the change that would make a resolved ticket a known issue, as a patch for `git apply`.",
    ),
    ("release", "reporting", "Say what a release changes: a task for every article that it touches."),
    (
        "simulate",
        "reporting",
        (
            "Fill a database with plausible weeks of traffic through the real actions; a running product is left "
            "in peace."
        ),
    ),
    ("staff", "staff", "Who works in the console, and in which role."),
)


class Commands(TyperGroup):
    """The commands of the program, each from its module; what stops one is told in one line."""

    def __init__(self, **attrs: Any) -> None:
        listed = {name: TyperCommand(name, help=does) for name, _, does in COMMANDS}
        super().__init__(**{**attrs, "commands": listed})

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The whole command of the first word, and the words for it; a usage error where there is none."""
        name, _, rest = super().resolve_command(ctx, args)
        module = next(module for listed, module, _ in COMMANDS if listed == name)
        return name, get_group(_of(module).app).commands[str(name)], rest

    def invoke(self, ctx: Any) -> Any:
        """Do what was asked for."""
        with _of("stops").told_in_one_line():
            return super().invoke(ctx)


def _of(module: str) -> ModuleType:
    return import_module(f"bot.cli.{module}")
