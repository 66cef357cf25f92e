"""What is finished is not out of reach: staff leave a note on it, open it again, and find it by when it was finished."""

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx2
import pytest

from bot.actions import staff
from bot.storage import conversations, tickets
from bot.wiring import utc_now
from tests.makers import ALEX, DONE
from tests.web.conftest import Server
from tests.web.test_queue import form_of, tickets_of

PAGE = "/console/tickets/5001"


@pytest.fixture
def desk_(sqlite_server: Server) -> Iterator[httpx2.Client]:
    """Alex's browser."""
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        sqlite_server.sign_in(client, "Alex Morgan", "agent")
        yield client


def resolve(server: Server, number: int, ago: timedelta = timedelta()) -> None:
    """Alex has resolved this ticket so long ago."""
    staff.resolve(staff.Command(server.deps, number, ALEX, utc_now() - ago), DONE)


def press(client: httpx2.Client, action: str, **fields: str) -> httpx2.Response:
    """The form of this action, filled in and sent."""
    return client.post(f"{PAGE}/{action}", data={**form_of(client.get(PAGE).text, action), **fields})


def test_a_ticket_resolved_by_mistake_is_opened_again_and_the_user_is_told(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    place = tickets_of(sqlite_server, 1)
    resolve(sqlite_server, 5001)
    assert press(desk_, "reopen").status_code == 303
    page = desk_.get(PAGE).text

    with sqlite_server.deps.reading.begin() as db:
        ticket = tickets.ticket_of(tickets.get(db, 5001))  # type: ignore[arg-type]
        said = conversations.transcript(db, place, 0)
    assert (ticket.status, ticket.cycle, ticket.resolved_at) == ("in_progress", 2, None)
    assert [line.kind for line in said][-1] == "reopened" and "is open again" in said[-1].body
    assert (
        'being worked on again <small title="alex">· Alex Morgan</small>' in page
        and 'action="/console/tickets/5001/reply"' in page
    )


def test_what_is_open_or_finished_for_too_long_is_not_opened_again(sqlite_server: Server, desk_: httpx2.Client) -> None:
    tickets_of(sqlite_server, 1)
    word = form_of(desk_.get(PAGE).text, "note")
    while_open = desk_.post(f"{PAGE}/reopen", data=word)
    resolve(sqlite_server, 5001, timedelta(days=8))
    too_late = desk_.post(f"{PAGE}/reopen", data=word)

    assert (while_open.status_code, too_late.status_code) == (409, 409)
    assert "too late to reopen" in too_late.text
    assert "becomes a new ticket" in too_late.text and f'action="{PAGE}/reopen"' not in too_late.text


def test_a_note_is_left_on_a_finished_ticket_and_changes_nothing_else(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    tickets_of(sqlite_server, 1)
    resolve(sqlite_server, 5001)
    assert press(desk_, "note", text="The clinic called to say thanks.").status_code == 303
    page = desk_.get(PAGE).text

    assert "The clinic called to say thanks." in page and 'data-testid="status">Resolved<' in page
    assert f'action="{PAGE}/reply"' not in page


def test_what_is_done_stands_in_the_order_of_finishing(sqlite_server: Server, desk_: httpx2.Client) -> None:
    assert "Nothing has been finished yet." in desk_.get("/console?view=over").text
    tickets_of(sqlite_server, 4)
    for number, ago in ((5003, 30), (5001, 20), (5004, 10), (5002, 1)):
        resolve(sqlite_server, number, timedelta(minutes=ago))
    html = desk_.get("/console?view=over").text

    assert re.findall(r'role="row" href="/console/tickets/(\d+)"', html) == ["5002", "5004", "5001", "5003"]
    assert ">Finished<" in html and "Next due" not in html
