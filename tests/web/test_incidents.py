"""The incidents page of the console: what is suspected, whom it affects, and settling it."""

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import select, update

from bot.actions import incidents
from bot.actions.receive import Incoming, receive
from bot.storage.tables import ConversationRow, MessageRow, TicketRow
from bot.web.markdown import as_html
from bot.wiring import utc_now
from handoff.ticket import User
from tests.waiting import until
from tests.web.conftest import Server
from tests.web.test_queue import tickets_of

CRASH = "the app keeps crashing since the update"


@pytest.fixture
def staff(sqlite_server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=sqlite_server.base, timeout=20, follow_redirects=True) as client:
        assert sqlite_server.sign_in(client, "Alex Morgan", "agent").status_code == 200
        yield client


@pytest.fixture
def lead(sqlite_server: Server) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=sqlite_server.base, timeout=20, follow_redirects=True) as client:
        assert sqlite_server.sign_in(client, "Kim Novak", "lead").status_code == 200
        yield client


def suspected(server: Server) -> None:
    """Five people have the same fault."""
    for user in range(5):
        receive(server.deps, Incoming(User(f"u-{user}", f"User {user}"), "in_app_chat", CRASH), utc_now())
    incidents.sense(server.deps, utc_now())


def press(client: httpx2.Client, page: str, action: str) -> httpx2.Response:
    word = re.search(r'name="form" value="([^"]+)"', page)
    assert word is not None
    return client.post(f"/console/incidents/1/{action}", data={"form": word[1]})


def test_the_page_is_empty_until_something_is_suspected(sqlite_server: Server, staff: httpx2.Client) -> None:
    assert "No incidents" in staff.get("/console/incidents").text


def test_beyond_the_last_page_it_does_not_say_that_there_are_none(sqlite_server: Server, staff: httpx2.Client) -> None:
    suspected(sqlite_server)
    html = staff.get("/console/incidents?at=50").text

    assert "This list ends before this page" in html and "No incidents" not in html and "2451" not in html


def test_what_everybody_affected_will_read_stands_there_word_for_word_before_it_is_sent(
    sqlite_server: Server, lead: httpx2.Client
) -> None:
    suspected(sqlite_server)
    for action in ("confirmed", "over"):
        page = lead.get("/console/incidents").text
        press(lead, page, action)
        until(lambda: len(told(sqlite_server)) == 5)
        assert {as_html(line).strip() for line in told(sqlite_server)} == set(shown(page))
        with sqlite_server.deps.sessions.begin() as db:
            db.execute(update(MessageRow).values(kind="message"))

    assert shown(lead.get("/console/incidents").text) == []


def shown(page: str) -> list[str]:
    """What the page says that will be sent."""
    return [line.strip() for line in re.findall(r"<blockquote>(.*?)</blockquote>", page, re.DOTALL)]


def told(server: Server) -> list[str]:
    """What users were told of an incident since this was asked last."""
    with server.deps.reading.begin() as db:
        return [row.body for row in db.scalars(select(MessageRow).where(MessageRow.kind == "incident"))]


def test_another_text_than_stood_on_the_page_is_not_sent(sqlite_server: Server, lead: httpx2.Client) -> None:
    suspected(sqlite_server)
    page = lead.get("/console/incidents").text
    other = re.sub(r'name="seen" value="\w+"', f'name="seen" value="{incidents.mark_of("another text")}"', page)
    form = dict(re.findall(r'name="(form|seen)" value="(\w+)"', other))
    path = re.search(r'action="(/console/incidents/\d+/confirmed)"', other)[1]  # type: ignore[index]

    answer = lead.post(path, data=form).text

    assert "was changed meanwhile" in answer and "Settled by" not in answer


def test_a_suspicion_stands_above_the_queue_and_is_settled_on_its_page(
    sqlite_server: Server, lead: httpx2.Client
) -> None:
    suspected(sqlite_server)
    assert "Suspected incident: Trouble with the phone app" in lead.get("/console").text

    page = lead.get("/console/incidents").text
    assert "Affected: 5" in page
    page = press(lead, page, "confirmed").text
    assert "Settled by Kim Novak" in page and "All clear" in page
    assert "Somebody was faster" in press(lead, page, "dismissed").text
    assert "Over" in press(lead, page, "over").text


def test_only_a_lead_writes_to_everybody_whom_an_incident_affects(sqlite_server: Server, staff: httpx2.Client) -> None:
    suspected(sqlite_server)
    page = staff.get("/console/incidents").text
    assert "A lead decides about this" in page and "/console/incidents/1/" not in page

    told = [press(staff, page, action).text for action in ("confirmed", "dismissed", "over")]

    assert all("Only a lead can do this" in one for one in told)
    assert "Suspected" in staff.get("/console/incidents").text


def test_a_ticket_of_a_team_that_one_may_not_see_is_not_named(
    sqlite_server: Server, staff: httpx2.Client, lead: httpx2.Client
) -> None:
    suspected(sqlite_server)
    with sqlite_server.deps.sessions.begin() as db:
        talk = db.scalars(select(ConversationRow).where(ConversationRow.user_id == "u-0")).one()
        talk.ticket_number = 5001
    tickets_of(sqlite_server, 1, team="security", conversation=talk.id)
    with sqlite_server.deps.sessions.begin() as db:
        db.execute(update(TicketRow).values(issue="technical.mobile_app"))
    shown, whole = staff.get("/console/incidents").text, lead.get("/console/incidents").text

    assert "#5001<" in whole and "#5001" not in shown
    assert "A ticket of another team" in shown
    assert "#5001<" in lead.get("/console/articles").text and "#5001" not in staff.get("/console/articles").text


def test_a_form_from_elsewhere_settles_nothing(sqlite_server: Server, lead: httpx2.Client) -> None:
    suspected(sqlite_server)
    assert lead.post("/console/incidents/1/confirmed", data={"form": "guessed"}).status_code == 403
    assert "Suspected" in lead.get("/console/incidents").text


def test_what_nobody_judged_is_said_to_be_put_aside_as_time_passed(sqlite_server: Server, lead: httpx2.Client) -> None:
    suspected(sqlite_server)
    page = lead.get("/console/incidents").text
    incidents.dismiss_quiet(sqlite_server.deps, utc_now() + timedelta(hours=3))

    shown, late = lead.get("/console/incidents").text, press(lead, page, "confirmed").text

    assert "Nobody judged it. No one else had this problem for 2 hours" in shown and "Put aside" in shown
    assert "Clock" not in shown and "Not an incident" not in shown and "Nobody judged it in time" in late


def test_what_is_not_a_deed_or_not_an_incident_is_not_found(sqlite_server: Server, lead: httpx2.Client) -> None:
    page = lead.get("/console/incidents").text
    assert press(lead, page, "eaten").status_code == 404
    assert press(lead, page, "confirmed").status_code == 404
