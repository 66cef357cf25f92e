"""Commands about who works in the console: sign-in, staff."""

from typing import Annotated

import typer

from bot.cli.common import WRONG_USE, Database, read_environ, stop
from bot.cli.opening import open_runtime
from bot.storage import heartbeats, people
from bot.storage.unit_of_work import UnitOfWork
from bot.web.console.sign_in import one_time_link
from bot.wiring import Runtime, utc_now

app = typer.Typer()
staff = typer.Typer(no_args_is_help=True, help="Who works in the console, and in which role.")
app.add_typer(staff, name="staff")
Person = Annotated[str, typer.Argument(help="id of the member of staff")]
Name = Annotated[str | None, typer.Option(help="the name users see")]
Role = Annotated[str | None, typer.Option(help="agent, lead, security, compliance or admin")]
SERVED = "served"
DEMO_STAFF = {"staff_id": "demo-staff", "name": "Alex Morgan", "role": "admin"}


@app.command(name="sign-in")
def sign_in(
    person: Annotated[
        str | None, typer.Argument(help="id of the member of staff; only the demo has one by default")
    ] = None,
    name: Name = None,
    role: Role = None,
    database: Database = None,
) -> None:
    """Print a link that signs a member of staff into the console once. Who is new needs a name and a role; a name or role given
    for somebody who is known is theirs from now on."""
    runtime = open_runtime(database=database)
    if person is None and not runtime.settings.demo:
        stop("Name the member of staff: sign-in PERSON --name NAME --role ROLE", WRONG_USE)
    given = {"staff_id": person, "name": name, "role": role}
    known = given if person else {key: given[key] or value for key, value in DEMO_STAFF.items()}
    try:
        typer.echo(one_time_link(runtime.deps, _address(runtime), **known, now=utc_now()))
    except people.NotAPerson as error:
        stop(str(error), WRONG_USE)


def remember_address(runtime: Runtime) -> None:
    """Keep where the assistant is reached, for links that are made while it runs."""
    with runtime.deps.sessions.begin() as db:
        heartbeats.beat(UnitOfWork(db, utc_now()), SERVED, base_url=runtime.settings.base_url)


def _address(runtime: Runtime) -> str:
    """Where the assistant is reached: as the settings say, else as it was started last."""
    environ = read_environ()
    if environ.get("BASE_URL") or environ.get("PORT"):
        return runtime.settings.base_url
    with runtime.deps.reading.begin() as db:
        return str(heartbeats.last_told(db, SERVED).get("base_url") or runtime.settings.base_url)


@staff.command(name="list")
def list_staff(database: Database = None) -> None:
    """Everybody: id, role, name, Slack id."""
    with open_runtime(database=database).deps.reading.begin() as db:
        for row in people.everybody(db):
            typer.echo(f"{row.id}\t{row.role}\t{row.name}\t{row.slack_id or '-'}")


@staff.command(name="set")
def set_staff(
    person: Person,
    name: Name = None,
    role: Role = None,
    slack_id: Annotated[
        str | None, typer.Option("--slack-id", help="their user id in Slack; empty takes it away")
    ] = None,
    database: Database = None,
) -> None:
    """Add a member of staff, or change what is given of one. Another role ends their sign-ins at once."""
    try:
        with open_runtime(database=database).deps.sessions.begin() as db:
            row = people.put(db, person, name, role, slack_id)
            typer.echo(f"{row.id}\t{row.role}\t{row.name}\t{row.slack_id or '-'}")
    except people.NotAPerson as error:
        stop(str(error), WRONG_USE)


@staff.command(name="remove")
def remove_staff(person: Person, database: Database = None) -> None:
    """Remove a member of staff; their sign-ins end at once, and what they did stays on the record."""
    with open_runtime(database=database).deps.sessions.begin() as db:
        if not people.remove(db, person):
            stop(f"Nobody has the id {person}.", WRONG_USE)
