"""Upkeep in the console: an article signed off, a release as tasks, a resolved ticket as a known issue; in Chromium too."""

import re

import httpx2
import pytest
from playwright.sync_api import Page, expect

from bot.actions import staff
from bot.actions.receive import Incoming, receive
from bot.wiring import utc_now
from tests.makers import ALEX, DONE, MARIA
from tests.web.conftest import Server

NARROW = "document.documentElement.scrollWidth <= window.innerWidth"


def a_resolved_ticket(server: Server) -> int:
    """Maria's phone app crashes, and a person has found out why."""
    for text in ("the app keeps crashing since the update", "talk to a person", "skip", "skip", "skip"):
        last = receive(server.deps, Incoming(MARIA, "in_app_chat", text), utc_now())
    number = last.conversation.ticket_number
    assert number is not None
    staff.resolve(staff.Command(server.deps, number, ALEX, utc_now()), DONE)
    return number


@pytest.mark.browser
@pytest.mark.guide("KM1", "KM3")
def test_a_lead_signs_an_article_off_and_makes_a_release_into_tasks(sqlite_server: Server, page: Page) -> None:
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    sqlite_server.sign_in(page, "Dana Reyes", "lead")
    page.get_by_role("link", name="Articles").click()

    page.get_by_role("button", name="it is right Two-step sign-in").click()
    page.get_by_text("signed off by Dana Reyes").wait_for()
    page.get_by_role("button", name="it is right Two-step sign-in").click()
    page.get_by_text("signed off today already").wait_for()
    page.get_by_label("Name of the release").fill("2.8")
    page.get_by_label("What changes for users").fill("Backup codes can be downloaded")
    page.get_by_role("button", name="Make a task for each article").click()
    page.get_by_role("link", name="See the action items").click()
    page.get_by_text("Release 2.8: see that the article").first.wait_for()

    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{sqlite_server.base}/console/articles")
    assert page.evaluate(NARROW) and faults == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "changes", "left"), [("2.8", "  ", "What changes for users"), ("  ", "New codes", "Name of the release")]
)
def test_a_release_that_is_refused_keeps_what_was_typed_and_the_page_stays_at_its_form(
    sqlite_server: Server, page: Page, name: str, changes: str, left: str
) -> None:
    sqlite_server.signed_in(page, "Dana Reyes", "lead")
    page.goto(f"{sqlite_server.base}/console/articles")
    page.get_by_label("Name of the release").fill(name)
    page.get_by_label("What changes for users").fill(changes)
    page.get_by_role("button", name="Make a task for each article").click()

    expect(page.get_by_text("Give the release a name")).to_be_in_viewport(ratio=1)
    expect(page.get_by_label("Name of the release")).to_have_value(name)
    expect(page.get_by_label("What changes for users")).to_have_value(changes)
    expect(page.get_by_label(left)).to_be_focused()


@pytest.mark.browser
@pytest.mark.guide("KM2")
def test_a_resolved_ticket_shows_the_change_that_makes_it_a_known_issue(sqlite_server: Server, page: Page) -> None:
    number = a_resolved_ticket(sqlite_server)
    sqlite_server.signed_in(page, "Alex Morgan", "agent")
    page.goto(f"{sqlite_server.base}/console/tickets/{number}")

    page.get_by_role("link", name="Make this a known issue").click()
    patch = page.locator("pre.patch").inner_text()
    assert f"+  - id: from_ticket_{number}" in patch and "the app keeps crashing since the update" in patch
    page.get_by_text("this is as it was written on a ticket: make it plain").wait_for()
    with page.expect_download() as loading:
        page.get_by_role("link", name="Download it as a patch").click()
    assert loading.value.suggested_filename == f"ticket-{number}.patch"
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate(NARROW)


def test_an_agent_reads_the_articles_but_signs_nothing_off(sqlite_server: Server) -> None:
    with httpx2.Client(base_url=sqlite_server.base, timeout=20, follow_redirects=True) as client:
        html = sqlite_server.sign_in(client, "Alex Morgan", "agent").text
        assert "I have read it" not in client.get("/console/articles").text
        word = re.search(r'name="form" value="([^"]+)"', html)
        assert word is not None
        told = client.post("/console/articles/sign-off", data={"form": word[1], "name": "security/mfa-setup"}).text
        assert "Only a lead can do this" in told and "signed off by" not in told


@pytest.mark.parametrize("number", ["9999", "1", "99999999999"])
def test_a_ticket_that_is_not_there_or_not_resolved_has_no_change(sqlite_server: Server, number: str) -> None:
    with httpx2.Client(base_url=sqlite_server.base, timeout=20, follow_redirects=True) as client:
        sqlite_server.sign_in(client, "Alex Morgan", "agent")
        for page in ("known-issue", "known-issue.patch"):
            assert client.get(f"/console/tickets/{number}/{page}").status_code == 404
