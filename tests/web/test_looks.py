"""Small things that people see: where the name of the house leads, and how a list looks within what was said."""

import re

import httpx2
from playwright.sync_api import Page

from tests.web.conftest import Server
from tests.web.test_queue import form_of, tickets_of


def test_the_name_of_the_house_leads_readers_of_the_help_center_to_its_list(sqlite_server: Server) -> None:
    with httpx2.Client(base_url=sqlite_server.base) as anybody:
        for path in ("/help", "/help/security/mfa-setup", "/help/no/page"):
            brand = re.search(r'class="brand" href="([^"]*)"', anybody.get(path).text)
            assert brand and brand[1] == "/help", path


def test_a_list_within_what_was_said_has_no_bubbles_of_its_own(sqlite_server: Server, page: Page) -> None:
    tickets_of(sqlite_server, 1)
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as alex:
        sqlite_server.sign_in(alex, "Alex Morgan", "agent")
        form = form_of(alex.get("/console/tickets/5001").text, "reply")
        alex.post("/console/tickets/5001/reply", data={**form, "text": "Please:\n\n1. Close it.\n2. Open it."})
    sqlite_server.signed_in(page)
    page.goto(f"{sqlite_server.base}/console/tickets/5001")

    looks = page.locator(".lines li li").evaluate_all(
        "all => all.map(li => [getComputedStyle(li).backgroundColor, getComputedStyle(li).paddingTop])"
    )
    assert looks == [["rgba(0, 0, 0, 0)", "0px"]] * 2
