"""The console leaves people where they are: what they were told stays until it is read, and the focus where it was."""

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from bot.actions import staff
from bot.wiring import utc_now
from tests.makers import ALEX, BO
from tests.web.conftest import Server
from tests.web.test_drafts import WORDS, at_the_ticket, send
from tests.web.test_queue import replies

pytestmark = pytest.mark.browser
HELD_BACK = "A colleague has answered the user"
SOON = 900
"""Milliseconds in which a page has long taken up what has changed."""


def command(server: Server, by=ALEX) -> staff.Command:
    """Somebody does something with the ticket now."""
    return staff.Command(server.deps, 5001, by, utc_now())


def the_desk_changes(server: Server, page: Page) -> None:
    """A note is left by somebody, and the page has taken it up."""
    staff.note(command(server, BO), "the desk changes")
    expect(page.get_by_text("the desk changes")).to_be_visible()
    page.wait_for_timeout(SOON)


def field(page: Page) -> Locator:
    """The box of the reply."""
    return page.get_by_label("Reply to user")


def focused(page: Page) -> str:
    """The words of what has the focus; empty when nothing has."""
    return str(page.evaluate("document.activeElement === document.body ? '' : document.activeElement.innerText.trim()"))


def a_colleague_is_first(server: Server, page: Page) -> None:
    """Alex writes, Bo sends, and then Alex presses the button."""
    at_the_ticket(server, page)
    staff.reply(command(server, BO), "Try again now, please.")
    expect(page.get_by_text("Try again now, please.")).to_be_visible()
    send(page)


def test_that_a_colleague_was_first_stays_told_beside_the_words_until_they_are_changed(
    sqlite_server: Server, page: Page
) -> None:
    a_colleague_is_first(sqlite_server, page)
    page.wait_for_timeout(SOON)
    the_desk_changes(sqlite_server, page)
    expect(page.get_by_text(HELD_BACK)).to_be_in_viewport(ratio=1)
    expect(field(page)).to_be_in_viewport(ratio=1)
    expect(field(page)).to_have_value(WORDS)
    assert replies(sqlite_server) == 2  # Bo's answer and Bo's note
    field(page).press("End")
    field(page).press_sequentially(" Sorry.")

    expect(page.get_by_text(HELD_BACK)).to_have_count(0)


def test_who_has_read_that_a_colleague_was_first_sends_again(sqlite_server: Server, page: Page) -> None:
    a_colleague_is_first(sqlite_server, page)
    expect(page.get_by_text(HELD_BACK)).to_be_visible()
    send(page)
    expect(page.get_by_text("Done. It is on the ticket.")).to_be_visible()

    expect(page.get_by_text(HELD_BACK)).to_have_count(0)
    assert replies(sqlite_server) == 2


def test_that_it_was_not_sent_stays_told_when_the_page_takes_up_what_has_changed(
    sqlite_server: Server, page: Page
) -> None:
    at_the_ticket(sqlite_server, page)
    page.route("**/reply", lambda route: route.fulfill(status=503, body="no"))
    send(page)
    expect(page.get_by_text("Not sent")).to_be_visible()
    page.locator("h1").click()
    the_desk_changes(sqlite_server, page)

    expect(page.get_by_text("Not sent")).to_be_visible()


def test_that_it_was_not_sent_takes_the_place_of_that_it_was_done(
    sqlite_server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    at_the_ticket(sqlite_server, page)
    send(page)
    expect(page.get_by_text("Done. It is on the ticket.")).to_be_visible()
    page.get_by_text("Internal note", exact=True).first.click()
    page.get_by_label("Internal note").fill("called her")
    context.set_offline(True)
    page.get_by_role("button", name="Keep note").click()
    expect(page.get_by_text("Not sent")).to_be_visible()

    expect(page.get_by_text("Done. It is on the ticket.")).to_have_count(0)


def test_a_blank_reply_is_refused_beside_its_box_and_the_page_stays_there(sqlite_server: Server, page: Page) -> None:
    at_the_ticket(sqlite_server, page)
    for n in range(40):
        staff.note(command(sqlite_server), f"note {n}")
    page.reload()
    page.set_viewport_size({"width": 375, "height": 480})
    field(page).fill("   ")
    page.get_by_role("button", name="Send to user").scroll_into_view_if_needed()
    page.evaluate("document.addEventListener('submit', () => { window.wasAt = scrollY }, true)")
    send(page)

    expect(page.get_by_text("Write the reply first.")).to_be_in_viewport(ratio=1)
    expect(field(page)).to_be_in_viewport(ratio=1)
    before, after = page.evaluate(
        "[wasAt, scrollY]"
    )  # at the press: a page under way is scrolled by who looks for a button
    assert before > 200 and abs(after - before) < 200


def test_the_focus_stays_on_the_button_that_sent_and_on_the_summary_that_was_reached(
    sqlite_server: Server, page: Page
) -> None:
    at_the_ticket(sqlite_server, page)
    page.get_by_role("button", name="Send to user").press("Enter")
    expect(page.get_by_text("Done. It is on the ticket.")).to_be_visible()
    assert focused(page) == "Send to user"
    page.get_by_text("Resolve", exact=True).focus()
    the_desk_changes(sqlite_server, page)

    assert focused(page) == "Resolve"


def test_after_the_ticket_is_taken_by_the_keyboard_one_goes_on_at_its_owner(sqlite_server: Server, page: Page) -> None:
    at_the_ticket(sqlite_server, page)
    page.get_by_role("button", name="Take", exact=True).press("Enter")
    expect(page.get_by_test_id("owner")).to_have_text("Alex Morgan")

    expect(page.locator(":focus")).to_have_text("Owner")  # the new page is shown before its script has run


def test_what_is_typed_while_a_reply_is_on_its_way_stays_with_the_caret_in_it(
    sqlite_server: Server, page: Page
) -> None:
    at_the_ticket(sqlite_server, page)
    page.route("**/reply", lambda route: (page.wait_for_timeout(600), route.continue_()))
    send(page)
    page.get_by_text("Internal note", exact=True).first.click()
    page.get_by_label("Internal note").press_sequentially("called her")
    expect(page.get_by_text("Done. It is on the ticket.")).to_be_visible()
    page.keyboard.type(" twice")

    expect(page.get_by_label("Internal note")).to_have_value("called her twice")
