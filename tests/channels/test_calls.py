"""Calls about a Critical ticket on their way: named in Slack, by mail with a button, signed to a pager."""

import hmac
import json
import re
import socket
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.actions import alert_words, ops_alerts
from bot.actions.deliver import deliver
from bot.actions.deps import Delivery, Deps
from bot.actions.paging import page_people
from bot.channels.email.outgoing import EmailSender
from bot.channels.email.pages import email_pages
from bot.channels.pager.webhook import Webhook, WebhookSender
from bot.config import SettingsError, load_settings
from bot.outbound import PagedTicket, PagerCall, SendFailed
from bot.storage import outbox
from bot.wiring import HOME, utc_now
from handoff.policy.model import Policy
from tests.actions.test_paging import in_danger, staffed, the_ticket
from tests.channels.email_post import Post, settings_for
from tests.channels.slack_workspace import ALEX, CY, DM, MARIA, TIER2, Workspace, buttons, words_of
from tests.makers import NINE, minutes

KEY = b"a key of four and twenty"


class Pager:
    """A pager on loopback that keeps what it is told; its next answers can be set."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        pager = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                pager.taken.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(pager.answers.pop(0) if pager.answers else 204)
                self.send_header("Content-Length", "0")
                self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def pager() -> Iterator[Pager]:
    made = Pager()
    yield made
    made.close()


def with_pager(deps: Deps, policy: Policy, url: str) -> Deps:
    sender = WebhookSender(Webhook(url, KEY, inside=True), "abc")
    return replace(deps, policy=staffed(policy), senders={"webhook": sender})


def a_call() -> PagerCall:
    """A call about a ticket."""
    paged = PagedTicket(ticket=1, priority="critical", team="support", round=1, roles=(), url="")
    return PagerCall(type="ticket.paged", timestamp=NINE.isoformat(), data=paged)


def test_a_pager_gets_a_thin_call_that_it_can_verify(deps: Deps, policy: Policy, pager: Pager) -> None:
    paged = with_pager(deps, policy, pager.url)
    number = in_danger(paged)
    page_people(paged, NINE)
    deliver(paged, NINE)

    (headers, body) = pager.taken[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = b64encode(hmac.new(KEY, signed, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert int(headers["webhook-timestamp"]) == int(NINE.timestamp())
    told = json.loads(body)
    assert told["type"] == "ticket.paged" and told["data"]["ticket"] == number
    assert "husband" not in body.decode() and "Maria" not in body.decode() and len(body) < 20_000


def test_a_call_that_was_not_taken_comes_again_under_the_same_id(deps: Deps, policy: Policy, pager: Pager) -> None:
    pager.answers = [503, 302]
    paged = with_pager(deps, policy, pager.url)
    in_danger(paged)
    page_people(paged, NINE)
    for minute in range(4):
        deliver(paged, NINE + minutes(minute))

    assert len({headers["webhook-id"] for headers, _ in pager.taken}) == 1 and len(pager.taken) == 3
    with deps.reading.begin() as db:
        assert outbox.backlog(db)["sent"] == 1


def test_a_pager_that_is_gone_is_a_dead_letter_at_once(deps: Deps, policy: Policy, pager: Pager) -> None:
    pager.answers = [410]
    paged = with_pager(deps, policy, pager.url)
    in_danger(paged)
    page_people(paged, NINE)
    deliver(paged, NINE)
    with deps.reading.begin() as db:
        assert [row.last_error for row in outbox.dead_letters(db)] == ["http_410"]


@pytest.mark.parametrize("code", [401, 403, 404])
def test_a_call_that_the_pager_refuses_for_our_secret_or_address_waits_is_told_and_goes_out_when_it_is_mended(
    deps: Deps, policy: Policy, pager: Pager, code: int
) -> None:
    pager.answers = [code, code]
    paged = with_pager(deps, policy, pager.url)
    in_danger(paged)
    page_people(paged, NINE)
    deliver(paged, NINE)
    deliver(paged, NINE + minutes(1))

    with deps.reading.begin() as db:
        told = ops_alerts.facts(db)
    assert told["to_mend"] == {f"webhook:http_{code}": 1} and told["dead_letters"] == 0
    assert "PAGER_WEBHOOK" in alert_words.what_to_do(f"http_{code}", "webhook")

    deliver(paged, NINE + minutes(2))
    with deps.reading.begin() as db:
        assert outbox.backlog(db) == {"sent": 1}


def test_a_pagers_name_is_looked_up_once_and_that_machine_is_called(
    pager: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, real = [], socket.getaddrinfo

    def names(host: str, *more: Any, **named: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1" if asked.count("pager.test") == 1 else host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", names)
    sender = WebhookSender(Webhook(pager.url.replace("127.0.0.1", "pager.test"), KEY, inside=True), "abc")
    sender.send(Delivery(1, "page:1", a_call(), 1), NINE)

    assert asked.count("pager.test") == 1
    assert pager.taken[0][0]["host"].startswith("pager.test:")


INSIDE = (
    *("127.0.0.1", "169.254.169.254", "localhost:8443", "224.0.0.1", "10.1.2.3"),
    *("[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[::ffff:127.0.0.1]", "[ff0e::1]", "[fd00::1]"),
)


@pytest.mark.parametrize("url", [f"https://{machine}/x" for machine in INSIDE])
def test_a_pager_inside_our_own_network_is_never_called(url: str) -> None:
    sender = WebhookSender(Webhook(url, KEY), "abc")
    with pytest.raises(SendFailed) as refused:
        sender.send(Delivery(1, "page:1", a_call(), 1), NINE)
    assert refused.value.code == "address_not_public" and refused.value.permanent


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"PAGER_WEBHOOK_URL": "ftp://pager"}, "PAGER_WEBHOOK_URL"),
        ({"PAGER_WEBHOOK_URL": "https://pager.test", "PAGER_WEBHOOK_SECRET": "whsec_c2hvcnQ="}, "PAGER_WEBHOOK_SECRET"),
        ({"SMTP_URL": "mail.example.com"}, "SMTP_URL"),
        ({"IMAP_URL": "imaps://"}, "IMAP_URL"),
        ({"SMTP_URL": "smtp://u:secret@host:99999"}, "SMTP_URL"),
    ],
)
def test_an_address_that_cannot_be_one_stops_the_start_and_is_not_repeated(
    policy: Policy, tmp_path: Path, settings: dict[str, str], told: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"STATE_DIR": str(tmp_path), **settings}, HOME, policy)
    assert any(told in fault for fault in refused.value.faults)
    assert not any("u:secret" in fault for fault in refused.value.faults)


def test_a_secret_of_standard_webhooks_is_read(policy: Policy, tmp_path: Path) -> None:
    secret = "whsec_" + b64encode(KEY).decode()
    environ = {"STATE_DIR": str(tmp_path), "PAGER_WEBHOOK_URL": "https://p.test/x", "PAGER_WEBHOOK_SECRET": secret}
    assert load_settings(environ, HOME, policy).pager_key == b64decode(secret.removeprefix("whsec_"))


@pytest.fixture
def called_by_mail(deps: Deps, policy: Policy, tmp_path: Path) -> Iterator[tuple[Deps, int, str, Post, TestClient]]:
    post = Post()
    settings = settings_for(policy, tmp_path, post.url, "")
    duty = staffed(policy)
    whole = replace(deps, policy=duty, senders={"email": EmailSender(settings, duty, deps.sessions)})
    number = in_danger(whole)
    page_people(whole, NINE)
    deliver(whole, NINE)
    (letter,) = (mail for _, _, mail in post.taken)
    body = letter.get_body(("plain",))
    assert body is not None
    (link,) = re.findall(r"http://desk\.test(/acknowledge/\S+)", body.get_content())

    def now() -> datetime:
        return NINE + minutes(1)

    app = FastAPI()
    app.include_router(email_pages(settings, whole, now))
    yield whole, number, link, post, TestClient(app)
    post.close()


def test_a_letter_to_who_is_on_call_has_a_button_that_a_scanner_cannot_press(
    called_by_mail: tuple[Deps, int, str, Post, TestClient],
) -> None:
    deps, number, link, post, client = called_by_mail
    letter = post.taken[0][2]
    assert letter["To"] == "on_call@example.com" and letter["Auto-Submitted"] == "auto-generated"
    assert f"#{number}" in str(letter["Subject"]) and "husband" not in letter.as_string()

    page = client.get(link)
    assert "I am on it" in page.text and the_ticket(deps, number).acknowledged_by is None

    assert "nobody else is called" in client.post(link).text
    who = the_ticket(deps, number).acknowledged_by
    assert who is not None and who.name == "On_Call"
    assert "is on ticket" in client.get(link).text


def test_a_changed_link_acknowledges_nothing(called_by_mail: tuple[Deps, int, str, Post, TestClient]) -> None:
    deps, number, link, _, client = called_by_mail
    other = "a" if link[-8] != "a" else "b"
    assert client.post(f"{link[:-8]}{other}{link[-7:]}").status_code == 404
    assert the_ticket(deps, number).acknowledged_by is None


def paged_in_slack(workspace: Workspace, **slack: str) -> Workspace:
    """Maria's emergency, and the first call."""
    duty = staffed(workspace.deps.policy)
    contacts = {k: c.model_copy(update={"slack": slack.get(k, "")}) for k, c in duty.contacts.contacts.items()}
    duty = duty.model_copy(update={"contacts": duty.contacts.model_copy(update={"contacts": contacts})})
    called = replace(workspace, deps=replace(workspace.deps, policy=duty))
    called.types(MARIA, DM, "my son cannot breathe please help")
    page_people(called.deps, utc_now())
    return called


def test_in_slack_who_is_called_is_named_in_the_channel_and_told_directly(office: Workspace) -> None:
    called = paged_in_slack(office, on_call=ALEX)
    call = next(m for m in called.posts(TIER2) if "I am on it" in buttons(m))
    assert f"<@{ALEX}>" in words_of(call) and "son" not in words_of(call)
    assert any("I am on it" in buttons(m) for m in called.posts(f"D{ALEX}"))
    assert called.double.refused == []


def test_pressing_the_button_in_slack_ends_the_calls_and_stands_on_the_card(workspace: Workspace) -> None:
    called = paged_in_slack(workspace, on_call=ALEX)
    call = next(m for m in called.posts(TIER2) if "I am on it" in buttons(m))

    assert called.presses(ALEX, TIER2, call, buttons(call)["I am on it"]).status_code == 200

    card = next(m for m in called.posts(TIER2) if "Take" in buttons(m))
    assert "On it: Alex Morgan" in words_of(card)
    assert not page_people(called.deps, utc_now() + minutes(30))


def test_somebody_who_is_neither_called_nor_staff_cannot_end_the_calls(office: Workspace) -> None:
    called = paged_in_slack(office, on_call=ALEX)
    call = next(m for m in called.posts(TIER2) if "I am on it" in buttons(m))
    assert called.presses(CY, TIER2, call, buttons(call)["I am on it"]).status_code == 200
    assert [told["user"] for told in called.double.ephemerals] == [CY]
    assert page_people(called.deps, utc_now() + minutes(30))
