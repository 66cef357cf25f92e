"""What is written in the chat and not stored yet, in a real browser: it stays, it goes out once, and it says how it stands."""

import json

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import select

from bot.storage.tables import MessageRow
from tests.waiting import until
from tests.web.conftest import Server
from tests.web.test_whole_walk import MFA, last, open_chat, press, write

pytestmark = pytest.mark.browser
POSTED = "**/api/v1/conversations/*/messages"
SOON = 1500
"""Milliseconds in which a second copy would long have gone out."""


def stored(server: Server) -> list[str]:
    """What users said, by the record."""
    with server.deps.reading.begin() as db:
        return [
            row.body
            for row in db.scalars(select(MessageRow).where(MessageRow.said_by == "user").order_by(MessageRow.id))
        ]


def once(server: Server, page: Page, *texts: str) -> None:
    """Each of these is stored once, in this order, and stands once on the page."""
    until(lambda: len(stored(server)) >= len(texts))
    page.wait_for_timeout(SOON)
    assert stored(server) == list(texts)
    for text in texts:
        own = page.locator("[data-from=user]").get_by_test_id("message-text")
        expect(own.get_by_text(text, exact=True)).to_have_count(1)


def test_a_draft_outlives_a_reload_and_nobody_else_on_the_device_sees_it(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    page.get_by_test_id("composer").fill("I would rather not say that yet")

    page.reload()
    expect(page.get_by_test_id("composer")).to_have_value("I would rather not say that yet")
    page.get_by_test_id("close").click()
    page.get_by_test_id("sign-out").click()
    page.get_by_test_id("sign-in-other").click()
    page.get_by_test_id("launcher").click()

    expect(page.get_by_test_id("message-text").first).to_contain_text("Support Assistant")
    expect(page.get_by_test_id("composer")).to_have_value("")
    assert stored(sqlite_server) == []


def test_what_waits_outlives_a_reload_and_goes_out_once_and_in_order(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    page.route(POSTED, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    write(page, "first words")
    write(page, "second words")
    expect(page.get_by_text("Waiting to send").or_(page.get_by_text("Sending…")).first).to_be_visible()

    page.unroute(POSTED)
    page.reload()

    once(sqlite_server, page, "first words", "second words")
    expect(page.get_by_text("Waiting to send")).to_have_count(0)


def test_a_message_whose_answer_is_lost_on_the_way_is_not_doubled(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    lost: list[str] = []

    def loses_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(json.loads(route.request.post_data or "{}")["client_id"])
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route(POSTED, loses_the_first)
    write(page, "did this arrive?")

    once(sqlite_server, page, "did this arrive?")
    assert len(lost) == 1


def test_enter_twice_and_a_double_click_count_once(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    page.get_by_test_id("composer").fill(MFA)
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(last(page)).to_contain_text("Date & time")

    page.get_by_test_id("reply").filter(has_text="No").last.dblclick()
    expect(last(page)).to_contain_text("backup code")

    page.wait_for_timeout(SOON)
    assert stored(sqlite_server) == [MFA, "No"]


def test_the_same_page_in_two_windows_shows_and_stores_each_message_once(
    sqlite_server: Server, context: BrowserContext
) -> None:
    page, other = context.new_page(), context.new_page()
    open_chat(page, sqlite_server)
    open_chat(other, sqlite_server)

    write(page, "written in the first window")

    once(sqlite_server, page, "written in the first window")
    expect(other.get_by_test_id("message-text").filter(has_text="written in the first window")).to_have_count(1)


def test_words_that_are_refused_say_why_and_can_be_changed_or_taken_out(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    told = {"status": 422, "detail": "That does not look right."}
    page.route(POSTED, lambda route: route.fulfill(status=422, json=told, content_type="application/problem+json"))
    write(page, "refused words")
    expect(page.get_by_text("That does not look right.")).to_be_visible()
    page.get_by_role("button", name="Edit").click()

    expect(page.get_by_test_id("composer")).to_have_value("refused words")
    expect(page.get_by_test_id("composer")).to_be_focused()
    expect(page.get_by_test_id("message-text").filter(has_text="refused words")).to_have_count(0)
    page.unroute(POSTED)
    page.keyboard.press("Enter")
    once(sqlite_server, page, "refused words")


def test_when_the_service_is_away_it_can_be_tried_again_by_a_press(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    page.route(POSTED, lambda route: route.fulfill(status=503, headers={"Retry-After": "0"}, json={}))
    write(page, "please take this")
    expect(page.get_by_text("Not sent yet")).to_be_visible(timeout=60_000)

    page.unroute(POSTED)
    page.get_by_role("button", name="Retry").click()

    once(sqlite_server, page, "please take this")


@pytest.mark.parametrize(
    ("length", "told"),
    [(3999, "1 character left"), (3990, "10 characters left"), (4001, "1 character too long"), (100, "")],
)
def test_how_much_fits_is_told_in_the_number_that_it_has(
    sqlite_server: Server, page: Page, length: int, told: str
) -> None:
    open_chat(page, sqlite_server)
    page.get_by_test_id("composer").fill("a" * length)

    expect(page.get_by_test_id("count")).to_contain_text(told) if told else expect(
        page.get_by_test_id("count")
    ).to_be_empty()
    if length > 4000:
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)
        assert stored(sqlite_server) == []
        expect(page.get_by_test_id("send")).to_have_attribute("aria-disabled", "true")


def test_a_step_is_answered_without_a_network_and_the_answer_goes_out_once(
    sqlite_server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    open_chat(page, sqlite_server)
    write(page, MFA)
    expect(last(page)).to_contain_text("Date & time")
    context.set_offline(True)
    press(page, "No")
    expect(page.get_by_test_id("connection")).to_contain_text("You are offline")
    expect(page.get_by_test_id("reply")).to_have_count(0)
    context.set_offline(False)

    expect(last(page)).to_contain_text("backup code")
    once(sqlite_server, page, MFA, "No")
