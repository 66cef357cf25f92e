"""The console on a phone: no page is wider than the screen, and what staff need lies in reach."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.conftest import Server
from tests.web.test_whole_walk import MFA, last, open_chat, press, shot, write

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
PAGES = ("", "/articles", "/incidents", "/reports", "/undelivered", "/tickets/1001", "/tickets/1001/known-issue")


def overhang(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_the_console_is_wider_than_a_phone(
    sqlite_server: Server, context: BrowserContext, path: str
) -> None:
    chat, desk = context.new_page(), context.new_page()
    open_chat(chat, sqlite_server)
    write(chat, MFA)
    expect(last(chat)).to_contain_text("Date & time")
    write(chat, "I want to talk to a person")
    press(chat, "Skip")
    press(chat, "Skip")
    expect(chat.get_by_test_id("ticket")).to_contain_text("#1001")
    desk.set_viewport_size(PHONE)
    sqlite_server.sign_in(desk)
    desk.goto(f"{sqlite_server.base}/console{path}")
    expect(desk.locator("h1").first).to_be_visible()
    shot(desk, f"phone{path.replace('/', '-')}")
    assert overhang(desk) <= 0
