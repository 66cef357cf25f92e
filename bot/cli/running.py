"""Commands that run the product: serve, web, worker, migrate."""

import typer

from bot.cli.common import Articles, Database, Intents, stop
from bot.cli.opening import open_runtime, read_settings
from bot.cli.staff import DEMO_STAFF, remember_address
from bot.serve import run_both, run_web, run_worker, watching
from bot.storage.columns import Keys
from bot.storage.database import open_database
from bot.storage.start import CannotStart, prepare
from bot.web.console.sign_in import one_time_link
from bot.wiring import Runtime, utc_now
from handoff.policy.loading import load_policy

app = typer.Typer()


@app.command()
def serve(intents: Intents = None, kb: Articles = None, database: Database = None) -> None:
    """Web and worker in one process; migrates first and prints where to look."""
    runtime = open_runtime(intents, kb, database, serving=True, bring_up=True)
    _print_where_to_look(runtime)
    remember_address(runtime)
    run_both(runtime)


def _print_where_to_look(runtime: Runtime) -> None:
    settings = runtime.settings
    typer.echo(
        f"\n  SmartMed Support Assistant · {len(runtime.current.mind().catalog.intents)} issues · encoder {runtime.encoder_word}"
    )
    if settings.demo:
        link = one_time_link(runtime.deps, settings.base_url, **DEMO_STAFF, now=utc_now())
        typer.echo(f"  Chat demo       {settings.base_url}/\n  Staff console   {link}   (works once)")
    typer.echo(f"  Help center     {settings.base_url}/help\n")


@app.command()
def web(intents: Intents = None, kb: Articles = None, database: Database = None) -> None:
    """The web process alone."""
    runtime = open_runtime(intents, kb, database, serving=True)
    remember_address(runtime)
    with watching(runtime):
        run_web(runtime)


@app.command()
def worker(intents: Intents = None, kb: Articles = None, database: Database = None) -> None:
    """The worker alone: outbox and clocks."""
    run_worker(open_runtime(intents, kb, database, serving=True))


@app.command()
def migrate(database: Database = None) -> None:
    """Bring the schema of the database up to date."""
    settings = read_settings(load_policy(), None, None, database)
    Keys.use(settings.encryption_keys())
    try:
        prepare(open_database(settings.database_url), bring_up=True)
    except (CannotStart, ValueError) as error:
        stop(str(error))
