"""The links under a resolution: looking at them changes nothing, the button votes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from bot.actions import staff
from bot.actions.deliver import deliver
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, receive
from bot.channels.email.outgoing import EmailSender
from bot.channels.email.pages import email_pages
from bot.channels.email.texts import load_email_words
from bot.config import Settings
from bot.storage import tickets
from bot.storage.tables import RatingRow
from handoff.policy.model import Policy
from handoff.ticket import User
from tests.channels.email_post import MARIA, Post, settings_for
from tests.makers import ALEX, DONE, NINE, hours

PAGES = load_email_words().pages
WRITER = User(f"mail:{MARIA}", "Maria", MARIA)


@dataclass
class Resolved:
    """A ticket that was resolved by mail, and the page behind its links."""

    deps: Deps
    number: int
    client: TestClient
    yes: str
    no: str

    def status(self) -> str:
        with self.deps.reading.begin() as db:
            row = tickets.get(db, self.number)
            assert row is not None
            return row.status

    def votes(self) -> list[bool]:
        with self.deps.reading.begin() as db:
            return list(db.scalars(select(RatingRow.helpful)))


def a_mailed_ticket(deps: Deps) -> int:
    """A ticket of a conversation by mail."""
    for text in ("I cannot log in", "I want to talk to a person", *["skip"] * 6):
        incoming = Incoming(WRITER, "email", text, address={"address": MARIA})
        received = receive(deps, incoming, NINE)
        if received.conversation.ticket_number:
            return received.conversation.ticket_number
    raise AssertionError("no ticket")


@pytest.fixture
def resolved(deps: Deps, policy: Policy, tmp_path: Path) -> Iterator[Resolved]:
    post = Post()
    settings = settings_for(policy, tmp_path, post.url, "")
    whole = replace(deps, senders={"email": EmailSender(settings, policy, deps.sessions)})
    number = a_mailed_ticket(whole)
    staff.resolve(staff.Command(whole, number, ALEX, NINE + hours(1)), DONE)
    while deliver(whole, NINE + hours(2)):
        pass
    mail = post.taken[-1][2]
    body = mail.get_body(("plain",))
    assert body is not None and "Issue Resolved" in str(mail["Subject"])
    links = re.findall(r"http://desk\.test(/votes/\S+)", body.get_content())
    yield Resolved(whole, number, page_of(whole, settings), *links)
    post.close()


def page_of(deps: Deps, settings: Settings) -> TestClient:
    def now() -> datetime:
        return NINE + hours(3)

    app = FastAPI()
    app.include_router(email_pages(settings, deps, now))
    return TestClient(app)


def test_a_scanner_that_opens_both_links_votes_for_nothing(resolved: Resolved) -> None:
    for link in (resolved.yes, resolved.no):
        page = resolved.client.get(link)
        assert page.status_code == 200 and '<form method="post">' in page.text
        resolved.client.head(link)
    assert resolved.votes() == [] and resolved.status() == "resolved"


def test_the_button_of_yes_closes_the_ticket_once(resolved: Resolved) -> None:
    for _ in range(2):
        assert PAGES["thanks_yes"] in resolved.client.post(resolved.yes).text
    assert resolved.votes() == [True] and resolved.status() == "closed"


def test_the_button_of_no_opens_the_ticket_again(resolved: Resolved) -> None:
    assert PAGES["thanks_no"] in resolved.client.post(resolved.no).text
    assert resolved.votes() == [False] and resolved.status() == "in_progress"


def test_a_no_after_the_ticket_was_closed_promises_nothing(resolved: Resolved) -> None:
    resolved.client.post(resolved.yes)
    assert PAGES["thanks_no_closed"] in resolved.client.post(resolved.no).text


def test_a_link_of_an_earlier_resolution_settles_no_later_one(resolved: Resolved) -> None:
    resolved.client.post(resolved.no)
    staff.resolve(staff.Command(resolved.deps, resolved.number, ALEX, NINE + hours(3)), DONE)
    for link in (resolved.yes, resolved.no):
        page = resolved.client.post(link)
        assert page.status_code == 410 and PAGES["old"] in page.text
    assert resolved.votes() == [False] and resolved.status() == "resolved"


def test_a_changed_link_shows_no_button_and_counts_nothing(resolved: Resolved) -> None:
    other = "a" if resolved.yes[-10] != "a" else "b"
    changed = f"{resolved.yes[:-10]}{other}{resolved.yes[-9:]}"
    assert resolved.client.get(changed).status_code == 404
    assert resolved.client.post(changed[:-3]).status_code == 404
    assert resolved.votes() == []
