"""Sending: whatever Slack and the network do, each row stands in Slack once, in order, and in time."""

import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.actions.deliver import deliver
from bot.channels.slack.posting import RateLimiter
from bot.outbound import Place, PlainText, SendFailed, UserMessage, read
from bot.storage import outbox
from bot.storage.tables import OutboxRow
from bot.storage.unit_of_work import UnitOfWork
from bot.wiring import utc_now
from tests.channels.slack_workspace import DM, GENERAL, MARIA, TIER2, Workspace, words_of
from tests.waiting import until

PLACES = ("not_in_channel", "is_archived", "channel_not_found")
"""What is wrong with one channel, and people mend in Slack."""


def put(workspace: Workspace, channel: str, *texts: str, thread: str | None = None) -> None:
    """Texts for a channel, on their way."""
    with workspace.deps.sessions.begin() as db:
        for text in texts:
            to = Place(address=f"{channel}:{thread}" if thread else channel, channel=channel, thread=thread)
            outbox.put(UnitOfWork(db, utc_now()), "slack", to.address, PlainText(text=text, to=to))


def rows(workspace: Workspace) -> list[OutboxRow]:
    """The outbox."""
    with workspace.deps.reading.begin() as db:
        return list(db.scalars(select(OutboxRow).order_by(OutboxRow.id)))


@pytest.mark.parametrize("fault", ["lost", "500_done", "reset", "500", "502", "html", "internal_error", "fatal_error"])
def test_a_fault_that_passes_loses_nothing_doubles_nothing_and_keeps_the_order(
    workspace: Workspace, fault: str
) -> None:
    workspace.double.fail("chat.postMessage", fault)
    put(workspace, DM, "one", "two", "three")

    workspace.delivers()
    workspace.delivers(60)

    assert [words_of(m) for m in workspace.posts(DM)] == ["one", "two", "three"]
    assert workspace.double.doubled() == [] and {row.state for row in rows(workspace)} == {"sent"}


@pytest.mark.parametrize("fault", ["lost", "500_done"])
def test_a_lost_answer_in_a_thread_is_found_again_there(workspace: Workspace, fault: str) -> None:
    thread = workspace.message(MARIA, GENERAL, "hello")["ts"]
    workspace.double.fail("chat.postMessage", fault, fault)
    put(workspace, GENERAL, "one", "two", thread=thread)

    for _ in range(3):
        workspace.delivers(60)

    assert [words_of(m) for m in workspace.posts(GENERAL, thread)] == ["one", "two"]
    assert all(row.external_id for row in rows(workspace))


def test_asking_goes_through_every_page_of_a_busy_channel(office: Workspace) -> None:
    office.double.fail("chat.postMessage", "lost")
    put(office, GENERAL, "one")
    office.delivers()
    for n in range(450):
        office.message(MARIA, GENERAL, f"chatter {n}")

    office.delivers(60)

    assert len(office.posts(GENERAL)) == 1


def test_when_asking_fails_nothing_is_posted_blindly(office: Workspace) -> None:
    office.double.fail("chat.postMessage", "lost")
    office.double.fail("conversations.history", "500", "429", "html", "lost")
    put(office, DM, "one")

    for _ in range(8):
        office.delivers(10_000)

    assert len(office.posts(DM)) == 1 and rows(office)[0].state == "sent"


def test_being_told_to_wait_is_honoured_and_is_no_failed_try(office: Workspace) -> None:
    office.double.fail("chat.postMessage", *["429"] * 15, seconds=30)
    put(office, DM, "one")

    office.delivers()
    (row,) = rows(office)
    assert timedelta(seconds=29) < row.due_at - row.made_at < timedelta(seconds=38) and row.attempts == 0
    office.delivers(20)
    assert office.double.messages(DM) == []
    for _ in range(16):
        office.delivers(40)

    assert len(office.posts(DM)) == 1


@pytest.mark.parametrize("code", ["token_expired", "token_revoked", "invalid_auth", *PLACES])
def test_what_people_must_mend_waits_and_goes_out_in_order_when_it_is_mended(office: Workspace, code: str) -> None:
    office.double.fail("chat.postMessage", code)
    put(office, DM, "one", "two")

    office.delivers()
    first = rows(office)[0]
    assert (first.state, first.to_mend, first.last_error) == ("waiting", True, code)
    place = code in PLACES
    assert [code in message["text"].replace("\\", "") for message in office.posts(TIER2)] == [True] * place
    office.delivers(40)

    assert [words_of(m) for m in office.posts(DM)] == ["one", "two"]
    assert {row.state for row in rows(office)} == {"sent"}


@pytest.mark.parametrize("code", ["user_not_found", "msg_too_long"])
def test_what_cannot_succeed_is_a_dead_letter_at_once_and_the_next_goes_on(office: Workspace, code: str) -> None:
    office.double.fail("chat.postMessage", code)
    put(office, DM, "one", "two")

    office.delivers()

    first, second, alert = rows(office)
    assert (first.state, first.last_error, second.state, alert.kind) == ("dead", code, "sent", "delivery_failed")
    assert code in words_of(office.posts(TIER2)[0])


def test_an_unknown_refusal_is_tried_ten_times_and_then_is_a_dead_letter(office: Workspace) -> None:
    office.double.fail("chat.postMessage", *["something_new"] * 10)
    put(office, DM, "one")

    for _ in range(12):
        office.delivers(50_000)

    assert (rows(office)[0].state, rows(office)[0].attempts) == ("dead", 10)


def test_a_kill_after_sending_and_before_marking_doubles_nothing(workspace: Workspace) -> None:
    put(workspace, DM, "one", "two")
    with workspace.deps.sessions.begin() as db:
        (row,) = outbox.claim(UnitOfWork(db, utc_now()))
    from bot.actions.deps import Delivery

    delivery = Delivery(row.id, row.address, read(row.kind, row.payload), row.attempts)
    workspace.deps.senders["slack"].send(delivery, utc_now())

    workspace.delivers(90)

    assert [words_of(m) for m in workspace.posts(DM)] == ["one", "two"] and workspace.double.doubled() == []


def test_a_storm_of_faults_loses_none_of_two_hundred_and_doubles_none(workspace: Workspace) -> None:
    dice = random.Random(7)
    kinds = ("lost", "500_done", "reset", "500", "html", "429", "ok", "ok")
    for method in ("chat.postMessage", "conversations.history"):
        workspace.double.fail(method, *(dice.choice(kinds[:-2]) if dice.random() < 0.25 else "ok" for _ in range(300)))
    texts = [f"message {n}" for n in range(200)]
    for n, text in enumerate(texts):
        put(workspace, (DM, GENERAL, "DU0ALEX", "DU0BO")[n % 4], text)

    for _ in range(200):
        workspace.delivers(3600)
        if all(row.state == "sent" for row in rows(workspace)):
            break

    for n, channel in enumerate((DM, GENERAL, "DU0ALEX", "DU0BO")):
        assert [words_of(m) for m in workspace.posts(channel)] == texts[n::4]
    assert workspace.double.doubled() == []


def test_a_channel_gets_a_short_burst_and_then_one_a_second_and_others_do_not_wait() -> None:
    clock = [100.0]
    pace = RateLimiter(1.0, 5, lambda: clock[0])

    assert [pace.wait("C1", n) for n in range(8)] == [0, 0, 0, 0, 0, 1, 2, 3]
    assert pace.wait("C2", 99) == 0
    clock[0] = 101.0
    assert [pace.wait("C1", n) for n in (7, 6, 5)] == [2, 1, 0]
    clock[0] = 103.0
    assert [pace.wait("C1", n) for n in (6, 7)] == [0, 0]


def test_slacks_own_rate_is_kept_without_a_single_429(office: Workspace) -> None:
    office.double.rate = (0.2, 3)
    paced = office.with_senders(RateLimiter(0.22, 2))
    for n in range(8):
        put(office, TIER2, f"{n}", thread=None)
    with office.deps.sessions.begin() as db:
        for row in db.scalars(select(OutboxRow)):
            row.address = f"ticket:{row.id}"

    def all_sent() -> bool:
        deliver(paced.deps, utc_now())
        return all(row.state == "sent" for row in rows(office))

    until(all_sent)
    assert sorted(words_of(m) for m in office.posts(TIER2)) == [str(n) for n in range(8)]
    assert {row.last_error for row in rows(office)} == {None}


def test_a_slow_slack_is_waited_for_and_then_asked(office: Workspace) -> None:
    sender = office.deps.senders["slack"]
    sender.post._client.timeout = 0.3  # type: ignore[attr-defined]
    office.double.fail("chat.postMessage", "slow", seconds=0.6)
    put(office, DM, "one")

    office.delivers()
    assert rows(office)[0].last_error in ("TimeoutError", "URLError")
    sender.post._client.timeout = 20  # type: ignore[attr-defined]
    until(lambda: office.posts(DM))
    office.delivers(60)

    assert len(office.posts(DM)) == 1


def test_errors_never_carry_any_part_of_a_body(office: Workspace) -> None:
    office.double.fail("chat.postMessage", "html", "500")
    put(office, DM, "one")
    office.delivers()
    assert rows(office)[0].last_error == "not_json"
    office.delivers(60)
    assert rows(office)[0].last_error == "http_500"


def test_an_internal_line_can_never_be_sent_to_a_user(office: Workspace) -> None:
    from bot.actions.deps import Delivery
    from bot.storage.tables import MessageRow

    office.types(MARIA, DM, "my authenticator code is refused")
    with office.deps.sessions.begin() as db:
        message = db.scalars(select(MessageRow)).first()
        message.visible_to_user = False
        line = UserMessage(message=message.id, to=Place(address=DM, channel=DM))
    with pytest.raises(SendFailed, match="not_for_the_user"):
        office.deps.senders["slack"].send(Delivery(999, DM, line, 1), utc_now())
