"""The command line: `python -m bot ...`, also `smartmed-bot`."""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from bot.config import Settings
    from bot.tuning.ask import Asking
    from bot.wiring import House
    from handoff.policy import Policy

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help="The SmartMed Support Assistant."
)
Intents = Annotated[Path | None, typer.Option("--intents", help="folder of intents files")]
Articles = Annotated[Path | None, typer.Option("--kb", help="folder of articles")]
Database = Annotated[str | None, typer.Option("--database", help="address of the database")]
FAULTS, WRONG_USE = 1, 2


def _environ() -> dict[str, str]:
    """The environment, and under it what `.env` beside the program sets."""
    from bot.env_file import EnvFileFault, with_env_file
    from bot.logs import log_to_json

    log_to_json()
    try:
        return with_env_file(os.environ, Path(__file__).resolve().parents[1])
    except EnvFileFault as error:
        _stop(str(error), WRONG_USE)


def _policy() -> "Policy":
    from handoff.data_files import DataFaults
    from handoff.policy import load_policy

    try:
        return load_policy()
    except DataFaults as error:
        _stop(str(error))


def _settings(policy: "Policy", intents: Path | None, kb: Path | None, database: str | None) -> "Settings":
    from bot.config import SettingsError, load_settings
    from bot.wiring import HOME

    given = {"INTENTS_DIR": intents, "KB_DIR": kb, "DATABASE_URL": database}
    environ = {**_environ(), **{name: str(value) for name, value in given.items() if value is not None}}
    try:
        return load_settings(environ, HOME, policy)
    except SettingsError as error:
        _stop(str(error), WRONG_USE)


def _house(
    intents: Path | None = None,
    kb: Path | None = None,
    database: str | None = None,
    *,
    serving: bool = False,
    bring_up: bool = False,
) -> "House":
    """Everything, with a database that is there, of this version, and written with this key; one line and the end otherwise."""
    from bot.storage.start import CannotStart, prepare
    from bot.wiring import build_house
    from handoff.data_files import DataFaults

    policy = _policy()
    try:
        house = build_house(_settings(policy, intents, kb, database), policy, _environ(), serving=serving)
        prepare(house.engine, bring_up=bring_up)
    except (DataFaults, ValueError, CannotStart) as error:
        _stop(str(error))
    return house


def _stop(message: str, code: int = FAULTS) -> NoReturn:
    print(message, file=sys.stderr)
    raise typer.Exit(code)


@app.command()
def serve(intents: Intents = None, kb: Articles = None, database: Database = None) -> None:
    """Web and worker in one process; migrates first and prints where to look."""
    from bot.serve import run_both

    house = _house(intents, kb, database, serving=True, bring_up=True)
    _print_where_to_look(house)
    run_both(house)


def _print_where_to_look(house: "House") -> None:
    settings = house.settings
    print(
        f"\n  SmartMed Support Assistant · {len(house.current.mind().catalog.intents)} issues · encoder {house.encoder_word}"
    )
    if settings.demo:
        from bot.web.sign_in import one_time_link
        from bot.wiring import utc_now

        link = one_time_link(house.deps, settings.base_url, **DEMO_STAFF, now=utc_now())
        print(f"  Chat demo       {settings.base_url}/\n  Staff console   {link}   (works once)")
    print(f"  Help center     {settings.base_url}/help\n", flush=True)


@app.command()
def web(intents: Intents = None, kb: Articles = None, database: Database = None) -> None:
    """The web process alone."""
    from bot.serve import run_web, watching

    house = _house(intents, kb, database, serving=True)
    with watching(house):
        run_web(house)


@app.command()
def worker(intents: Intents = None, kb: Articles = None, database: Database = None) -> None:
    """The worker alone: outbox and clocks."""
    from bot.serve import run_worker

    run_worker(_house(intents, kb, database, serving=True))


@app.command()
def migrate(database: Database = None) -> None:
    """Bring the schema of the database up to date."""
    from bot.storage.columns import Keys
    from bot.storage.database import open_database
    from bot.storage.start import CannotStart, prepare

    settings = _settings(_policy(), None, None, database)
    Keys.use(settings.encryption_keys())
    try:
        prepare(open_database(settings.database_url), bring_up=True)
    except (CannotStart, ValueError) as error:
        _stop(str(error))


Person = Annotated[str, typer.Argument(help="id of the member of staff")]
Name = Annotated[str | None, typer.Option(help="the name users see")]
Role = Annotated[str | None, typer.Option(help="agent, lead, security, compliance or admin")]
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
    from bot.storage.people import NotAPerson
    from bot.web.sign_in import one_time_link
    from bot.wiring import utc_now

    house = _house(database=database)
    if person is None and not house.settings.demo:
        _stop("Name the member of staff: sign-in PERSON --name NAME --role ROLE", WRONG_USE)
    given = {"staff_id": person, "name": name, "role": role}
    known = given if person else {key: given[key] or value for key, value in DEMO_STAFF.items()}
    try:
        print(one_time_link(house.deps, house.settings.base_url, **known, now=utc_now()))
    except NotAPerson as error:
        _stop(str(error), WRONG_USE)


staff = typer.Typer(no_args_is_help=True, help="Who works in the console, and in which role.")
app.add_typer(staff, name="staff")


@staff.command(name="list")
def list_staff(database: Database = None) -> None:
    """Everybody: id, role, name, Slack id."""
    from bot.storage import people

    with _house(database=database).deps.reading.begin() as db:
        for row in people.everybody(db):
            print(f"{row.id}\t{row.role}\t{row.name}\t{row.slack_id or '-'}")


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
    from bot.storage import people

    try:
        with _house(database=database).deps.sessions.begin() as db:
            row = people.put(db, person, name, role, slack_id)
            print(f"{row.id}\t{row.role}\t{row.name}\t{row.slack_id or '-'}")
    except people.NotAPerson as error:
        _stop(str(error), WRONG_USE)


@staff.command(name="remove")
def remove_staff(person: Person, database: Database = None) -> None:
    """Remove a member of staff; their sign-ins end at once, and what they did stays on the record."""
    from bot.storage import people

    with _house(database=database).deps.sessions.begin() as db:
        if not people.remove(db, person):
            _stop(f"Nobody has the id {person}.", WRONG_USE)


@app.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="folder of intents files")] = None,
    intents: Intents = None,
    kb: Articles = None,
) -> None:
    """Ask the gate: every text, name, table, sentence and walk, as before anything goes live; each fault with file and line."""
    from bot.tuning.check import check_everything
    from bot.tuning.progress import progress_bar
    from bot.wiring import HOME

    with progress_bar("checking") as told:
        faults = check_everything(folder or intents or HOME / "intents", kb or HOME / "kb_articles", told)
    for fault in faults:
        print(fault)
    if faults:
        raise typer.Exit(FAULTS)
    print("No faults.")


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="one message")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="one JSON object")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="rows of JSON in, rows of JSON out")] = False,
    intents: Intents = None,
    kb: Articles = None,
) -> None:
    """Say what is understood of one message, and why."""
    from bot.tuning.ask import asked, explained

    if not jsonl and not text:
        _stop("Write a message after `ask`, or use --jsonl.", WRONG_USE)
    house = _reading_only(intents, kb)
    if not jsonl:
        reading = house.read(text)
        print(json.dumps(asked(house, reading)) if as_json else explained(house, reading))
        return
    for row in _rows():
        print(json.dumps(asked(house, house.read(row["text"]))), flush=True)


@app.command(name="excerpt")
def show_excerpts(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="rows of JSON in, rows of JSON out")] = False,
) -> None:
    """Say what a notice may show of each text: the words that are known to belong to nobody."""
    from bot.understanding.privacy import load_excerpter

    if not jsonl:
        _stop("Use --jsonl, and give a row with a text on each line.", WRONG_USE)
    excerpt = load_excerpter()
    for number, row in enumerate(_rows(), start=1):
        text = row.get("text")
        if not isinstance(text, str):
            _stop(f"row {number} of the input has no text", WRONG_USE)
        print(json.dumps({"text": text, "excerpt": excerpt(text)}), flush=True)


def _rows() -> "Iterator[dict[str, Any]]":
    for number, line in enumerate(sys.stdin.buffer, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8", "replace"))
        except ValueError:
            _stop(f"line {number} of the input is not JSON", WRONG_USE)
        if not isinstance(row, dict):
            _stop(f"line {number} of the input is not an object", WRONG_USE)
        yield row


def _reading_only(intents: Path | None, kb: Path | None) -> "Asking":
    from bot.mind import open_reading
    from handoff.data_files import DataFaults

    try:
        return open_reading(_policy(), intents, kb, _environ())
    except DataFaults as error:
        _stop(str(error))


@app.command()
def talk(
    jsonl: Annotated[bool, typer.Option("--jsonl", help="rows of JSON in, rows of JSON out")] = False,
    intents: Intents = None,
    kb: Articles = None,
    database: Database = None,
) -> None:
    """A conversation in the terminal, with the same engine and tickets as everywhere."""
    from bot.storage.start import CannotStart
    from bot.wiring import open_terminal
    from handoff.data_files import DataFaults

    policy = _policy()
    try:
        terminal = open_terminal(_settings(policy, intents, kb, database), policy, _environ())
    except (DataFaults, ValueError, CannotStart) as error:
        _stop(str(error))
    if jsonl:
        for row in _rows():
            print(json.dumps(terminal.turn(row)), flush=True)
        return
    terminal.converse()


@app.command()
def bench(
    train: Annotated[Path, typer.Option(help="labelled rows to learn from")],
    test: Annotated[Path, typer.Option(help="labelled rows to measure on")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
    predictions: Annotated[Path | None, typer.Option(help="where to write each row's prediction")] = None,
) -> None:
    """Train the very same reader on labelled rows and measure it."""
    from bot.mind import open_the_encoder
    from bot.tuning.bench import bench as measure
    from bot.tuning.bench import shown
    from bot.tuning.progress import progress_bar

    encoder, _ = open_the_encoder(_environ())
    try:
        with progress_bar("learning") as told:
            result = measure(train, test, encoder, predictions, told)
    except (OSError, ValueError) as error:
        _stop(str(error), WRONG_USE)
    print(json.dumps(result.as_json()) if as_json else shown(result))


@app.command()
def evaluate(
    html: Annotated[Path | None, typer.Option(help="where to write it as a page with a picture")] = None,
    intents: Intents = None,
) -> None:
    """How well strangers are understood who were never learnt from, by writer, and the five things to do next."""
    from bot.mind import open_reading
    from bot.tuning.evaluate import evaluate as run
    from bot.tuning.evaluate import page, shown
    from bot.tuning.progress import progress_bar
    from bot.understanding.replies import ReplyReader
    from bot.understanding.voices import load_voices
    from handoff.data_files import DataFaults

    policy, environ = _policy(), _environ()
    try:
        versions = [
            open_reading(policy, folder, None, environ).reader for folder in ((intents, None) if intents else (None,))
        ]
    except DataFaults as error:
        _stop(str(error))
    kept = load_voices(part="held_out")
    with progress_bar("evaluating") as told:
        found = [
            run(reader, ReplyReader(reader.recognizer.voices, reader.recognizer.encoder), kept, told)
            for reader in versions
        ]
    print(shown(found[0], found[1] if len(found) > 1 else None))
    if html is not None:
        html.write_text(page(found[0]), encoding="utf-8")


@app.command()
def schema() -> None:
    """The format of an intents file as JSON Schema, with what every field is for."""
    from bot.authoring.schema import intents_schema

    print(json.dumps(intents_schema(), indent=2))


@app.command()
def guide() -> None:
    """Every row of the guide and the tests that prove it."""
    from bot.tuning.guide import shown_rows

    text, missing = shown_rows()
    print(text)
    if missing:
        raise typer.Exit(FAULTS)


@app.command()
def report(
    week: Annotated[str | None, typer.Option(help="a week as YYYY-Www; the last whole one when not given")] = None,
    database: Database = None,
) -> None:
    """The weekly report."""
    from bot.actions.report import weekly_report
    from bot.wiring import utc_now

    house = _house(database=database)
    now = utc_now()
    try:
        print(weekly_report(house.deps, week or f"{now - timedelta(days=7):%G-W%V}", now))
    except ValueError as error:
        _stop(str(error), WRONG_USE)


@app.command(name="known-issue")
def known_issue(
    ticket: Annotated[int, typer.Argument(help="number of a resolved ticket")],
    intents: Intents = None,
    kb: Articles = None,
    database: Database = None,
) -> None:
    """Print the change that would make a resolved ticket a known issue, as a patch for `git apply`."""
    from bot.storage import tickets
    from bot.tuning.known_issue import propose
    from bot.wiring import utc_now

    house = _house(intents, kb, database)
    with house.deps.reading.begin() as db:
        row = tickets.get(db, ticket)
        if row is None:
            _stop(f"There is no ticket #{ticket}.", WRONG_USE)
        found = tickets.ticket_of(row)
    mind = house.current.mind()
    try:
        proposal = propose(
            found, house.policy, mind.catalog, house.settings.intents, mind.assistant.library, utc_now().date()
        )
    except ValueError as error:
        _stop(str(error), WRONG_USE)
    print(proposal.patch, end="")
    for fault in proposal.faults:
        print(f"Still to be done, {fault}", file=sys.stderr)


@app.command()
def release(
    name: Annotated[str, typer.Argument(help="what the release is called")],
    changes: Annotated[list[str], typer.Argument(help="what changes for users, a sentence each")],
    database: Database = None,
) -> None:
    """Say what a release changes: a task for every article that it touches."""
    from bot.actions.articles import NotARelease
    from bot.actions.articles import release as make_tasks
    from bot.wiring import utc_now

    try:
        for task in make_tasks(_house(database=database).deps, name, changes, utc_now()):
            print(task)
    except NotARelease:
        _stop("Give a name of at most 40 characters, and up to 50 changes of at most 300 characters.", WRONG_USE)


@app.command()
def simulate(
    weeks: Annotated[int, typer.Option(help="how many whole weeks, up to now")] = 4,
    seed: Annotated[int, typer.Option(help="the same seed gives the same weeks")] = 1,
    traffic: Annotated[float, typer.Option(help="times the usual number of conversations")] = 1.0,
    database: Database = None,
) -> None:
    """Fill a database with plausible weeks of traffic through the real actions; a running product is left in peace."""
    from bot.tuning.progress import progress_bar
    from bot.tuning.simulate_beside import simulate_beside as run
    from bot.wiring import utc_now

    if not _settings(_policy(), None, None, database).demo:
        _stop("A simulation fills demo databases only: BOT_MODE is production.", WRONG_USE)
    house = _house(database=database, bring_up=True)
    try:
        with progress_bar("simulating") as told:
            done = run(house.deps, weeks, seed, utc_now(), told, traffic=traffic)
    except ValueError as error:
        _stop(str(error), WRONG_USE)
    print(f"{done.conversations} conversations, {done.deeds} deeds, {done.start:%Y-%m-%d} to {done.end:%Y-%m-%d}.")


def main() -> None:
    """The console script: what stops it is told in one line."""
    from sqlalchemy.exc import SQLAlchemyError

    from handoff.data_files import DataFaults

    try:
        app()
    except DataFaults as error:
        print(error, file=sys.stderr)
        sys.exit(FAULTS)
    except (OSError, SQLAlchemyError) as error:
        told = (
            f"{error.filename}: {error.strerror}"
            if isinstance(error, OSError) and error.filename
            else type(error).__name__
        )
        print(f"It cannot go on: {told}", file=sys.stderr)
        sys.exit(FAULTS)


if __name__ == "__main__":
    main()
