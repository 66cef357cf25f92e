"""What staff write is never lost: without a network, signed out, refused, and with a colleague first. In a real browser."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import delete

from bot.actions import staff
from bot.storage.tables import SignInRow
from bot.wiring import utc_now
from tests.makers import ALEX, DONE
from tests.web.conftest import Server
from tests.web.test_queue import replies, tickets_of
from tests.web.test_whole_walk import shot

pytestmark = pytest.mark.browser
WORDS = "I have looked into it, and the clock of your phone was off."


def at_the_ticket(server: Server, page: Page) -> None:
    """Alex has a ticket open and has begun to answer."""
    tickets_of(server, 1)
    server.signed_in(page, "Alex Morgan", "agent")
    page.goto(f"{server.base}/console/tickets/5001")
    page.get_by_label("Reply to user").fill(WORDS)


def send(page: Page) -> None:
    """Press the button."""
    page.get_by_role("button", name="Send to user").click()


def test_without_a_network_the_words_stay_and_go_out_once_when_it_is_back(
    sqlite_server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    at_the_ticket(sqlite_server, page)
    context.set_offline(True)
    send(page)
    expect(page.get_by_text("there is no connection")).to_be_visible()
    expect(page.get_by_label("Reply to user")).to_have_value(WORDS)
    context.set_offline(False)
    send(page)

    expect(page.get_by_text("Done. It is on the ticket.")).to_be_visible()
    expect(page.get_by_label("Reply to user")).to_have_value("")
    assert replies(sqlite_server) == 1


def test_that_it_is_done_stays_told_when_the_page_takes_up_what_has_changed(
    sqlite_server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    at_the_ticket(sqlite_server, page)
    send(page)
    expect(page.get_by_text("Done. It is on the ticket.")).to_be_visible()
    page.locator("h1").click()
    staff.note(staff.Command(sqlite_server.deps, 5001, ALEX, utc_now()), "the desk changes")
    expect(page.get_by_text("the desk changes")).to_be_visible()

    expect(page.get_by_text("Done. It is on the ticket.")).to_be_visible()


def test_signed_out_meanwhile_the_words_stay_and_go_out_after_signing_in_again(
    sqlite_server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    at_the_ticket(sqlite_server, page)
    with sqlite_server.deps.sessions.begin() as db:
        db.execute(delete(SignInRow))
    send(page)
    expect(page.get_by_text("you were signed out").or_(page.get_by_text("Please sign in"))).to_be_visible()
    assert replies(sqlite_server) == 0
    page.wait_for_load_state("networkidle")  # it may still be on its way to the sign-in page
    sqlite_server.sign_in(page, "Alex Morgan", "agent")
    page.wait_for_url("**/console/tickets/5001")
    expect(page.get_by_label("Reply to user")).to_have_value(WORDS)
    send(page)

    expect(page.get_by_text("Done. It is on the ticket.")).to_be_visible()
    assert replies(sqlite_server) == 1


def test_the_words_for_a_ticket_that_a_colleague_closed_are_shown_as_not_sent(
    sqlite_server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    at_the_ticket(sqlite_server, page)
    staff.resolve(staff.Command(sqlite_server.deps, 5001, ALEX, utc_now()), DONE)
    page.reload()
    expect(page.get_by_text("it was not sent")).to_be_visible()
    expect(page.get_by_label("You wrote this, and it was not sent")).to_have_value(WORDS)
    page.get_by_role("button", name="Discard it").click()
    page.reload()

    expect(page.get_by_text("it was not sent")).to_have_count(0)


def test_a_page_that_nobody_sits_at_goes_to_the_sign_in_page_and_keeps_the_words(
    sqlite_server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    at_the_ticket(sqlite_server, page)
    page.locator("h1").click()
    with sqlite_server.deps.sessions.begin() as db:
        db.execute(delete(SignInRow))
    staff.note(staff.Command(sqlite_server.deps, 5001, ALEX, utc_now()), "the desk changes")
    expect(page.get_by_role("heading", name="Please sign in")).to_be_visible()
    expect(page.get_by_text("It is kept in this tab")).to_be_visible()
    shot(page, "signed-out-kept")
    sqlite_server.sign_in(page, "Alex Morgan", "agent")
    page.wait_for_url("**/console/tickets/5001")

    expect(page.get_by_label("Reply to user")).to_have_value(WORDS)


def test_signed_in_again_in_another_tab_the_link_in_this_one_leads_back_to_the_words(
    sqlite_server: Server, context: BrowserContext
) -> None:
    page, other = context.new_page(), context.new_page()
    at_the_ticket(sqlite_server, page)
    with sqlite_server.deps.sessions.begin() as db:
        db.execute(delete(SignInRow))
    page.reload()
    expect(page.get_by_text("It is kept in this tab")).to_be_visible()
    sqlite_server.sign_in(other, "Alex Morgan", "agent")
    other.wait_for_url("**/console/tickets/5001")
    page.get_by_role("link", name="go back to your page here").click()

    expect(page.get_by_label("Reply to user")).to_have_value(WORDS)


def test_who_wrote_nothing_is_told_of_nothing_that_is_kept(sqlite_server: Server, page: Page) -> None:
    page.goto(f"{sqlite_server.base}/console/tickets/5001")
    expect(page.get_by_role("heading", name="Please sign in")).to_be_visible()

    expect(page.get_by_text("It is kept in this tab")).to_be_hidden()


CHANGES = "\n".join(f"Change {number}: backup codes can be downloaded" for number in range(30))
OF_LEADS = {
    "release": (
        "articles",
        {"Name of the release": "2.8", "What changes for users": CHANGES},
        "Make a task for each article",
    ),
    "item": ("reports", {"Add an action item": "Agree who reads the answers"}, "Add"),
}


def leads_write(server: Server, page: Page, form: str) -> None:
    """Robin, who leads, has written it."""
    place, fields, _ = OF_LEADS[form]
    server.signed_in(page, "Robin Lead", "lead")
    page.goto(f"{server.base}/console/{place}")
    for label, words in fields.items():
        page.get_by_label(label).fill(words)


def stands(page: Page, form: str, wanted: bool = True) -> None:
    """What was written stands in the form, or nothing does."""
    for label, words in OF_LEADS[form][1].items():
        expect(page.get_by_label(label)).to_have_value(words if wanted else "")


def press(page: Page, form: str) -> None:
    page.get_by_role("button", name=OF_LEADS[form][2], exact=form == "item").click()


@pytest.mark.parametrize("form", OF_LEADS)
def test_what_a_lead_writes_stays_while_signed_out_and_is_gone_when_it_is_done(
    sqlite_server: Server, context: BrowserContext, form: str
) -> None:
    page = context.new_page()
    leads_write(sqlite_server, page, form)
    with sqlite_server.deps.sessions.begin() as db:
        db.execute(delete(SignInRow))
    press(page, form)
    expect(page.get_by_text("you were signed out").or_(page.get_by_text("Please sign in"))).to_be_visible()
    page.wait_for_load_state("networkidle")
    sqlite_server.sign_in(page, "Robin Lead", "lead")
    page.goto(f"{sqlite_server.base}/console/{OF_LEADS[form][0]}")
    stands(page, form)
    press(page, form)

    expect(page.get_by_text("added" if form == "release" else "Agree who reads the answers").first).to_be_visible()
    stands(page, form, wanted=False)
    page.reload()
    stands(page, form, wanted=False)


@pytest.mark.parametrize("form", OF_LEADS)
def test_what_a_lead_writes_stays_without_a_network(sqlite_server: Server, context: BrowserContext, form: str) -> None:
    page = context.new_page()
    leads_write(sqlite_server, page, form)
    context.set_offline(True)
    press(page, form)
    expect(page.get_by_text("there is no connection")).to_be_visible()
    context.set_offline(False)
    page.reload()

    stands(page, form)
