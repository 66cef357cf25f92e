"""A real server on loopback, with a worker beside it, and a real Chromium."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from sqlalchemy import Engine

from bot.actions.deps import Deps
from bot.channels.registry import with_channels
from bot.config import load_settings
from bot.hot_reload import ActiveVersion
from bot.mind import Mind
from bot.storage import heartbeats
from bot.storage.changes import publish
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.start import prepare
from bot.storage.unit_of_work import UnitOfWork
from bot.understanding.encoding.encoder import default_folder
from bot.web.app import create_app
from bot.web.console.sign_in import one_time_link
from bot.web.identity import sign_identity
from bot.web.reader_word import ending
from bot.wiring import HOME, Runtime, build_services, utc_now
from bot.worker import Worker
from handoff.policy.model import Policy
from handoff.ticket import User
from tests.conftest import skip_or_fail
from tests.makers import MARIA
from tests.waiting import until
from tests.web.readiness import Operator, asking_of

expect.set_options(timeout=30_000)  # a busy machine is no fault
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True)
class Server:
    """The program with its lights on."""

    base: str
    runtime: Runtime
    deps: Deps

    def client(self, user: User = MARIA) -> httpx2.Client:
        """An HTTP client of this user."""
        token = sign_identity(user, self.runtime.settings.chat_jwt_secret, utc_now())
        return httpx2.Client(base_url=self.base, headers={"Authorization": f"Bearer {token}"}, timeout=120)

    def staff_link(self, name: str = "Alex Morgan", role: str = "admin") -> str:
        """A one-time link for a member of staff."""
        return one_time_link(self.deps, self.base, name.split()[0].lower(), name, role, utc_now())

    def sign_in(self, who: httpx2.Client | Page, name: str = "Alex Morgan", role: str = "admin") -> Any:
        """Sign a member of staff in to the console with a one-time link, and give the page that comes."""
        link = self.staff_link(name, role)
        if isinstance(who, httpx2.Client):
            return who.post(
                f"{self.base}/console/sign-in", data={"word": link.partition("word=")[2]}, follow_redirects=True
            )
        who.goto(link)
        who.get_by_role("button", name="Sign in").click()
        who.wait_for_url(lambda url: "/sign-in" not in url)  # whoever goes on before is nobody yet
        return who

    def signed_in(self, page: Page, name: str = "Alex Morgan", role: str = "admin") -> None:
        """This browser is that of a member of staff who has signed in. The pages on which they do are another test's."""
        with httpx2.Client() as client:
            self.sign_in(client, name, role)
            kept = [(cookie.name, cookie.value or "") for cookie in client.cookies.jar]
        page.context.add_cookies([{"name": word, "value": value, "url": self.base} for word, value in kept])


@pytest.fixture
def server(database: str, policy: Policy, mind: Mind, tmp_path: Path) -> Iterator[Server]:
    """The web process and a worker on one of both databases."""
    yield from served(database, policy, mind, tmp_path)


@pytest.fixture
def operator(database: str, policy: Policy, mind: Mind, tmp_path: Path) -> Iterator[Callable[..., Operator]]:
    """Gives the operator of a service with further settings, on one of both databases."""
    made: list[Engine] = []

    def of(**more: str) -> Operator:
        runtime = runtime_of(database, policy, mind, tmp_path, **more)
        made.append(runtime.engine)
        prepare(runtime.engine, bring_up=False)
        return asking_of(runtime)

    yield of
    for engine in made:
        engine.dispose()


@pytest.fixture
def sqlite_server(sqlite: str, tmp_path: Path, policy: Policy, mind: Mind) -> Iterator[Server]:
    """The same on SQLite alone, for what does not depend on the database."""
    yield from served(sqlite, policy, mind, tmp_path)


@pytest.fixture
def spanish_server(sqlite: str, tmp_path: Path, policy: Policy, mind: Mind) -> Iterator[Server]:
    """The same with a console in Spanish."""
    yield from served(sqlite, policy, mind, tmp_path, CONSOLE_LANGUAGE="es")


def runtime_of(address: str, policy: Policy, mind: Mind, tmp_path: Path, **more: str) -> Runtime:
    """The parts of the program on this database, with these settings besides."""
    environ = {
        "DATABASE_URL": address,
        "STATE_DIR": str(tmp_path),
        "SECRET_KEY": "a-secret-of-the-tests-of-forty-characters",
        **more,
    }
    settings = load_settings(environ, HOME, policy)
    engine = open_database(address)
    current = ActiveVersion(lambda: replace(mind, ending=ending(settings, policy)).on(utc_now().date(), {}))
    bare = Deps(sessions_of(engine), reading_sessions_of(engine), policy, current.assistant, settings.base_url)
    deps, channels = with_channels(settings, bare, utc_now)
    return Runtime(
        settings, policy, engine, deps, current, "as installed", default_folder({**os.environ, **more}), channels
    )


def served(address: str, policy: Policy, mind: Mind, tmp_path: Path, **more: str) -> Iterator[Server]:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    runtime = runtime_of(address, policy, mind, tmp_path, PORT=str(port), **more)
    deps, engine = runtime.deps, runtime.engine
    server = uvicorn.Server(
        uvicorn.Config(create_app(build_services(runtime)), port=port, log_level="error", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    worker = Worker(runtime)
    worker.start()
    until(lambda: server.started)
    try:
        yield Server(f"http://127.0.0.1:{port}", runtime, deps)
    finally:
        server.should_exit = True
        worker._stop.set()
        with deps.sessions.begin() as db:  # whoever listens for changes need not sleep on
            publish(db, "desk")
            publish(db, "outbox")
            heartbeats.beat(UnitOfWork(db, utc_now()), "worker")
        worker.stop()
        thread.join(timeout=10)
        engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as the machine has it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        skip_or_fail("no Chromium on this machine: install it to run the browser tests")
    os.environ.setdefault("XDG_RUNTIME_DIR", "/tmp")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser window of its own."""
    made = browser.new_context(viewport={"width": 1280, "height": 860})
    made.set_default_timeout(30_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page in it."""
    return context.new_page()
