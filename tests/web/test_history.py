"""A chat that has a history opens where the user goes on reading: at the first line they have not seen, or at the end."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from bot.storage import conversations
from bot.storage.conversations import Line
from bot.storage.tables import ConversationRow
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import utc_now
from tests.web.conftest import Server
from tests.web.test_whole_walk import MFA, last, open_chat, press, write

pytestmark = pytest.mark.browser
LONG = "A line of some length, so that a good many of them do not fit into the panel. " * 4


def said(server: Server, count: int) -> None:
    """So many long lines of a person stand at the end of the only conversation."""
    with server.deps.sessions.begin() as db:
        place = db.scalar(select(ConversationRow.id))
        assert place is not None
        row = conversations.lock(db, place)
        for n in range(count):
            line = Line("staff", "Alex Morgan", f"Line {n + 1}: {LONG}", visible_to_user=True)
            conversations.append(UnitOfWork(db, utc_now()), row, line)


def a_long_chat(server: Server, page: Page) -> None:
    """A conversation that does not fit into the panel, read to its end, with live buttons below it."""
    open_chat(page, server)
    write(page, MFA)
    expect(last(page)).to_contain_text("Date & time")
    press(page, "No")
    expect(last(page)).to_contain_text("backup code")
    press(page, "No")
    expect(last(page)).to_contain_text("Which device")


def test_after_a_reload_the_newest_answer_and_its_buttons_are_in_sight(sqlite_server: Server, page: Page) -> None:
    a_long_chat(sqlite_server, page)
    page.reload()
    expect(last(page)).to_contain_text("Which device")

    expect(last(page)).to_be_in_viewport()
    expect(page.get_by_test_id("reply").last).to_be_in_viewport(ratio=1)
    expect(page.get_by_test_id("new-messages")).to_be_hidden()


def test_opened_anew_from_the_launcher_the_newest_answer_is_in_sight(sqlite_server: Server, page: Page) -> None:
    a_long_chat(sqlite_server, page)
    page.get_by_test_id("close").click()
    page.reload()
    page.get_by_test_id("launcher").click()
    expect(last(page)).to_contain_text("Which device")

    expect(page.get_by_test_id("reply").last).to_be_in_viewport(ratio=1)


def test_what_was_said_meanwhile_is_read_from_its_first_line(sqlite_server: Server, page: Page) -> None:
    a_long_chat(sqlite_server, page)
    page.goto("about:blank")
    said(sqlite_server, 12)
    page.goto(sqlite_server.base)
    expect(last(page)).to_contain_text("Line 12:")

    expect(page.get_by_test_id("message-text").filter(has_text="Line 1:").first).to_be_in_viewport(ratio=1)
    expect(last(page)).not_to_be_in_viewport()


def test_on_another_device_all_that_stands_above_ones_own_last_line_counts_as_read(
    sqlite_server: Server, page: Page
) -> None:
    a_long_chat(sqlite_server, page)
    said(sqlite_server, 1)
    page.evaluate("localStorage.removeItem('smartmed-chat-read')")
    page.reload()
    expect(last(page)).to_contain_text("Line 1:")

    expect(last(page)).to_be_in_viewport(ratio=1)
