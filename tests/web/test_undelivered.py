"""The console's page of what stands still: sent again, dismissed, each once, and only by who may see the ticket."""

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import select

from bot.actions import dead_letters
from bot.actions.deps import Caller
from bot.actions.receive import Incoming, receive
from bot.outbound import Place, SendFailed, StaffEmail
from bot.storage import outbox, put_off, tickets
from bot.storage.tables import EventRow, OutboxRow
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import utc_now
from handoff.events import MailNotAnswered
from handoff.ticket import CLOCK, Event
from tests.makers import ALEX, MARIA
from tests.waiting import until
from tests.web.conftest import Server
from tests.web.test_whose_lines import HACKED


@pytest.fixture
def client(sqlite_server: Server) -> Iterator[httpx2.Client]:
    """A browser of a member of staff."""
    with httpx2.Client(base_url=sqlite_server.base, follow_redirects=True, timeout=20) as opened:
        sqlite_server.sign_in(opened, "Admin Person", "admin")
        yield opened


def dead(server: Server, count: int) -> list[int]:
    """So many dead letters; their ids, newest first."""
    with server.deps.sessions.begin() as db:
        for n in range(count):
            letter = StaffEmail(to=Place(address=f"a{n}@example.com"), subject="", text="words of a user")
            row = outbox.put(UnitOfWork(db, utc_now()), "email", letter.to.address, letter)
            outbox.failed(UnitOfWork(db, utc_now()), row.id, SendFailed("user_unknown", permanent=True))
        return [row.id for row in outbox.dead_letters(db)]


def test_dead_letters_are_sent_again_or_dismissed_and_the_queue_says_how_many(
    sqlite_server: Server, client: httpx2.Client
) -> None:
    second, first = dead(sqlite_server, 2)
    assert "2 messages could not be delivered" in client.get("/console").text

    shown = client.get("/console/undelivered").text
    assert "user_unknown" in shown and "of a user" not in shown
    word = re.search(r'name="form" value="([^"]+)"', shown)[1]  # type: ignore[index]
    assert client.post(f"/console/undelivered/{first}/again", data={"form": "forged"}).status_code == 403
    client.post(f"/console/undelivered/{first}/again", data={"form": word})
    client.post(f"/console/undelivered/{second}/dismiss", data={"form": word})
    late = client.post(f"/console/undelivered/{second}/again", data={"form": word})

    assert "Somebody was faster" in late.text
    assert client.post("/console/undelivered/99999/again", data={"form": word}).status_code == 404
    with sqlite_server.deps.reading.begin() as db:
        assert outbox.dead_letters(db) == [] and outbox.backlog(db)["dismissed"] == 1


def test_what_died_of_one_fault_is_sent_again_at_once(sqlite_server: Server, client: httpx2.Client) -> None:
    *_, other = dead(sqlite_server, 4)
    with sqlite_server.deps.sessions.begin() as db:
        db.get_one(OutboxRow, other).last_error = "smtp_554"
    shown = client.get("/console/undelivered").text
    word = re.search(r'name="form" value="([^"]+)"', shown)[1]  # type: ignore[index]
    assert "Send all 3 again" in shown and shown.count("Send all") == 1

    given = {"form": word, "way": "email", "error": "user_unknown"}
    assert client.post("/console/undelivered/all/again", data={**given, "form": "forged"}).status_code == 403
    client.post("/console/undelivered/all/again", data=given)

    with sqlite_server.deps.reading.begin() as db:
        assert [row.id for row in outbox.dead_letters(db)] == [other]
        retried = db.scalars(select(EventRow).where(EventRow.kind == "delivery_again")).all()
        assert len(retried) == 3 and all(row.data["error"] == "user_unknown" for row in retried)
    assert "Somebody was faster" in client.post("/console/undelivered/all/again", data=given).text


def test_what_died_about_a_ticket_that_may_not_be_seen_is_not_sent_again_by_all(sqlite_server: Server) -> None:
    letters = dead(sqlite_server, 3)
    deps = sqlite_server.deps
    for text in (HACKED, *["skip"] * 8):
        ticket = receive(deps, Incoming(MARIA, "in_app_chat", text), utc_now()).conversation.ticket_number
        if ticket is not None:
            break
    with deps.sessions.begin() as db:
        assert tickets.team_of(db, ticket) == "security"
        db.get_one(OutboxRow, letters[0]).ticket_number = ticket

    caller = Caller(deps, ALEX, utc_now())
    assert dead_letters.send_all_again(caller, "email", "user_unknown", ["support"]) == 2
    with deps.reading.begin() as db:
        assert [row.id for row in outbox.dead_letters(db)] == letters[:1]


def test_what_is_put_off_stands_on_the_page_in_readyz_and_in_metrics_until_it_goes(
    sqlite_server: Server, client: httpx2.Client
) -> None:
    with sqlite_server.deps.sessions.begin() as db:
        put_off.keep(UnitOfWork(db, utc_now()), "incident_sense", 0, "KeyError")

    shown = client.get("/console/undelivered").text
    assert "Looking for incidents" in shown and "KeyError" in shown
    assert client.get("/readyz").json()["troubles"]["put_off"] == ["incident_sense:0 KeyError"]
    assert "smartmed_put_off_work 1.0" in client.get("/metrics").text
    word = re.search(r'name="form" value="([^"]+)"', shown)[1]  # type: ignore[index]
    client.post("/console/undelivered/put-off/incident_sense/0/now", data={"form": word})
    until(lambda: "KeyError" not in client.get("/console/undelivered").text)


@pytest.mark.parametrize(("count", "said"), [(1, "1 message has been waiting since"), (2, "2 messages have been")])
def test_what_waits_for_something_to_be_mended_is_said_in_whole_words(
    sqlite_server: Server, client: httpx2.Client, count: int, said: str
) -> None:
    with sqlite_server.deps.sessions.begin() as db:
        work = UnitOfWork(db, utc_now())
        for n in range(count):
            letter = StaffEmail(to=Place(address=f"a{n}@example.com"), subject="", text="words")
            row = outbox.put(work, "email", letter.to.address, letter)
            outbox.failed(work, row.id, SendFailed("login_refused", mend="way"))

    assert said in client.get("/console/undelivered").text


def test_of_many_dead_letters_all_are_counted_and_every_one_can_be_reached(
    sqlite_server: Server, client: httpx2.Client
) -> None:
    ids = dead(sqlite_server, 130)
    with sqlite_server.deps.reading.begin() as db:
        oldest = min(row.id for row in db.query(OutboxRow))

    first, last = (client.get(f"/console/undelivered?at={at}").text for at in (1, 3))
    assert '<span class="count">130</span>' in first and "1\u201350 of 130" in first and f"No. {max(ids)}" in first
    assert f"No. {oldest}" in last and f"/console/undelivered/{oldest}/again?at=3&amp;mails=1" in last
    assert "ends before this page" in client.get("/console/undelivered?at=9").text
    word = re.search(r'name="form" value="([^"]+)"', last)[1]  # type: ignore[index]
    after = client.post(f"/console/undelivered/{oldest}/dismiss?at=3&mails=2", data={"form": word})
    assert (after.url.params["at"], after.url.params["mails"]) == (
        "3",
        "2",
    ) and '<span class="count">129</span>' in after.text


def test_of_many_mails_that_were_set_aside_every_one_can_be_reached_beside_the_letters(
    sqlite_server: Server, client: httpx2.Client
) -> None:
    dead(sqlite_server, 60)
    with sqlite_server.deps.sessions.begin() as db:
        for n in range(120):
            tickets.record(db, [Event(MailNotAnswered("list"), CLOCK, utc_now() - timedelta(minutes=n))])

    pages = [client.get(f"/console/undelivered?at=2&mails={n}").text for n in (1, 2, 3)]
    listed = [page.count("sent to many, by a list") for page in pages]

    assert listed == [50, 50, 20] and all("120 mails of the last seven days" in page for page in pages)
    assert "51\u2013100 of 120" in pages[1] and "51\u201360 of 60" in pages[1]
    assert "/console/undelivered?at=2&amp;mails=3" in pages[1] and "/console/undelivered?mails=2&amp;at=1" in pages[1]
    assert "ends before this page" in client.get("/console/undelivered?mails=9").text


def test_mails_that_were_set_aside_are_counted_and_listed_without_a_word_of_them(
    sqlite_server: Server, client: httpx2.Client
) -> None:
    with sqlite_server.deps.sessions.begin() as db:
        for why in ("list", "perhaps_machine", "bounce", "not_proven"):
            tickets.record(db, [Event(MailNotAnswered(why), CLOCK, utc_now())])
        tickets.record(db, [Event(MailNotAnswered("list"), CLOCK, utc_now() - timedelta(days=8))])

    shown = client.get("/console/undelivered").text
    assert "2 mails of the last seven days were not answered" in shown
    assert "sent to many, by a list" in shown and "perhaps written by a machine" in shown
