"""Each part of the service is really broken: /readyz says so in words, and says no more of it when it is mended."""

import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography.fernet import Fernet
from sqlalchemy import delete

from bot.channels.base import OK
from bot.channels.email.imap import leave, opened
from bot.channels.email.named_server import FEWEST
from bot.mind import Mind
from bot.serve import watching
from bot.storage import heartbeats
from bot.storage.tables import SealRow
from bot.understanding.encoding import MODEL, NUMBERS, WORDS
from bot.wiring import Runtime
from bot.worker import BEAT_SECONDS, Worker
from handoff.policy.model import Policy
from tests.channels.email_post import PASSWORD, Post, a_mail, free_port, imap_server
from tests.channels.slack_double import SECRET, TOKEN, SlackDouble
from tests.storage.test_changes import breaking
from tests.waiting import until
from tests.web.conftest import runtime_of
from tests.web.readiness import Operator, asking_of, ended, read_only, takes_no_write

Ask = Callable[..., Operator]
dies = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


def test_a_database_that_takes_no_write_is_told_and_the_end_of_it(operator: Ask) -> None:
    asking = operator()
    asking.hears_that_all_is_well()

    with takes_no_write(asking.runtime.engine):
        asking.hears("database", "cannot be written to", "room on its disk")

    asking.hears_that_all_is_well()


def test_a_folder_that_takes_no_file_is_told_and_the_end_of_it(operator: Ask) -> None:
    asking = operator()
    asking.hears_that_all_is_well()

    with read_only(asking.runtime.settings.state_dir):
        asking.hears("disk", "Nothing can be written where STATE_DIR", "PermissionError")

    asking.hears_that_all_is_well()


def test_the_folder_of_our_own_files_is_looked_at_also_where_the_database_lies_elsewhere(
    operator: Ask, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    asking = operator(STATE_DIR=str(state))
    asking.hears_that_all_is_well()

    with read_only(state):
        asking.hears("disk", "Nothing can be written where STATE_DIR")


def test_a_database_of_another_key_is_told_and_the_end_of_it(operator: Ask) -> None:
    asking, other = operator(), Fernet(b"y" * 43 + b"=")
    asking.hears_that_all_is_well()

    with asking.runtime.deps.sessions.begin() as db:
        db.add(SealRow(name="another", sealed=other.encrypt(b"smartmed")))
    asking.hears("key", "cannot be opened with our key", "SECRET_KEY")

    with asking.runtime.deps.sessions.begin() as db:
        db.execute(delete(SealRow).where(SealRow.name == "another"))
    asking.hears_that_all_is_well()


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("invalid_auth", "Slack does not accept our token. Check SLACK_BOT_TOKEN. (invalid_auth)"),
        ("account_inactive", "Slack has switched our app off."),
        ("500", "It does not answer as it should. The log says more. (http_500)"),
        ("org_login_required", "is being moved into an organization"),
    ],
)
def test_a_slack_that_does_not_know_us_is_told_and_the_end_of_it(operator: Ask, fault: str, told: str) -> None:
    with closing(SlackDouble()) as double:
        settings = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": double.api}
        asking = operator(**settings)
        asking.hears_that_all_is_well()

        double.fail("auth.test", *[fault] * 500)
        asking.hears("slack", told)

        double.faults.clear()
        asking.hears_that_all_is_well()


def test_a_slack_that_is_gone_is_told_and_one_that_is_busy_is_there(operator: Ask) -> None:
    double = SlackDouble()
    asking = operator(SLACK_BOT_TOKEN=TOKEN, SLACK_SIGNING_SECRET=SECRET, SLACK_API_URL=double.api)
    double.fail("auth.test", "429")
    asking.hears_that_all_is_well()
    assert not double.faults["auth.test"]

    double.close()
    asking.hears("slack", "Slack cannot be reached. Check SLACK_API_URL")


def test_a_mail_server_that_is_gone_is_told_and_the_end_of_it(operator: Ask) -> None:
    post = Post()
    port = int(post.url.rpartition(":")[2])
    asking = operator(SMTP_URL=post.url)
    asking.hears_that_all_is_well()

    post.close()
    asking.hears("mail_out", "mail server cannot be reached", "SMTP_URL", "ConnectionRefusedError")

    again = Controller(post, hostname="127.0.0.1", port=port)
    again.start()
    asking.hears_that_all_is_well()
    again.stop()


def test_a_mail_server_that_does_not_take_our_password_is_told(operator: Ask) -> None:
    nobody: dict[str, Any] = {
        "authenticator": lambda *_: AuthResult(success=False, handled=False),
        "auth_require_tls": False,
    }
    server = Controller(object(), hostname="127.0.0.1", port=free_port(), **nobody)
    server.start()
    asking = operator(SMTP_URL=f"smtp://maria:geheim@127.0.0.1:{server.port}")
    asking.hears("mail_out", "does not accept our name or password", "SMTP_URL")
    server.stop()


def test_a_mailbox_that_is_gone_or_does_not_take_our_password_is_told_and_the_end_of_it(operator: Ask) -> None:
    with imap_server() as address:
        asking = operator(IMAP_URL=address)
        asking.hears_that_all_is_well()
        wrong = operator(IMAP_URL=address.replace(PASSWORD.replace(" ", "%20"), "geheim"))
        wrong.hears("mail_in", "does not accept our name or password", "IMAP_URL", "imap_refused")
    port = int(address.rpartition(":")[2])

    asking.hears("mail_in", "mailbox cannot be reached", "IMAP_URL", "ConnectionRefusedError")

    with imap_server(port):
        asking.hears_that_all_is_well()


def test_a_name_that_no_mail_carries_is_told_and_the_service_goes_on(operator: Ask) -> None:
    with imap_server() as address:
        asking = operator(IMAP_URL=address, MAIL_AUTHSERV_ID="nonee")
        box = opened(urlsplit(address))
        for number in range(FEWEST):
            box.append(a_mail("Hello", number=number), "INBOX", flag_set=())
        leave(box)
        asking.asks()
        asking.hears("mail_proof", "MAIL_AUTHSERV_ID", code=200)


@dies
def test_a_watcher_that_has_died_is_told_and_one_that_watches_again(operator: Ask, tmp_path: Path) -> None:
    folders = {"INTENTS_DIR": tmp_path / "intents", "KB_DIR": tmp_path / "kb"}
    for folder in folders.values():
        folder.mkdir()
    asking = operator(**{name: str(folder) for name, folder in folders.items()})
    current = asking.runtime.current
    with watching(asking.runtime):
        asking.hears_that_all_is_well()
        assert asking.asks()[1]["watcher"] == OK

        ended(current._watcher)  # type: ignore[arg-type]
        asking.hears("watcher", "it has stopped: changed files are not taken up", code=200)

    with watching(asking.runtime):
        until(lambda: asking.asks()[1]["watcher"] == OK)


def test_changes_that_are_not_heard_are_told_and_the_end_of_it(operator: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    asking, broken = operator(), Event()
    broken.set()
    breaking(monkeypatch, broken)

    with asking.client:
        asking.asks()
        asking.hears("changes", "do not show by themselves what is new", code=200)
        broken.clear()
        asking.hears_that_all_is_well()


def test_an_encoder_whose_files_are_gone_is_told_and_the_end_of_it(operator: Ask, tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    folder.mkdir()
    for name in (MODEL, NUMBERS, WORDS):
        (folder / name).touch()
    asking = operator(ENCODER_DIR=str(folder))
    asking.hears_that_all_is_well()

    (folder / WORDS).unlink()
    asking.hears("encoder", "Its files are gone", "make install", code=200)

    (folder / WORDS).touch()
    asking.hears_that_all_is_well()


def test_a_start_without_the_encoder_is_told_until_the_next_one(operator: Ask, tmp_path: Path) -> None:
    missing = replace(operator().runtime, encoder_word="missing: not built yet", encoder_folder=tmp_path)
    asking = asking_of(missing)
    asking.asks()
    asking.hears("encoder", "missing: not built yet", "works on words alone", code=200)

    for name in (MODEL, WORDS):
        (tmp_path / name).touch()
    asking.hears("encoder", "Start the service anew", code=200)


@dies
def test_a_worker_of_which_one_thread_has_ended_gives_no_sign_of_life(operator: Ask) -> None:
    asking = operator()
    worker = Worker(asking.runtime)
    worker.start()
    try:
        until(lambda: asking.only_asks()[1]["worker"] == OK)
        before = _beat(asking.runtime)
        worker.beat()
        assert _beat(asking.runtime) != before

        ended(next(thread for thread in worker._threads if thread.name == "worker_send_rest"), worker._lanes[-1][1].set)
        before = _beat(asking.runtime)
        worker.beat()
        assert _beat(asking.runtime) == before, (
            f"a beat comes every {BEAT_SECONDS} s, and none after a thread has ended"
        )
    finally:
        worker.stop()


def _beat(runtime: Runtime) -> datetime | None:
    with runtime.deps.reading.begin() as db:
        return heartbeats.last(db, "worker")


def test_alive_is_answered_while_the_database_takes_every_question_and_gives_no_answer(
    policy: Policy, mind: Mind, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=200) as silent:
        address = f"postgresql://u:x@127.0.0.1:{silent.getsockname()[1]}/x"
        runtime = runtime_of(address, policy, mind, tmp_path)
        asking = asking_of(runtime)
        asking.hears("database", "no answer for")
        assert asking.client.get("/healthz").json() == {"status": "alive"}
