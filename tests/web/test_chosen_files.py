"""A file that was chosen is shown before it is sent, and can be taken back. In a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Server
from tests.web.test_whole_walk import open_chat, shot

pytestmark = pytest.mark.browser


def choose(page: Page, name: str) -> None:
    """Choose a file of a few words."""
    page.get_by_test_id("file").set_input_files({"name": name, "mimeType": "text/plain", "buffer": b"a few words"})


@pytest.mark.parametrize("width", [1280, 375])
def test_a_chosen_file_waits_for_send_and_can_be_taken_back(sqlite_server: Server, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 812})
    open_chat(page, sqlite_server)
    choose(page, "the wrong photo with a very long name that does not fit into one line.txt")
    choose(page, "screen.txt")
    shot(page, f"chosen-files-{width}")
    expect(page.get_by_test_id("chosen").locator("li")).to_have_count(2)
    remove = page.get_by_role("button", name="Remove the wrong photo")
    place = remove.bounding_box()
    assert place is not None and place["x"] + place["width"] <= width
    remove.click()
    page.get_by_test_id("composer").fill("this is my screen")
    page.get_by_test_id("send").click()

    expect(page.get_by_test_id("chosen").locator("li")).to_have_count(0)
    expect(page.get_by_text("this is my screen")).to_be_visible()
    expect(page.get_by_text("screen.txt")).to_be_visible()
    expect(page.get_by_text("the wrong photo")).to_have_count(0)


def test_a_file_alone_is_sent_too(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    choose(page, "screen.txt")
    page.get_by_test_id("send").click()

    expect(page.get_by_test_id("chosen").locator("li")).to_have_count(0)
    expect(page.get_by_text("screen.txt")).to_be_visible()


PASTE = """(box) => {
  const data = new DataTransfer();
  data.setData("text/plain", "error 500");
  data.items.add(new File(["picture"], "table.png", { type: "image/png" }));
  return box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
"""Gives whether the browser goes on to paste the words."""


def test_words_pasted_with_a_picture_are_pasted_and_the_picture_waits(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)

    assert page.get_by_test_id("composer").evaluate(PASTE)
    expect(page.get_by_test_id("chosen").get_by_text("table.png")).to_be_visible()


def test_the_enter_that_ends_a_composition_sends_nothing(sqlite_server: Server, page: Page) -> None:
    open_chat(page, sqlite_server)
    composer = page.get_by_test_id("composer")
    composer.fill("にほん")
    composer.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": False})
    expect(composer).to_have_value("にほん")

    composer.press("Enter")

    expect(composer).to_have_value("")
    expect(page.get_by_text("にほん")).to_be_visible()
