"""The settings and the runtime that a command works with."""

from pathlib import Path

from bot.cli.common import WRONG_USE, read_environ, stop
from bot.config import Settings, SettingsError, load_settings
from bot.storage.start import CannotStart, must_exist, prepare
from bot.wiring import HOME, Runtime, build_runtime
from handoff.policy.loading import load_policy
from handoff.policy.model import Policy


def read_settings(policy: Policy, intents: Path | None, kb: Path | None, database: str | None) -> Settings:
    """The settings, with what the command was given above the environment; their faults and the end when they have some."""
    given = {"INTENTS_DIR": intents, "KB_DIR": kb, "DATABASE_URL": database}
    environ = {**read_environ(), **{name: str(value) for name, value in given.items() if value is not None}}
    try:
        return load_settings(environ, HOME, policy)
    except SettingsError as error:
        stop(str(error), WRONG_USE)


def open_runtime(
    intents: Path | None = None,
    kb: Path | None = None,
    database: str | None = None,
    *,
    serving: bool = False,
    bring_up: bool = False,
) -> Runtime:
    """Everything, with a database that is there, of this version, and written with this key; one line and the end otherwise."""
    policy = load_policy()
    settings = read_settings(policy, intents, kb, database)
    try:
        if not bring_up:
            must_exist(settings.database_url)
        runtime = build_runtime(settings, policy, read_environ(), serving=serving)
        prepare(runtime.engine, bring_up=bring_up)
    except (ValueError, CannotStart) as error:
        stop(str(error))
    return runtime
