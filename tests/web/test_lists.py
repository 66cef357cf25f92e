"""Lists of the chat's API are never cut silently, and a file is read only of whom may send it."""

import socket
from contextlib import suppress
from urllib.parse import urlsplit

import httpx2
import pytest

from bot.actions.message_limits import RateLimits, TooOften
from bot.storage import conversations
from bot.storage.conversations import WIDGET, Line
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import utc_now
from handoff.ticket import User
from tests.makers import MARIA
from tests.web.conftest import Server

MANY = 103


def linked(answer: httpx2.Response) -> str:
    """Where the list goes on; empty where it ends."""
    return str(answer.links.get("next", {}).get("url", ""))


def test_every_conversation_of_many_is_reached_and_none_is_told_twice(server: Server) -> None:
    with server.deps.sessions.begin() as db:
        for n in range(MANY):
            row = conversations.open_one(UnitOfWork(db, utc_now()), MARIA, WIDGET, {"address": f"{n}"})
            row.closed_at = utc_now()
    found: list[str] = []
    with server.client() as client:
        address = "/api/v1/conversations"
        while address:
            page = client.get(address)
            found += [one["id"] for one in page.json()]
            address = linked(page)
        foreign = client.get("/api/v1/conversations?before=nobodys")

    assert len(found) == len(set(found)) == MANY and foreign.status_code == 404


def test_a_transcript_that_is_longer_than_one_answer_says_that_there_is_more(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        short = client.post("/api/v1/conversations").json()
        with sqlite_server.deps.sessions.begin() as db:
            row = conversations.by_public_id(db, short["id"], for_update=True)
            assert row is not None
            for n in range(conversations.AT_ONCE + 3):
                conversations.append(
                    UnitOfWork(db, utc_now()), row, Line("user", "", f"line {n}", visible_to_user=True)
                )
        whole = client.post("/api/v1/conversations").json()
        first = client.get(f"/api/v1/conversations/{short['id']}/messages")
        rest = client.get(linked(first))

    assert short["more"] is False and whole["more"] is True
    assert first.json()[-1]["number"] + 1 == rest.json()[0]["number"] and linked(rest) == ""
    assert rest.json()[-1]["text"] == f"line {conversations.AT_ONCE + 2}"


def answer_before_the_body(server: Server, path: str, *heads: str) -> str:
    """What the server says of a file of ten megabytes of which it has seen the headers alone."""
    place = urlsplit(server.base)
    with socket.create_connection((place.hostname, place.port), timeout=15) as line:
        told = [f"POST {path} HTTP/1.1", f"Host: {place.netloc}", "Content-Length: 10000000", *heads]
        told.append("Content-Type: multipart/form-data; boundary=x")
        line.sendall("\r\n".join([*told, "", ""]).encode() + b"--x\r\n")
        return line.recv(200).decode().partition("\r\n")[0]


def test_a_file_is_not_read_before_it_is_known_who_sends_it_and_that_they_may(sqlite_server: Server) -> None:
    secret = sqlite_server.runtime.settings.signing_key("allowances")
    rate_limits = RateLimits(sqlite_server.deps.sessions, secret)
    with sqlite_server.client() as client:
        path = f"/api/v1/conversations/{client.post('/api/v1/conversations').json()['id']}/attachments"
        signed = f"Authorization: {client.headers['Authorization']}"
        assert " 401 " in answer_before_the_body(sqlite_server, path)
        with sqlite_server.client(User("u-other", "Ann", verified=True)) as other:
            foreign = f"Authorization: {other.headers['Authorization']}"
            assert " 404 " in answer_before_the_body(sqlite_server, path, foreign)
        with suppress(TooOften):
            for _ in range(100):
                rate_limits.use("messages", "", utc_now(), MARIA.id)
        assert " 429 " in answer_before_the_body(sqlite_server, path, signed)


@pytest.mark.parametrize("form", [{}, {"file": "no file"}])
def test_a_form_without_a_file_is_refused(sqlite_server: Server, form: dict[str, str]) -> None:
    with sqlite_server.client() as client:
        path = f"/api/v1/conversations/{client.post('/api/v1/conversations').json()['id']}/attachments"
        answers = [
            client.post(path, data=form),
            client.post(path, files={"file": ("a.txt", b"hello")}, data={"client_id": "not one"}),
        ]
    assert [answer.status_code for answer in answers] == [422, 422]
