"""The chat in somebody else's page: what the page must allow, and that its own looks and its prints stay apart."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect

from bot.web.identity import sign_identity
from bot.wiring import HOME, utc_now
from tests.makers import MARIA
from tests.web.conftest import Server

pytestmark = pytest.mark.browser
LOOKS = b"* { text-transform: uppercase; letter-spacing: 6px; text-indent: 40px; }"
SEEN = "(part) => [getComputedStyle(part).textTransform, getComputedStyle(part).letterSpacing]"


@pytest.fixture
def clinic(sqlite_server: Server) -> Iterator[str]:
    """A page at another origin with looks of its own, which allows the chat what the README says and nothing else."""
    (allowed,) = re.findall(r"^`(script-src [^`]*)`", (HOME / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    ours = allowed.replace("https://support.example.com", sqlite_server.base)
    own_looks = ours.replace("style-src", "style-src 'self'")
    policy = f"default-src 'none'; {own_looks}"
    token = sign_identity(MARIA, sqlite_server.runtime.settings.chat_jwt_secret, utc_now())
    html = (
        '<!doctype html><meta charset="utf-8"><title>Clinic</title><link rel="stylesheet" href="/looks.css">'
        f'<script type="module" src="{sqlite_server.base}/widget.js"></script>'
        f'<smartmed-chat token="{token}"></smartmed-chat>'
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            looks = self.path == "/looks.css"
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if looks else "text/html")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(LOOKS if looks else html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    served = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}/"
    served.shutdown()
    served.server_close()


def test_what_the_readme_says_is_all_that_a_strict_page_must_allow(clinic: str, page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    page.goto(clinic)
    page.get_by_test_id("launcher").click()
    expect(page.get_by_test_id("message-text").first).to_contain_text("Support Assistant")
    page.get_by_test_id("composer").fill("hello")
    page.get_by_test_id("composer").press("Enter")
    expect(page.get_by_text("hello", exact=True)).to_be_visible()

    assert not any("Content Security Policy" in told for told in refused), refused


def test_of_two_chats_on_a_page_one_is_shown_and_the_other_when_that_is_taken_away(clinic: str, page: Page) -> None:
    page.goto(clinic)
    launchers = page.get_by_test_id("launcher")
    expect(launchers).to_have_count(1)
    page.evaluate("document.body.append(document.querySelector('smartmed-chat').cloneNode())")
    page.evaluate(
        "document.body.append(document.querySelector('smartmed-chat'))"
    )  # moved, the first still has the place
    launchers.click()
    expect(page.get_by_test_id("message-text").first).to_contain_text("Support Assistant")
    expect(launchers).to_have_count(1)

    page.evaluate("document.querySelectorAll('smartmed-chat')[1].remove()")

    expect(page.locator("smartmed-chat")).to_have_count(1)
    expect(page.get_by_test_id("composer")).to_have_count(1)
    page.get_by_test_id("composer").fill("are you a robot")
    page.get_by_test_id("composer").press("Enter")
    expect(page.get_by_text("an automated assistant and not a person").first).to_be_visible()


def test_the_looks_of_the_page_end_at_the_chat_and_its_print_is_its_own(clinic: str, page: Page) -> None:
    page.goto(clinic)
    page.get_by_test_id("launcher").click()
    line = page.get_by_test_id("message-text").first
    expect(line).to_be_visible()

    assert line.evaluate(SEEN) == ["none", "normal"]
    page.emulate_media(media="print")

    expect(line).to_be_hidden()
    expect(page.get_by_test_id("launcher")).to_be_hidden()
