"""What the client has read, files for their owner alone, and what staff see of a grave ticket."""

import httpx2
import pytest

from bot.actions import staff
from bot.storage import conversations, tickets
from bot.wiring import utc_now
from handoff.ticket import User
from tests.makers import ALEX
from tests.waiting import until
from tests.web.conftest import Server

HACKED = "someone hacked my account and changed my password"


def opened(client: httpx2.Client) -> str:
    return str(client.post("/api/v1/conversations").json()["id"])


def read_up_to(server: Server, conversation: str) -> tuple[int, int]:
    """Up to which line the client has read, and the last one."""
    with server.deps.reading.begin() as db:
        row = conversations.by_public_id(db, conversation)
        assert row is not None
        return row.read_number, row.last_number


def a_ticket(client: httpx2.Client, text: str) -> tuple[str, int]:
    """A conversation with a ticket, its questions skipped."""
    conversation = opened(client)
    for n, words in enumerate([text, "let me talk to a person", *["skip"] * 6]):
        if client.get("/api/v1/conversations").json()[0]["ticket"]:
            break
        client.post(f"/api/v1/conversations/{conversation}/messages", json={"client_id": f"c{n}", "text": words})
    ticket = client.get("/api/v1/conversations").json()[0]["ticket"]
    return conversation, int(ticket["number"])


def test_what_a_client_fetched_is_read_and_what_it_never_asked_for_is_not(sqlite_server: Server) -> None:
    with sqlite_server.client() as client, sqlite_server.client(User("eve", verified=True)) as eve:
        conversation = opened(client)
        client.post(f"/api/v1/conversations/{conversation}/messages", json={"client_id": "a", "text": "hello"})
        assert read_up_to(sqlite_server, conversation)[0] == 0
        client.get(f"/api/v1/conversations/{conversation}/messages?after=0&read=false")
        eve.get(f"/api/v1/conversations/{conversation}/messages")
        assert eve.post(f"/api/v1/conversations/{conversation}/read", json={"number": 2}).status_code == 404
        assert read_up_to(sqlite_server, conversation)[0] == 0

        assert client.post(f"/api/v1/conversations/{conversation}/read", json={"number": 1}).status_code == 204
        assert read_up_to(sqlite_server, conversation)[0] == 1
        client.get(f"/api/v1/conversations/{conversation}/messages?after=0")
        read, last = read_up_to(sqlite_server, conversation)
        assert read == last > 1
        client.post(f"/api/v1/conversations/{conversation}/read", json={"number": 1})
        client.post(f"/api/v1/conversations/{conversation}/read", json={"number": 99})
        assert read_up_to(sqlite_server, conversation) == (last, last)


def test_what_was_given_on_a_living_stream_is_read(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        conversation = opened(client)
        address = f"/api/v1/conversations/{conversation}/events"
        with client.stream("GET", address, headers={"Last-Event-ID": "0"}) as stream:
            lines = stream.iter_lines()
            assert any("event: message" in line for line in lines)
            client.post(f"/api/v1/conversations/{conversation}/messages", json={"client_id": "a", "text": "hello"})
            until(lambda: read_up_to(sqlite_server, conversation)[0] >= 1)


@pytest.mark.guide("EC4", "CX6")
def test_a_file_in_the_chat_opens_for_its_owner_alone(sqlite_server: Server) -> None:
    words = b"some words"
    with sqlite_server.client() as client, sqlite_server.client(User("eve", verified=True)) as eve:
        conversation = opened(client)
        sent = client.post(f"/api/v1/conversations/{conversation}/attachments", files={"file": ("a.txt", words)})
        address = sent.json()["attachment"]["url"]
        assert client.get(address).content == words
        assert eve.get(address).status_code == 404
    with httpx2.Client(base_url=sqlite_server.base, follow_redirects=True, timeout=20) as anybody:
        assert anybody.get(address).status_code == 401
        sqlite_server.sign_in(anybody, "Alex Morgan", "lead")
        assert anybody.get(address).status_code == 401


@pytest.mark.guide("DD4", "PR2")
def test_a_grave_ticket_shows_what_to_do_to_the_user_and_the_checklist_to_staff(sqlite_server: Server) -> None:
    with sqlite_server.client() as client:
        _, number = a_ticket(client, HACKED)
        ticket = client.get("/api/v1/conversations").json()[0]["ticket"]
        assert "change your password" in ticket["care"] and ticket["due_text"]
        staff.reply(staff.Command(sqlite_server.deps, number, ALEX, utc_now()), "I am on it.")
        assert client.get("/api/v1/conversations").json()[0]["ticket"]["due_text"] == ""
    with sqlite_server.deps.reading.begin() as db:
        assert tickets.get(db, number) is not None
    with httpx2.Client(base_url=sqlite_server.base, follow_redirects=True, timeout=20) as desk:
        assert desk.get("/console/checklists/incident-response").url.path.endswith("/sign-in")
        sqlite_server.sign_in(desk, "Alex Morgan", "lead")
        page = desk.get(f"/console/tickets/{number}").text
        assert "/console/checklists/incident-response" in page and "strange hands" in page
        assert desk.get("/console/checklists/incident-response").status_code == 200
        assert desk.get("/console/checklists/privacy").status_code == 404
        assert desk.get("/console/checklists/..%2Fprivacy").status_code == 404
