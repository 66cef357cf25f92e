"""Each way out by itself: a server that hangs on one holds up nobody on another."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.channels.email.outgoing import EmailSender
from bot.channels.pager.webhook import Webhook, WebhookSender
from bot.hot_reload import ActiveVersion
from bot.outbound import PagedTicket, PagerCall, Place, PlainText, StaffEmail
from bot.storage import outbox
from bot.storage.database import open_database
from bot.storage.tables import OutboxRow
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import Runtime, utc_now
from bot.worker import Worker
from tests.channels.slack_workspace import DM, Workspace, words_of
from tests.channels.test_calls import KEY, Pager
from tests.waiting import until

LETTERS = 20


@pytest.fixture
def swallowing() -> Iterator[socket.socket]:
    """A mail server that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        yield server


@pytest.fixture
def worker(workspace: Workspace, swallowing: socket.socket, mind: Any) -> Iterator[tuple[Worker, Pager]]:
    """A worker with the real senders of all three ways; the mail server hangs."""
    pager, settings = Pager(), replace(workspace.settings, smtp_url=f"smtp://127.0.0.1:{swallowing.getsockname()[1]}")
    deps, engine = workspace.deps, open_database(settings.database_url)
    mail = EmailSender(settings, deps.policy, deps.sessions)
    call = WebhookSender(Webhook(pager.url, KEY, inside=True), "abc")
    deps = replace(deps, senders={**deps.senders, "email": mail, "webhook": call})
    made = Worker(Runtime(settings, deps.policy, engine, deps, ActiveVersion(lambda: mind), "none", Path(), ()))
    yield made, pager
    swallowing.close()  # whoever waits for its word is let go
    made.stop()
    pager.close()
    engine.dispose()


def put_all(workspace: Workspace) -> None:
    """Letters first, then an answer in Slack and a call about a Critical ticket."""
    paged = PagedTicket(ticket=1, priority="critical", team="support", round=1, roles=(), url="")
    with workspace.deps.sessions.begin() as db:
        work = UnitOfWork(db, utc_now())
        for n in range(LETTERS):
            address = f"someone{n}@example.com"
            outbox.put(work, "email", address, StaffEmail(to=Place(address=address), subject="s", text="t"))
        outbox.put(work, "slack", DM, PlainText(text="your answer", to=Place(address=DM, channel=DM)))
        call = PagerCall(type="ticket.paged", timestamp=utc_now().isoformat(), data=paged)
        outbox.put(work, "webhook", "page:1", call)


def test_a_mail_server_that_hangs_holds_up_neither_an_answer_in_slack_nor_a_call_about_a_critical_ticket(
    workspace: Workspace, worker: tuple[Worker, Pager]
) -> None:
    sending, pager = worker
    put_all(workspace)

    sending.start()
    until(lambda: workspace.double.messages(DM) and pager.taken)  # one letter alone hangs for 20 seconds, all for 400

    assert [words_of(message) for message in workspace.double.messages(DM)] == ["your answer"]
    assert len(pager.taken) == 1
    with workspace.deps.reading.begin() as db:
        letters = [row for row in db.query(OutboxRow) if row.channel == "email"]
    assert {row.state for row in letters} == {"waiting"}
