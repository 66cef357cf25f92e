"""Whoever looks elsewhere is called back: the tab tells how many messages wait, and a short sound is heard where the page allows it."""

import re

import pytest
from playwright.sync_api import Page, expect

from bot.actions import staff
from bot.wiring import utc_now
from tests.makers import ALEX
from tests.web.conftest import Server
from tests.web.test_script_parts import Runs, runs  # noqa: F401
from tests.web.test_whole_walk import open_chat, skip_to_ticket, write

pytestmark = pytest.mark.browser
ELSEWHERE = """(hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
REST_MS = 61_000
HEARD = """
    const rung = [];
    window.AudioContext = class extends AudioContext { resume() { rung.push(1); return Promise.resolve(); } };
    const attention = new Attention();
    const ringing = (count, loud) => { attention.tell(count, loud); return [document.title, rung.length]; };
    document.title = "My clinic";
"""


def test_the_title_tells_how_many_wait_and_keeps_what_the_page_calls_itself(runs: Runs) -> None:  # noqa: F811
    body = """
        const first = ringing(2, false);
        document.title = "(2) My clinic: visits";
        const more = ringing(3, false);
        document.title = "Results";
        return [first, more, ringing(4, false), ringing(0, false)];
    """
    told = runs("widget/widget_attention.js", "{ Attention }", HEARD + body)
    assert [title for title, _ in told] == ["(2) My clinic", "(3) My clinic: visits", "(4) Results", "Results"]


def test_a_sound_is_heard_for_each_further_message_and_only_where_it_is_allowed(runs: Runs) -> None:  # noqa: F811
    body = "return [ringing(1, false), ringing(2, true), ringing(2, true), ringing(0, true), ringing(1, true)];"
    told = runs("widget/widget_attention.js", "{ Attention }", HEARD + body)
    assert [rung for _, rung in told] == [0, 1, 1, 1, 2]


def test_an_answer_marks_the_tab_of_somebody_who_has_been_elsewhere_for_long(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    write(page, "i want to talk to a person")
    skip_to_ticket(page)
    page.clock.install()
    page.evaluate(ELSEWHERE, True)
    page.clock.fast_forward(REST_MS)

    staff.reply(staff.Command(sqlite_server.deps, 1001, ALEX, utc_now()), "Hello Maria, I am here.")
    page.clock.fast_forward(REST_MS)
    expect(page).to_have_title(re.compile(r"^\([1-9]\) "))

    page.evaluate(ELSEWHERE, False)
    expect(page).to_have_title(re.compile(r"^[^(]"))
