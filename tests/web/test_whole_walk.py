"""The whole product in a real browser: a patient chats, a ticket arises, staff answer in the console, the patient reads it."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.conftest import Server

MFA = "the two-step code never works for me"
SHOTS = os.environ.get("SCREENSHOTS")
pytestmark = pytest.mark.browser


def shot(page: Page, name: str) -> None:
    """Keep a picture when SCREENSHOTS names a folder."""
    if SHOTS:
        page.wait_for_timeout(400)
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


def open_chat(page: Page, server: Server, who: str = "patient") -> None:
    """Sign in on the demo page and open the chat."""
    page.goto(server.base)
    page.get_by_test_id(f"sign-in-{who}").click()
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("message-text").first).to_contain_text("Support Assistant")


def write(page: Page, text: str) -> None:
    """Type a message and send it with Enter."""
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("composer").press("Enter")


def last(page: Page):
    """The newest message."""
    return page.get_by_test_id("message-text").last


def press(page: Page, label: str) -> None:
    """Press a live reply button."""
    page.get_by_test_id("reply").filter(has_text=re.compile(f"^{re.escape(label)}$")).last.click()


def skip_to_ticket(page: Page) -> None:
    """Skip every question on the way to a person, each once it is asked, until the ticket stands there."""
    ticket, skip = page.get_by_test_id("ticket"), page.get_by_test_id("reply").filter(has_text="Skip")
    lines = page.get_by_test_id("message-text")
    while True:
        expect(ticket.locator("visible=true").or_(skip).first).to_be_visible()
        if ticket.is_visible():
            return
        before = lines.count()
        press(page, "Skip")
        expect(lines.nth(before + 1)).to_be_attached()  # what was pressed, and what is said to it


def test_a_known_issue_is_solved_step_by_step(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    write(page, MFA)
    expect(last(page)).to_contain_text("Date & time")
    shot(page, "chat-desktop")
    press(page, "No")
    expect(last(page)).to_contain_text("backup code")
    press(page, "Yes")
    expect(last(page)).to_contain_text("glad that helped")
    expect(page.get_by_test_id("rating").last).to_be_visible()


@pytest.mark.guide("T2.1", "CH3", "WF2.2")
def test_an_unsolved_issue_is_answered_by_a_person_and_the_answer_appears_in_the_chat(
    server: Server, context: BrowserContext
) -> None:
    chat, desk = context.new_page(), context.new_page()
    open_chat(chat, server)
    server.sign_in(desk)
    write(chat, MFA)
    expect(last(chat)).to_contain_text("Date & time")
    press(chat, "No")
    expect(last(chat)).to_contain_text("backup code")
    press(chat, "No")
    expect(last(chat)).to_contain_text("Which device")
    press(chat, "Android phone")
    expect(last(chat)).to_contain_text("when did a code last work")
    press(chat, "Skip")
    expect(chat.get_by_test_id("ticket")).to_contain_text("#1001")

    expect(desk.get_by_text("#1001")).to_be_visible()
    shot(desk, "console-queue")
    desk.get_by_text("#1001").click()
    expect(desk.get_by_text("did not help").first).to_be_visible()
    expect(desk.get_by_text("Android phone").first).to_be_visible()
    desk.get_by_role("button", name="Take", exact=True).click()
    expect(desk.get_by_test_id("owner")).to_have_text("Alex Morgan")
    shot(desk, "console-ticket")
    desk.get_by_text("Internal note", exact=True).first.click()
    desk.get_by_label("Internal note").fill("clock was fine, resetting")
    desk.get_by_role("button", name="Keep note").click()
    expect(desk.get_by_text("clock was fine, resetting")).to_be_visible()
    desk.get_by_label("Reply to user").fill("Hello Maria, I have reset your sign-in code.")
    desk.get_by_role("button", name="Send to user").click()
    expect(desk.get_by_test_id("status")).to_have_text("In progress")

    expect(last(chat)).to_contain_text("I have reset your sign-in code")
    expect(chat.get_by_text("clock was fine")).to_have_count(0)
    write(chat, "thank you, one moment")
    expect(desk.get_by_text("thank you, one moment").first).to_be_visible()

    desk.get_by_text("Resolve", exact=True).click()
    desk.get_by_label("What was done (the user reads this)").fill("We reset your sign-in code.")
    desk.get_by_label("What we found (stays inside)").fill("Old phone still linked.")
    desk.get_by_role("button", name="Resolve and tell the user").click()
    expect(desk.get_by_test_id("status")).to_have_text("Resolved")
    expect(last(chat)).to_contain_text("Great news! We've resolved your issue.")
    press(chat, "Yes")
    expect(chat.get_by_test_id("rating-score-5")).to_be_visible()
    expect(desk.get_by_test_id("status")).to_have_text("Closed")


def test_the_conversation_is_there_after_a_reload_and_goes_on(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    write(page, MFA)
    expect(last(page)).to_contain_text("Date & time")

    page.reload()

    expect(last(page)).to_contain_text("Date & time")
    press(page, "No")
    expect(last(page)).to_contain_text("backup code")


def test_what_is_written_without_a_network_is_sent_once_when_it_is_back(
    sqlite_server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    open_chat(page, sqlite_server)
    context.set_offline(True)
    write(page, "hello from the train")
    context.set_offline(False)

    expect(page.get_by_test_id("message-text").filter(has_text="hello from the train")).to_have_count(1)
    with sqlite_server.deps.reading.begin() as db:
        from sqlalchemy import text

        page.wait_for_timeout(2500)
        assert db.execute(text("SELECT count(*) FROM messages WHERE said_by = 'user'")).scalar() == 1


HOSTILE = ("<img src=x onerror=alert(1)>", "{{7*7}}", "<script>alert(1)</script>", "[x](javascript:alert(1))")


def test_hostile_text_is_shown_as_typed_and_never_run(sqlite_server: Server, context: BrowserContext) -> None:
    page, desk = context.new_page(), context.new_page()
    dialogs: list[str] = []
    for one in (page, desk):
        one.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    open_chat(page, sqlite_server)
    for hostile in HOSTILE:
        write(page, f"talk to a person please {hostile}")
        expect(page.get_by_test_id("message-text").filter(has_text=hostile).first).to_be_visible()
    skip_to_ticket(page)
    sqlite_server.signed_in(desk)
    desk.goto(f"{sqlite_server.base}/console/tickets/1001")
    for hostile in HOSTILE:
        expect(desk.get_by_text(hostile).first).to_be_visible()

    assert dialogs == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chat_is_usable_on_a_phone_and_free_of_access_faults(sqlite_server: Server, browser, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme=scheme, has_touch=True)
    page = context.new_page()
    open_chat(page, sqlite_server)
    write(page, MFA)
    expect(last(page)).to_contain_text("Date & time")
    shot(page, f"chat-phone-{scheme}")
    box = page.get_by_test_id("panel").bounding_box()
    faults = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    context.close()

    assert box is not None and box["width"] >= 380
    assert faults == []


def test_the_console_is_free_of_access_faults_and_closed_to_strangers(
    sqlite_server: Server, context: BrowserContext
) -> None:
    page = context.new_page()
    open_chat(page, sqlite_server)
    write(page, "someone hacked my account and i want a person")
    skip_to_ticket(page)
    desk = context.new_page()
    desk.goto(f"{sqlite_server.base}/console")
    expect(desk.get_by_role("heading", name="Please sign in")).to_be_visible()
    link = sqlite_server.staff_link()
    desk.goto(link)
    desk.get_by_role("button", name="Sign in").click()
    for path in ("/console", "/console/tickets/1001", "/help", "/help/security/mfa-setup"):
        desk.goto(f"{sqlite_server.base}{path}")
        found = Axe().run(desk).response["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == [], path
    context.clear_cookies()
    desk.goto(link)
    desk.get_by_role("button", name="Sign in").click()
    expect(desk.get_by_role("heading", name="Please sign in")).to_be_visible()


def test_a_form_of_another_site_is_refused(sqlite_server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    sqlite_server.signed_in(page)
    answer = context.request.post(
        f"{sqlite_server.base}/console/tickets/1001/note",
        form={"text": "x", "form": "guessed"},
        headers={"Origin": "https://evil.test"},
    )

    assert answer.status == 403
