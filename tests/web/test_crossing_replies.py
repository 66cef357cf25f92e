"""Two of our people write to the same user at once: the second hears of it first, and no word of theirs is lost."""

from collections.abc import Iterator

import httpx2
import pytest

from bot.actions import staff
from bot.wiring import utc_now
from handoff.ticket import Actor
from tests.web.conftest import Server
from tests.web.test_queue import form_of, tickets_of

PAGE = "/console/tickets/5001"


@pytest.fixture
def desk_(sqlite_server: Server) -> Iterator[httpx2.Client]:
    """Alex's browser."""
    with httpx2.Client(base_url=sqlite_server.base, timeout=30) as client:
        sqlite_server.sign_in(client, "Alex Morgan", "agent")
        yield client


def reply_begun(server: Server, desk_: httpx2.Client) -> dict[str, str]:
    """The form of Alex's reply to the one ticket there is, as it stood when she began to write."""
    tickets_of(server, 1)
    return form_of(desk_.get(PAGE).text, "reply")


def test_a_reply_that_crosses_a_colleagues_is_held_back_once_and_kept(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    mine = reply_begun(sqlite_server, desk_)
    with httpx2.Client(base_url=sqlite_server.base, timeout=20) as ben:
        sqlite_server.sign_in(ben, "Ben Lind", "agent")
        ben.post(f"{PAGE}/reply", data={**form_of(ben.get(PAGE).text, "reply"), "text": "Try again now."})
    refused = desk_.post(f"{PAGE}/reply", data={**mine, "text": "Please wait until tomorrow."})
    sent = desk_.post(f"{PAGE}/reply", data={**form_of(refused.text, "reply"), "text": "Please wait until tomorrow."})

    assert refused.status_code == 409 and "A colleague has answered" in refused.text
    assert "Please wait until tomorrow.</textarea>" in refused.text and "Try again now." in refused.text
    assert sent.status_code == 303


@pytest.mark.parametrize(("who", "status"), [("another-alex", 409), ("alex", 303)])
def test_a_colleague_of_the_same_name_is_a_colleague_and_ones_own_answer_is_none(
    sqlite_server: Server, desk_: httpx2.Client, who: str, status: int
) -> None:
    mine = reply_begun(sqlite_server, desk_)
    by = Actor("staff", who, "Alex Morgan")
    staff.reply(staff.Command(sqlite_server.deps, 5001, by, utc_now()), "Try again now.")
    sent = desk_.post(f"{PAGE}/reply", data={**mine, "text": "Please wait until tomorrow."})

    assert sent.status_code == status


def test_a_reply_to_a_ticket_that_a_colleague_closed_is_shown_as_not_sent(
    sqlite_server: Server, desk_: httpx2.Client
) -> None:
    mine = reply_begun(sqlite_server, desk_)
    with httpx2.Client(base_url=sqlite_server.base, timeout=20) as ben:
        sqlite_server.sign_in(ben, "Ben Lind", "agent")
        done = {**form_of(ben.get(PAGE).text, "resolve"), "done": "Reset.", "findings": "Old phone."}
        assert ben.post(f"{PAGE}/resolve", data=done).status_code == 303
    del mine["seen"]
    refused = desk_.post(f"{PAGE}/reply", data={**mine, "text": "One more thing."})

    assert refused.status_code == 409 and "One more thing." in refused.text and "it was not sent" in refused.text
