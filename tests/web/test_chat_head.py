"""The head of the chat follows the request: who has it, whose turn it is, and that it is over. In a real browser."""

import pytest
from playwright.sync_api import Page, expect

from bot.actions import staff
from bot.wiring import utc_now
from tests.makers import ALEX, DONE
from tests.web.conftest import Server
from tests.web.test_whole_walk import last, open_chat, press, shot, write

pytestmark = pytest.mark.browser
ASKED = "Which clinic is it?"


def command(server: Server) -> staff.Command:
    """Alex does something with the request now."""
    return staff.Command(server.deps, 1001, ALEX, utc_now())


def with_alex(server: Server, page: Page) -> None:
    """An emergency is with people, and Alex has answered."""
    open_chat(page, server)
    write(page, "my mother has fallen and does not breathe")
    expect(page.get_by_test_id("ticket-facts")).to_contain_text("#1001")
    staff.reply(command(server), "I am with you now.")
    expect(page.get_by_test_id("ticket-facts")).to_have_text("Request #1001 · Critical · with Alex Morgan")
    expect(page.get_by_text("Alex Morgan is helping you")).to_be_visible()


def test_that_the_user_is_waited_for_stands_at_the_head_until_they_answer(sqlite_server: Server, page: Page) -> None:
    with_alex(sqlite_server, page)
    staff.ask(command(sqlite_server), ASKED)
    expect(last(page)).to_have_text(ASKED)

    expect(page.get_by_test_id("ticket-facts")).to_have_text("Request #1001 · Critical · waiting for your answer")
    expect(page.get_by_text("Alex Morgan is helping you")).to_be_visible()
    write(page, "the one in Main Street")
    expect(page.get_by_test_id("ticket-facts")).to_contain_text("Request #1001 · Critical · a person answers by")


def test_a_resolved_request_is_with_nobody_until_the_user_says_that_it_did_not_help(
    sqlite_server: Server, page: Page
) -> None:
    with_alex(sqlite_server, page)
    page.set_viewport_size({"width": 375, "height": 812})
    staff.resolve(command(sqlite_server), DONE)
    expect(page.get_by_test_id("ticket-facts")).to_have_text("Request #1001 · Resolved")
    expect(page.get_by_text("Alex Morgan is helping you")).to_have_count(0)
    expect(page.get_by_test_id("care")).to_have_count(0)
    shot(page, "head-resolved")
    press(page, "No")

    expect(page.get_by_text("Alex Morgan is helping you")).to_be_visible()
    expect(page.get_by_test_id("ticket-facts")).to_contain_text("Request #1001 · Critical")


def test_a_closed_request_says_so(sqlite_server: Server, page: Page) -> None:
    with_alex(sqlite_server, page)
    staff.resolve(command(sqlite_server), DONE)
    expect(page.get_by_test_id("ticket-facts")).to_have_text("Request #1001 · Resolved")
    press(page, "Yes")
    expect(page.get_by_test_id("rating-score-5")).to_be_visible()

    expect(page.get_by_text("is helping you")).to_have_count(0)
    expect(page.get_by_text("with Alex Morgan")).to_have_count(0)
