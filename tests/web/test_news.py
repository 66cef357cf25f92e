"""What a user writes on a ticket is seen at once in the queue, and is gone when a person has read or answered it."""

from collections.abc import Iterator
from datetime import timedelta

import httpx2
import pytest
from playwright.sync_api import Page, expect

from bot.storage import conversations
from bot.storage.conversations import Line
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import utc_now
from handoff.ticket import Wait
from tests.waiting import until
from tests.web.conftest import Server
from tests.web.test_queue import form_of, numbers, tickets_of

EMERGENCY = "i took far too many of my pills and feel very sleepy"


@pytest.fixture
def desk_(sqlite_server: Server) -> Iterator[httpx2.Client]:
    """Alex's browser."""
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        sqlite_server.sign_in(client, "Alex Morgan", "agent")
        yield client


def writes(server: Server, place: int, words: str, ago: timedelta = timedelta()) -> None:
    """The user writes a line."""
    with server.deps.sessions.begin() as db:
        row = conversations.lock(db, place)
        work = UnitOfWork(db, utc_now() - ago)
        conversations.append(work, row, Line("user", "Maria Lopez", words, visible_to_user=True))


def row_of(client: httpx2.Client, number: int) -> str:
    """A ticket in the queue."""
    return client.get("/console").text.partition(f'role="row" href="/console/tickets/{number}"')[2].partition("</a>")[0]


def test_every_word_in_an_emergency_is_news_until_a_person_opens_the_ticket(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    tickets_of(sqlite_server, 1, priority="critical")
    with sqlite_server.client() as chat:
        place = f"/api/v1/conversations/{chat.post('/api/v1/conversations').json()['id']}/messages"
        chat.post(place, json={"client_id": "0", "text": EMERGENCY})
        opened = desk_.get("/console").text
        desk_.get("/console/tickets/1001")
        for n, words in enumerate(("please hurry", "are you there?", "ok")):
            chat.post(place, json={"client_id": f"again-{n}", "text": words})
    told = desk_.get("/console").text
    by_itself = desk_.get("/console/tickets/1001", headers={"X-By-Itself": "1"})
    after_refresh = row_of(desk_, 1001)
    desk_.get("/console/tickets/1001")

    assert "not read yet, the last message 1 minute ago" in opened and order_of(opened) == [1001, 5001]
    assert "3 new messages, the last 1 minute ago" in told and "wrote again, and nobody has read it yet" in told
    assert by_itself.status_code == 200 and "3 new messages" in after_refresh
    assert "new message" not in desk_.get("/console").text and "wrote again" not in desk_.get("/console").text


def order_of(html: str) -> list[int]:
    """The tickets of a queue, from the top."""
    return sorted(numbers(html), key=lambda n: html.index(f'role="row" href="/console/tickets/{n}"'))


@pytest.mark.parametrize("action", ["reply", "resolve"])
def test_an_answer_ends_the_news_but_not_of_what_was_written_meanwhile(
    sqlite_server: Server, desk_: httpx2.Client, action: str
) -> None:
    place = tickets_of(sqlite_server, 1, priority="critical")
    page = "/console/tickets/5001"
    writes(sqlite_server, place, "it is worse now")
    form = form_of(desk_.get(page).text, "reply")
    writes(sqlite_server, place, "please hurry")
    before = row_of(desk_, 5001)
    answer = {"text": "I am calling you.", "done": "Called.", "findings": "Well again."}
    desk_.post(f"{page}/{action}", data={**form, **answer}, headers={"X-By-Itself": "1"})

    assert "1 new message, " in before
    assert ("1 new message, " in row_of(desk_, 5001)) == (action == "reply")


def test_urgent_news_comes_before_what_is_due_sooner_and_other_news_moves_nothing(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    tickets_of(sqlite_server, 2, priority="critical")
    urgent = tickets_of(sqlite_server, 1, first=5003, priority="critical")
    tickets_of(sqlite_server, 1, first=5004)
    ordinary = tickets_of(sqlite_server, 1, first=5005)
    for number, place in ((5003, urgent), (5005, ordinary)):
        writes(sqlite_server, place, "my code is refused", timedelta(hours=1))
        desk_.get(f"/console/tickets/{number}")
        writes(sqlite_server, place, "anything new?", timedelta(minutes=5))
    html = desk_.get("/console").text

    assert order_of(html) == [5003, 5001, 5002, 5004, 5005]
    assert "The user of <a" in html and html.count("1 new message, 5 minutes ago") == 2


@pytest.mark.browser
def test_what_appears_on_an_open_page_counts_as_seen_when_somebody_does_something_there(
    sqlite_server: Server, page: Page, desk_: httpx2.Client
) -> None:
    place = tickets_of(sqlite_server, 1, priority="critical")
    writes(sqlite_server, place, "my code is refused")
    sqlite_server.signed_in(page, "Dana Reyes")
    page.goto(f"{sqlite_server.base}/console/tickets/5001")
    writes(sqlite_server, place, "it is worse now")
    expect(page.get_by_text("it is worse now").first).to_be_visible()
    waiting = row_of(desk_, 5001)
    page.mouse.wheel(0, 50)
    until(lambda: "new message" not in row_of(desk_, 5001))

    assert "1 new message, " in waiting


def test_the_queue_says_for_how_long_a_user_has_not_answered_and_loudly_in_an_emergency(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    """No clock runs while somebody is waited for: silence in an emergency must be seen all the same."""
    waits = (Wait(utc_now() - timedelta(minutes=25)),)
    tickets_of(sqlite_server, 1, priority="critical", reason="emergency", waits=waits)
    tickets_of(sqlite_server, 1, first=5002, waits=waits)

    assert '<small class="turn">waiting for the user for 2' in row_of(desk_, 5001)
    assert "<small>waiting for the user for 2" in row_of(desk_, 5002)
