"""The chat without a mouse and without eyes: every part is reached by keys, and has a name that says what it is."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.actions import staff
from bot.wiring import utc_now
from tests.makers import ALEX
from tests.waiting import until
from tests.web.conftest import Server
from tests.web.test_whole_walk import MFA, last, open_chat, press, skip_to_ticket, write

pytestmark = pytest.mark.browser
FOCUSED = """() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at?.dataset?.testid ?? at?.tagName ?? ""; }"""


def focused(page: Page) -> str:
    """The test id, or the tag, of what has the focus, also within the chat."""
    return str(page.evaluate(FOCUSED))


def goes_to(page: Page, place: str, key: str = "Tab") -> None:
    """Press a key until this has the focus."""
    for _ in range(60):
        if focused(page) == place:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{place} is not reached by {key}: {focused(page)}")


def test_a_whole_talk_is_held_by_keys_alone(sqlite_server: Server, page: Page) -> None:
    page.goto(sqlite_server.base)
    goes_to(page, "sign-in-patient")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("signed-in-as")).to_be_visible()
    goes_to(page, "launcher")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("message-text").first).to_contain_text("Support Assistant")
    assert focused(page) == "composer"

    page.keyboard.type(MFA)
    page.keyboard.press("Enter")
    expect(last(page)).to_contain_text("Date & time")
    goes_to(page, "reply", "Shift+Tab")
    page.keyboard.press("Enter")
    until(lambda: page.get_by_test_id("message").count() >= 5)
    assert focused(page) in ("composer", "reply")

    page.keyboard.press("Escape")
    expect(page.get_by_test_id("panel")).to_be_hidden()
    assert focused(page) == "launcher"


def test_shift_and_enter_begin_a_line_and_enter_sends_both(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    page.get_by_test_id("composer").focus()
    page.keyboard.type("one")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    page.keyboard.press("Enter")

    expect(page.locator("[data-from=user]").get_by_test_id("message-text")).to_have_text(re.compile("one\\s+two"))


def test_on_a_phone_the_keys_stay_within_the_chat_that_covers_the_page(sqlite_server: Server, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    open_chat(page, sqlite_server)
    page.get_by_test_id("composer").focus()

    seen, hosts = set(), set()
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.add(focused(page))
        hosts.add(str(page.evaluate("document.activeElement.localName")))
    modal = page.get_by_test_id("panel").get_attribute("aria-modal")
    context.close()

    assert modal == "true" and {"close", "composer", "send", "attach"} <= seen
    assert hosts == {"smartmed-chat"} and "launcher" not in seen


def test_every_part_of_the_chat_has_a_name(sqlite_server: Server, page: Page) -> None:
    page.goto(sqlite_server.base)
    page.get_by_test_id("sign-in-patient").click()
    launcher = page.get_by_role("button", name="Open support chat", exact=True)
    expect(launcher).to_have_attribute("aria-expanded", "false")
    launcher.click()
    write(page, MFA)
    expect(last(page)).to_contain_text("Date & time")

    chat = page.get_by_role("dialog", name="SmartMed Support")
    for role, name in (
        ("log", "Conversation"),
        ("textbox", "Your message"),
        ("button", "Send message"),
        ("button", "Add a file"),
        ("button", "Close chat"),
        ("group", "Suggested answers"),
    ):
        expect(chat.get_by_role(role, name=name, exact=True)).to_be_visible()  # type: ignore[arg-type]
    expect(chat.get_by_role("log")).to_have_attribute("aria-live", "polite")
    for button in chat.get_by_role("button").all():
        assert (button.get_attribute("aria-label") or button.inner_text()).strip()


def test_the_launcher_says_how_many_messages_are_new(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    write(page, "i want to talk to a person")
    skip_to_ticket(page)
    page.get_by_test_id("close").click()

    staff.reply(staff.Command(sqlite_server.deps, 1001, ALEX, utc_now()), "Hello Maria, I am here.")

    expect(page.get_by_role("button", name=re.compile("Open support chat, new messages: [1-9]"))).to_be_visible()
    expect(page.get_by_test_id("unread")).to_have_attribute("aria-hidden", "true")


def test_whether_it_helped_is_answered_by_keys_and_the_score_is_named(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    write(page, MFA)
    expect(last(page)).to_contain_text("Date & time")
    press(page, "No")
    expect(last(page)).to_contain_text("backup code")
    press(page, "Yes")
    expect(page.get_by_role("group", name="Was this chat helpful?")).to_be_visible()

    goes_to(page, "rating-yes", "Shift+Tab")
    page.keyboard.press("Enter")
    scores = page.get_by_role("group", name="How would you rate the help you got?")
    expect(scores.get_by_role("button", name="4 out of 5")).to_be_visible()
    assert focused(page).startswith("rating-score")
    goes_to(page, "rating-score-4")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Thank you for your answer.")).to_be_visible()


def test_a_ticket_is_reached_taken_and_answered_in_the_console_by_keys_alone(sqlite_server: Server, page: Page) -> None:
    from tests.web.test_queue import tickets_of

    tickets_of(sqlite_server, 1)
    sqlite_server.sign_in(page)
    name = "() => document.activeElement.innerText?.trim() || document.activeElement.getAttribute('aria-label') || ''"

    def tabs_to(wanted: str) -> None:
        for _ in range(60):
            if re.search(wanted, str(page.evaluate(name))):
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} is not reached")

    page.keyboard.press("Tab")
    assert "Skip to the content" in str(page.evaluate(name))
    tabs_to("#5001")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/5001*")
    tabs_to("^Take$")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("owner")).to_have_text("Alex Morgan")
    page.get_by_role("textbox", name="Reply to user").focus()
    page.keyboard.type("Please try the newest code.")
    page.keyboard.press("Tab")
    tabs_to("Send to user")
    page.keyboard.press("Enter")

    expect(page.get_by_test_id("status")).to_have_text("In progress")
    expect(page.get_by_text("Please try the newest code.").first).to_be_visible()
