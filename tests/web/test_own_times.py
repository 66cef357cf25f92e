"""One page, one zone: what the assistant told the user is shown to staff in the staff's own zone, and is not told wrongly."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from bot.storage import conversations, tickets
from bot.storage.conversations import Line
from bot.storage.unit_of_work import UnitOfWork
from bot.web.console.own_times import in_own_zone
from bot.wiring import utc_now
from handoff.notices import clock_time
from tests.web.conftest import Server
from tests.web.test_queue import tickets_of
from tests.web.test_whole_walk import open_chat, write

OURS = "America/New_York"
EVE = datetime(2026, 12, 31, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "theirs", ["UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "America/Sao_Paulo"]
)
@pytest.mark.parametrize("after", [timedelta(minutes=14), timedelta(hours=9), timedelta(days=-3)])
def test_every_moment_that_a_letter_names_is_told_in_our_zone(theirs: str, after: timedelta) -> None:
    told = clock_time(EVE + after, theirs, OURS)
    text, read_in = in_own_zone(f"Next Update: {told}.", EVE, theirs, OURS)

    assert text == f"Next Update: {clock_time(EVE + after, '', OURS)}." and read_in == told.rpartition(" ")[2]


@pytest.mark.parametrize(
    "words",
    [
        "by Fri, Nov 27, 5:11 AM PST",  # another zone than the user's
        "by Sat, Nov 27, 5:11 AM UTC",  # no such day
        "Mon, Foo 31, 9:00 AM UTC",
        "at 5:11 AM UTC",
    ],
)
def test_what_is_not_surely_a_moment_of_ours_stays_as_it_was_said(words: str) -> None:
    assert in_own_zone(words, datetime(2026, 11, 27, tzinfo=UTC), "UTC", OURS) == (words, "")


def test_the_ticket_has_one_zone_and_says_how_long_is_left(sqlite_server: Server) -> None:
    now = utc_now()
    place = tickets_of(sqlite_server, 1, opened_at=now, started_at=now, priority="critical", next_update_at=None)
    told = clock_time(now, "UTC", OURS)
    with sqlite_server.deps.sessions.begin() as db:
        row = conversations.lock(db, place)
        for who in ("bot", "staff"):
            conversations.append(UnitOfWork(db, now), row, Line(who, who, f"{who}: {told}", visible_to_user=True))
    zoned(sqlite_server)
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        sqlite_server.sign_in(client, "Alex Morgan", "agent")
        page = client.get("/console/tickets/5001").text

    assert f"bot: {clock_time(now, '', OURS)}" in page and f"staff: {told}" in page
    assert page.count("The user read them in UTC.") == 1
    assert "<dt>First answer</dt><dd>in 15 minutes<small>" in page and "First answer (chat)" not in page


def zoned(server: Server) -> None:
    """The user of the only ticket lives in UTC."""
    with server.deps.sessions.begin() as db:
        ticket = tickets.lock(db, 5001)
        assert ticket is not None
        request = replace(ticket.request, user=replace(ticket.request.user, zone="UTC"))
        tickets.save(UnitOfWork(db, utc_now()), server.deps.policy, replace(ticket, request=request))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("zone", "in_chat", "in_words"), [("America/Sao_Paulo", "GMT-3", "UTC-03"), ("UTC", "UTC", "UTC")]
)
def test_the_chat_tells_times_in_the_readers_zone_and_names_it(
    sqlite_server: Server, browser: Browser, zone: str, in_chat: str, in_words: str
) -> None:
    away = browser.new_context(timezone_id=zone, locale="en-US")
    page = away.new_page()
    open_chat(page, sqlite_server)
    write(page, "someone hacked my account")
    expect(page.get_by_test_id("ticket")).to_contain_text(in_words)

    expect(page.get_by_text(f"Today · times in {in_chat}", exact=True)).to_be_visible()
    away.close()
