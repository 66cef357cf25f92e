"""Commands about what happened: report, known-issue, release, simulate."""

from datetime import timedelta
from typing import Annotated

import typer

from bot.actions import articles
from bot.actions.report import weekly_report
from bot.authoring.known_issue import propose
from bot.cli.common import WRONG_USE, Articles, Database, Intents, stop
from bot.cli.opening import open_runtime, read_settings
from bot.cli.progress import progress_bar
from bot.simulation.beside import TICKETS_A_WEEK, simulate_beside
from bot.simulation.simulate import Plan
from bot.storage import tickets
from bot.wiring import utc_now
from handoff.policy.loading import load_policy

app = typer.Typer()


@app.command()
def report(
    week: Annotated[str | None, typer.Option(help="a week as YYYY-Www; the last whole one when not given")] = None,
    database: Database = None,
) -> None:
    """The weekly report."""
    runtime = open_runtime(database=database)
    now = utc_now()
    try:
        typer.echo(weekly_report(runtime.deps, week or f"{now - timedelta(days=7):%G-W%V}", now))
    except ValueError as error:
        stop(str(error), WRONG_USE)


@app.command(name="known-issue")
def known_issue(
    ticket: Annotated[int, typer.Argument(help="number of a resolved ticket")],
    intents: Intents = None,
    kb: Articles = None,
    database: Database = None,
) -> None:
    """Print the change that would make a resolved ticket a known issue, as a patch for `git apply`."""
    runtime = open_runtime(intents, kb, database)
    with runtime.deps.reading.begin() as db:
        row = tickets.get(db, ticket)
        if row is None:
            stop(f"There is no ticket #{ticket}.", WRONG_USE)
        found = tickets.ticket_of(row)
    mind = runtime.current.mind()
    try:
        proposal = propose(
            found, runtime.policy, mind.catalog, runtime.settings.intents, mind.assistant.library, utc_now().date()
        )
    except ValueError as error:
        stop(str(error), WRONG_USE)
    typer.echo(proposal.patch, nl=False)
    for fault in proposal.faults:
        typer.echo(f"Still to be done, {fault}", err=True)


@app.command()
def release(
    name: Annotated[str, typer.Argument(help="what the release is called")],
    changes: Annotated[list[str], typer.Argument(help="what changes for users, a sentence each")],
    database: Database = None,
) -> None:
    """Say what a release changes: a task for every article that it touches."""
    try:
        for task in articles.release(open_runtime(database=database).deps, name, changes, utc_now()):
            typer.echo(task)
    except articles.NotARelease:
        stop("Give a name of at most 40 characters, and up to 50 changes of at most 300 characters.", WRONG_USE)


@app.command()
def simulate(
    weeks: Annotated[int, typer.Option(help="how many whole weeks, up to now")] = 4,
    seed: Annotated[int, typer.Option(help="the same seed gives the same weeks")] = 1,
    traffic: Annotated[float, typer.Option(help="times the usual number of conversations")] = 1.0,
    database: Database = None,
) -> None:
    """Fill a database with plausible weeks of traffic through the real actions; a running product is left in peace."""
    settings = read_settings(load_policy(), None, None, database)
    if not settings.demo:
        stop("A simulation fills demo databases only: BOT_MODE is production.", WRONG_USE)
    most = int(TICKETS_A_WEEK * max(weeks, 1) * max(traffic, 1.0))
    place = settings.database_url.rpartition("@")[2]
    typer.echo(f"Simulated tickets, {most} at most, are written into {place}, beside what is there.", err=True)
    runtime = open_runtime(database=database, bring_up=True)
    try:
        with progress_bar("simulating") as told:
            done = simulate_beside(runtime.deps, Plan(weeks, seed, utc_now(), traffic), told)
    except ValueError as error:
        stop(str(error), WRONG_USE)
    typer.echo(f"{done.conversations} conversations, {done.tasks} tasks, {done.start:%Y-%m-%d} to {done.end:%Y-%m-%d}.")
