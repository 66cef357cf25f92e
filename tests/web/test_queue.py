"""The queue and the ticket page: nothing that a person may see is cut silently, and nothing that they write is lost."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import func, select

from bot.storage import conversations, tickets
from bot.storage.conversations import Line
from bot.storage.tables import MessageRow
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import utc_now
from handoff import desk
from handoff.ticket import CLOCK, Actor, Event, User
from handoff.ticket_events import Paged
from tests.makers import NINE, a_request
from tests.web.conftest import Server


def tickets_of(
    server: Server,
    count: int,
    team: str = "support",
    first: int = 5001,
    conversation: int | None = None,
    **more: object,
) -> int:
    """So many open tickets of a team; the conversation of the last."""
    policy = server.deps.policy
    with server.deps.sessions.begin() as db:
        for n in range(count):
            user = User(f"u-{first + n}", f"User {first + n}", verified=True)
            at = NINE + timedelta(seconds=n)
            place = conversation or conversations.open_one(UnitOfWork(db, at), user, "in_app_chat", {}).id
            number = max(first, tickets_known(db) + 1) if team == "security" else first + n
            opened = desk.open_ticket(policy, number, a_request(conversation_id=place, user=user), at).ticket
            tickets.save(UnitOfWork(db, at), policy, replace(opened, team=team, **more))  # type: ignore[arg-type]
    return place


def tickets_known(db) -> int:
    """The highest number there is."""
    from bot.storage.tables import TicketRow

    return db.scalar(select(func.max(TicketRow.number))) or 0


@pytest.fixture
def desk_(sqlite_server: Server) -> Iterator[httpx2.Client]:
    """Alex's browser."""
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        sqlite_server.sign_in(client, "Alex Morgan", "agent")
        yield client


def numbers(html: str) -> set[int]:
    """The tickets that are listed."""
    return {int(number) for number in re.findall(r'role="row" href="/console/tickets/(\d+)"', html)}


def test_an_agent_reaches_every_open_ticket_behind_many_that_they_may_not_see(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    tickets_of(sqlite_server, 210, "security", first=1001, priority="critical")
    tickets_of(sqlite_server, 120)
    first = desk_.get("/console").text
    seen = numbers(first) | numbers(desk_.get("/console?at=2").text) | numbers(desk_.get("/console?at=3").text)

    assert seen == set(range(5001, 5121)) and "1–50 of 120" in first
    assert '<span class="count">120</span>' in first and "210" not in first and "Security" not in first


def test_beyond_the_last_page_it_says_so_and_leads_back_to_the_last(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    tickets_of(sqlite_server, 55)
    html = desk_.get("/console?at=50").text

    assert "This list ends before this page" in html and "2451" not in html
    last = re.search(r'href="([^"]+)">Last page', html)
    assert last and "51–55 of 55" in desk_.get(last[1].replace("&amp;", "&")).text


def test_a_ticket_is_found_by_its_number_by_who_may_see_it(sqlite_server: Server, desk_: httpx2.Client) -> None:
    tickets_of(sqlite_server, 2)
    tickets_of(sqlite_server, 1, "compliance", first=7001)

    assert desk_.get("/console", params={"find": "#5002"}).headers["location"] == "/console/tickets/5002"
    for wrong in ("7001", "99999999999", "Maria", "-1", "u-7001", "%", "_"):
        answer = desk_.get("/console", params={"find": wrong})
        assert answer.status_code == 200 and "Nothing that you may see is found" in answer.text


@pytest.mark.parametrize("words", ["U-5002", "alex", "Alex Morgan", "works sign-in"])
def test_open_and_done_tickets_are_found_by_user_owner_and_words_of_the_issue(server: Server, words: str) -> None:
    tickets_of(server, 1)
    tickets_of(server, 1, first=5002, owner=Actor("staff", "alex", "Alex Morgan"), status="resolved")
    titles = server.deps.assistant().script.catalog.intents
    wanted = " ".join(reversed(titles[a_request().issue].title.split()[:2])) if "sign-in" in words else words
    with httpx2.Client(base_url=server.base, timeout=30) as client:
        server.sign_in(client, "Alex Morgan", "agent")
        html = client.get("/console", params={"find": wanted}).text

    assert 5002 in numbers(html) and (5001 in numbers(html)) == ("sign-in" in words)
    assert "Found: " in html


def test_a_long_transcript_is_shown_from_its_end_and_page_by_page(sqlite_server: Server, desk_: httpx2.Client) -> None:
    place = tickets_of(sqlite_server, 1)
    with sqlite_server.deps.sessions.begin() as db:
        row = conversations.lock(db, place)
        for n in range(650):
            conversations.append(
                UnitOfWork(db, NINE), row, Line("user", "User", f"line number {n + 1}.", visible_to_user=True)
            )
    said, page = set(), "/console/tickets/5001"
    while page:
        html = desk_.get(page).text
        said |= {int(n) for n in re.findall(r"line number (\d+)\.", html)}
        link = re.search(r'href="(/console/tickets/5001\?before=\d+)">Earlier lines', html)
        page = link[1] if link else ""

    assert said == set(range(1, 651))
    assert "line number 650." in desk_.get("/console/tickets/5001").text


def form_of(html: str, action: str) -> dict[str, str]:
    """The hidden fields of a form."""
    whole = re.search(rf'<form[^>]*action="[^"]*/{action}".*?</form>', html, re.DOTALL)
    assert whole
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', whole[0]))


def replies(server: Server) -> int:
    """How many answers of staff there are."""
    with server.deps.reading.begin() as db:
        return db.scalar(select(func.count()).select_from(MessageRow).where(MessageRow.said_by == "staff")) or 0


def test_the_same_press_counts_once_and_another_press_again(sqlite_server: Server, desk_: httpx2.Client) -> None:
    tickets_of(sqlite_server, 1)
    page = "/console/tickets/5001"
    fields = form_of(desk_.get(page).text, "note")
    first = [desk_.post(f"{page}/note", data={**fields, "text": "called her"}).status_code for _ in range(3)]
    after_three = replies(sqlite_server)
    again = form_of(desk_.get(page).text, "note")
    desk_.post(f"{page}/note", data={**again, "text": "called her"})

    assert first == [303] * 3 and (after_three, replies(sqlite_server)) == (1, 2)


def test_what_is_refused_comes_back_with_the_words_that_were_written(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    tickets_of(sqlite_server, 1)
    page = "/console/tickets/5001"
    resolve = form_of(desk_.get(page).text, "resolve")
    refused = desk_.post(f"{page}/resolve", data={**resolve, "done": "", "findings": "an old phone & <more>"})

    assert refused.status_code == 409 and "an old phone &amp; &lt;more&gt;" in refused.text


@pytest.mark.parametrize(
    ("to", "why", "told"), [("high", "   ", "Say why first"), ("medium", "it hurts", "It is already Medium")]
)
def test_a_priority_that_is_not_changed_says_why_not_and_keeps_what_was_chosen(
    sqlite_server: Server, desk_: httpx2.Client, to: str, why: str, told: str
) -> None:
    tickets_of(sqlite_server, 1)
    page = "/console/tickets/5001"
    fields = form_of(desk_.get(page).text, "priority")

    refused = desk_.post(f"{page}/priority", data={**fields, "to": to, "why": why})

    assert refused.status_code == 409 and told in refused.text and f'value="{why}"' in refused.text
    assert f'value="{to}" selected' in refused.text and "<details open><summary>Priority" in refused.text


def test_an_escalation_without_a_reason_is_refused_in_words(sqlite_server: Server, desk_: httpx2.Client) -> None:
    tickets_of(sqlite_server, 1)
    page = "/console/tickets/5001"

    refused = desk_.post(f"{page}/escalate", data={**form_of(desk_.get(page).text, "escalate"), "reason": "  "})

    assert refused.status_code == 409 and "Choose a reason from the list" in refused.text


def test_the_banner_names_only_tickets_that_may_be_seen(sqlite_server: Server, desk_: httpx2.Client) -> None:
    tickets_of(sqlite_server, 8, priority="critical")
    tickets_of(sqlite_server, 3, "security", first=9001, priority="critical")
    html = desk_.get("/console").text

    assert "900" not in html and "and <a" in html and len(numbers(desk_.get("/console?view=called").text)) == 8


@pytest.mark.parametrize(("ways", "told"), [((), "Nobody could be called"), (("email",), "People were called 1 time.")])
def test_the_banner_says_that_people_were_called_only_where_somebody_was(
    sqlite_server: Server, desk_: httpx2.Client, ways: tuple[str, ...], told: str
) -> None:
    tickets_of(sqlite_server, 1, priority="critical")
    with sqlite_server.deps.sessions.begin() as db:
        tickets.record(db, [Event(Paged(1, ("on_call",), ways), CLOCK, NINE)], number=5001)
    html = desk_.get("/console").text

    assert told in html and ("People were called" in html) == bool(ways)
    assert "contacts.yml" not in html


def test_the_queue_says_whose_turn_it_is_and_what_cannot_wait(sqlite_server: Server, desk_: httpx2.Client) -> None:
    written = utc_now() - timedelta(minutes=12)
    tickets_of(sqlite_server, 1, wrote_at=written, signals=("urgent",))
    desk_.get("/console/tickets/5001")
    html = desk_.get("/console").text

    assert "not answered for 1" in html and "says it cannot wait" in html


def test_a_critical_ticket_whose_promise_was_broken_is_first_and_overdue_though_another_update_was_promised(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    now = utc_now()
    tickets_of(sqlite_server, 2, priority="critical", opened_at=now, started_at=now, next_update_at=None)
    late = {"first_response_at": now, "owed_since": now - timedelta(minutes=40), "owed": 1}
    promised = {"next_update_at": now + timedelta(hours=1), "announced_at": now, "opened_at": now, "started_at": now}
    tickets_of(sqlite_server, 1, first=6001, priority="critical", **late, **promised)
    html = desk_.get("/console").text

    first = re.search(r'<a class="row ([^"]*)" role="row" href="/console/tickets/(\d+)"', html)
    assert first and first[2] == "6001" and "late" in first[1].split()
    assert "overdue · Answer that is owed" in re.sub(r"\s+", " ", html)


def test_an_emergency_told_within_a_security_ticket_shows_its_own_words_and_nothing_of_that_matter(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    place = tickets_of(sqlite_server, 1, "security", first=7001)
    with sqlite_server.deps.sessions.begin() as db:
        row = conversations.lock(db, place)
        for at, words in ((NINE, "somebody reads my letters"), (NINE + timedelta(hours=1), "je veux me suicider")):
            line = Line("user", "User", words, visible_to_user=True)
            conversations.append(UnitOfWork(db, at), row, line)
    with sqlite_server.deps.sessions.begin() as db:
        told = a_request(
            conversation_id=place,
            previous=7001,
            reason="emergency",
            starts_at="critical",
            title="Emergency",
            summary="je veux me suicider",
            user=User("u-7001", "User", "user@example.com"),
        )
        opened = desk.open_ticket(sqlite_server.deps.policy, 7002, told, NINE + timedelta(hours=1))
        tickets.keep(UnitOfWork(db, NINE + timedelta(hours=1)), sqlite_server.deps.policy, opened)

    page, queue = desk_.get("/console/tickets/7002").text, desk_.get("/console").text
    assert 7002 in numbers(queue) and "#7002</a> is Critical and nobody" in queue and "je veux me suicider" in queue
    assert page.count("je veux me suicider") == 2 and "somebody reads my letters" not in page
    assert "No number is known" in page and "user@example.com" in page
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as lead:
        sqlite_server.sign_in(lead, "Kim Reed", "lead")
        assert "somebody reads my letters" in lead.get("/console/tickets/7002").text
