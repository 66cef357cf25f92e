"""The console on a phone: no page is wider than the screen, and what staff need lies in reach."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.storage import conversations
from bot.storage.conversations import Line
from bot.storage.unit_of_work import UnitOfWork
from tests.makers import NINE
from tests.web.conftest import Server
from tests.web.test_queue import tickets_of
from tests.web.test_reports import a_ticket, weeks
from tests.web.test_whole_walk import MFA, last, open_chat, press, shot, write

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
PAGES = ("", "/articles", "/incidents", "/reports", "/undelivered", "/tickets/1001", "/tickets/1001/known-issue")


def overhang(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_no_page_of_the_console_is_wider_than_a_phone(sqlite_server: Server, context: BrowserContext) -> None:
    chat, desk = context.new_page(), context.new_page()
    open_chat(chat, sqlite_server)
    write(chat, MFA)
    expect(last(chat)).to_contain_text("Date & time")
    write(chat, "I want to talk to a person")
    press(chat, "Skip")
    press(chat, "Skip")
    expect(chat.get_by_test_id("ticket")).to_contain_text("#1001")
    desk.set_viewport_size(PHONE)
    sqlite_server.signed_in(desk)
    over = {}
    for path in PAGES:
        desk.goto(f"{sqlite_server.base}/console{path}")
        expect(desk.locator("h1").first).to_be_visible()
        shot(desk, f"phone{path.replace('/', '-')}")
        over[path] = overhang(desk)

    assert {path: pixels for path, pixels in over.items() if pixels > 0} == {}


BROKEN = """[...document.querySelectorAll("th, td")].flatMap((cell) => {
  const found = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode())
    for (const word of text.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size > 1) found.push(word[0]);
    }
  return found;
})"""
"""The words in tables that stand on more than one line."""


@pytest.mark.parametrize("wide", [360, 390, 1280])
def test_no_word_and_no_number_of_a_table_is_broken(sqlite_server: Server, page: Page, wide: int) -> None:
    a_ticket(sqlite_server)
    page.set_viewport_size({"width": wide, "height": 844})
    sqlite_server.signed_in(page)
    page.goto(f"{sqlite_server.base}/console/reports?week={weeks(sqlite_server.deps.policy)[1]}")
    expect(page.get_by_role("columnheader", name="Median")).to_be_attached()
    shot(page, f"report-{wide}")

    assert page.evaluate(BROKEN) == [] and overhang(page) <= 0


@pytest.mark.parametrize("wide", [375, 1280])
def test_whoever_takes_a_ticket_need_not_scroll_past_the_conversation(
    sqlite_server: Server, page: Page, wide: int
) -> None:
    place = tickets_of(sqlite_server, 1, priority="critical")
    with sqlite_server.deps.sessions.begin() as db:
        row = conversations.lock(db, place)
        for n in range(30):
            conversations.append(
                UnitOfWork(db, NINE), row, Line("user", "Maria Lopez", f"It is line {n}. " * 20, visible_to_user=True)
            )
    page.set_viewport_size({"width": wide, "height": 812})
    sqlite_server.signed_in(page)
    page.goto(f"{sqlite_server.base}/console/tickets/5001")
    shot(page, f"take-{wide}")

    for name in ("Take", "I am on it"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == 0 and overhang(page) <= 0


def a_long_talk(server: Server, lines: int = 34) -> None:
    """A Critical ticket with a long conversation."""
    place = tickets_of(server, 1, priority="critical")
    with server.deps.sessions.begin() as db:
        row, work = conversations.lock(db, place), UnitOfWork(db, NINE)
        for n in range(lines):
            conversations.append(work, row, Line("user", "Maria Lopez", f"It is line {n}. " * 20, visible_to_user=True))


EARLIER = re.compile(r"2[4-7] earlier lines")
"""A letter of ours may come between."""
BOXES = """[...document.querySelectorAll(".ticket > *")].map((part) => {
  const box = part.getBoundingClientRect();
  return [box.left, box.top + scrollY, box.right, box.bottom + scrollY];
})"""
ON_TOP_OF_EACH_OTHER = f"""{BOXES}.some((a, n, all) => all.some((b, m) =>
  m > n && a[0] < b[2] - 1 && b[0] < a[2] - 1 && a[1] < b[3] - 1 && b[1] < a[3] - 1))"""
STOPS = """[...document.querySelectorAll("main a[href], main button, main textarea, main summary")]
  .filter((part) => part.checkVisibility()).map((part) => part.getBoundingClientRect().top + scrollY)"""
"""How high everything lies that the keyboard reaches, in its order."""


@pytest.mark.parametrize("wide", [375, 768, 1280])
def test_answer_and_actions_stand_before_the_story_and_its_older_lines_are_folded(
    sqlite_server: Server, page: Page, wide: int
) -> None:
    a_long_talk(sqlite_server)
    page.set_viewport_size({"width": wide, "height": 812})
    sqlite_server.signed_in(page)
    page.goto(f"{sqlite_server.base}/console/tickets/5001")
    talk = page.locator("#talk").bounding_box()
    shot(page, f"ticket-{wide}")

    assert talk
    for part in (
        page.get_by_label("Reply to user"),
        page.get_by_text("Resolve", exact=True),
        page.get_by_text("Escalate", exact=True),
    ):
        box = part.bounding_box()
        assert box and box["y"] + box["height"] <= talk["y"] <= 1300
    expect(page.get_by_text("It is line 26.").last).to_be_visible()
    expect(page.get_by_text("It is line 22.").last).to_be_hidden()
    page.get_by_text(EARLIER).click()
    expect(page.get_by_text("It is line 0.").last).to_be_visible()
    assert not page.evaluate(ON_TOP_OF_EACH_OTHER) and overhang(page) <= 0


def test_the_keyboard_goes_down_the_page_of_a_ticket_as_the_eye_does(sqlite_server: Server, page: Page) -> None:
    a_long_talk(sqlite_server)
    page.set_viewport_size({"width": 375, "height": 812})
    sqlite_server.signed_in(page)
    page.goto(f"{sqlite_server.base}/console/tickets/5001")
    stops = page.evaluate(STOPS)

    assert len(stops) > 10 and all(below >= above - 60 for above, below in pairwise(stops))


def test_older_lines_that_were_opened_stay_open_when_new_ones_come_while_somebody_writes(
    sqlite_server: Server, page: Page
) -> None:
    a_long_talk(sqlite_server)
    sqlite_server.signed_in(page)
    page.goto(f"{sqlite_server.base}/console/tickets/5001")
    page.get_by_text(EARLIER).click()
    page.get_by_label("Reply to user").fill("I am on it")
    a_line = Line("user", "Maria Lopez", "please hurry", visible_to_user=True)
    with sqlite_server.deps.sessions.begin() as db:
        row = conversations.lock(db, 1)
        conversations.append(UnitOfWork(db, NINE), row, a_line)

    expect(page.get_by_text("please hurry").last).to_be_visible()
    expect(page.get_by_text(EARLIER)).to_be_visible()
    expect(page.get_by_text("It is line 0.").last).to_be_visible()
    expect(page.get_by_label("Reply to user")).to_have_value("I am on it")
