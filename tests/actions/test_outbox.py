"""The outbox: each row once, in order per address, whatever happens to a sender or a worker."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import select, text

from bot.actions import alert_words, dead_letters, ops_alerts
from bot.actions.deliver import deliver
from bot.actions.deps import Caller, Delivery, Deps
from bot.actions.sweep.sweep import sweep
from bot.outbound import Place, PlainText, SendFailed
from bot.storage import outbox
from bot.storage.tables import EventRow, OutboxRow
from bot.storage.unit_of_work import UnitOfWork
from handoff.policy.model import Policy
from tests.makers import ALEX, NINE, hours, minutes


def with_a_lead(policy: Policy) -> Policy:
    """The guide with an address for who leads support."""
    contacts = policy.contacts.contacts
    lead = contacts["support_lead"].model_copy(update={"name": "Lee", "email": "lead@example.com"})
    known = policy.contacts.model_copy(update={"contacts": {**contacts, "support_lead": lead}})
    return policy.model_copy(update={"contacts": known})


class Postbox:
    """A sender that keeps what it was given, and fails as told."""

    def __init__(self, *failures: Exception) -> None:
        self.got: list[tuple[str, str]] = []
        self.failures = list(failures)

    def send(self, delivery: Delivery, now: datetime) -> str:
        if self.failures:
            raise self.failures.pop(0)
        if isinstance(delivery.message, PlainText):
            self.got.append((delivery.address, delivery.message.text))
        return f"ext-{delivery.id}"


def put(deps: Deps, *rows: tuple[str, str]) -> None:
    """Put rows into the outbox: address and content."""
    with deps.sessions.begin() as db:
        for address, content in rows:
            outbox.put(UnitOfWork(db, NINE), "test", address, PlainText(text=content, to=Place(address=address)))


def empty(deps: Deps, at: datetime) -> None:
    """Deliver until nothing is due."""
    while deliver(deps, at):
        pass


def test_rows_of_one_address_arrive_in_order_and_once(deps: Deps) -> None:
    postbox = Postbox()
    with_sender = replace(deps, senders={"test": postbox})
    put(deps, *[("a", str(n)) for n in range(30)], ("b", "x"))

    empty(with_sender, NINE)

    assert [content for address, content in postbox.got if address == "a"] == [str(n) for n in range(30)]
    assert ("b", "x") in postbox.got and len(postbox.got) == 31


def test_four_workers_at_once_send_each_row_once(deps: Deps) -> None:
    postbox = Postbox()
    with_sender = replace(deps, senders={"test": postbox})
    put(deps, *[(f"address {n % 40}", str(n)) for n in range(200)])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: empty(with_sender, NINE), range(4)))
    empty(with_sender, NINE)

    assert sorted(content for _, content in postbox.got) == sorted(str(n) for n in range(200))


def test_a_passing_failure_is_tried_again_later_and_keeps_the_order(deps: Deps) -> None:
    postbox = Postbox(SendFailed("ratelimited", permanent=False, retry_after=30))
    with_sender = replace(deps, senders={"test": postbox})
    put(deps, ("a", "1"), ("a", "2"))

    empty(with_sender, NINE)
    assert postbox.got == []
    empty(with_sender, NINE + minutes(1))

    assert [content for _, content in postbox.got] == ["1", "2"]


def test_a_permanent_failure_is_a_dead_letter_on_the_record_and_blocks_nobody(deps: Deps) -> None:
    postbox = Postbox(SendFailed("channel_not_found", permanent=True))
    with_sender = replace(deps, senders={"test": postbox})
    put(deps, ("a", "1"), ("a", "2"))

    empty(with_sender, NINE)

    assert [content for _, content in postbox.got] == ["2"]
    with deps.reading.begin() as db:
        assert [row.last_error for row in outbox.dead_letters(db)] == ["channel_not_found"]
        assert "delivery_failed" in db.scalars(select(EventRow.kind)).all()


def test_a_sender_that_raises_is_put_off_and_does_not_stop_the_others(deps: Deps) -> None:
    postbox = Postbox(ZeroDivisionError())
    with_sender = replace(deps, senders={"test": postbox})
    put(deps, ("poison", "1"), ("b", "2"))

    empty(with_sender, NINE)

    assert [content for _, content in postbox.got] == ["2"]


def test_a_row_whose_worker_died_is_sent_after_its_lease(deps: Deps) -> None:
    postbox = Postbox()
    put(deps, ("a", "1"))
    with deps.sessions.begin() as db:
        assert len(outbox.claim(UnitOfWork(db, NINE))) == 1

    with_sender = replace(deps, senders={"test": postbox})
    empty(with_sender, NINE + minutes(0.5))
    assert postbox.got == []
    empty(with_sender, NINE + minutes(2))

    assert len(postbox.got) == 1


def the_row(deps: Deps) -> OutboxRow:
    """The only row there is."""
    with deps.reading.begin() as db:
        return db.scalars(select(OutboxRow)).one()


def test_the_first_tries_come_after_seconds_and_a_day_and_a_half_of_them_is_enough(deps: Deps) -> None:
    postbox = Postbox(*[SendFailed("timeout") for _ in range(60)])
    with_sender = replace(deps, senders={"test": postbox})
    put(deps, ("a", "1"))

    at, pauses = NINE, list[float]()
    while the_row(deps).state == "waiting":
        empty(with_sender, at)
        pauses.append((the_row(deps).due_at - at).total_seconds())
        at = the_row(deps).due_at

    for pause, wanted in zip(pauses, (1, 2, 4, 8, 15, 30, 60), strict=False):
        assert wanted <= pause <= wanted * 1.2
    assert the_row(deps).state == "dead" and hours(24) < at - NINE < hours(60)


def test_a_row_that_cannot_be_decrypted_holds_up_nobody_and_goes_out_with_the_right_key(deps: Deps) -> None:
    postbox = Postbox()
    with_sender = replace(deps, senders={"test": postbox})
    put(deps, ("a", "1"), ("b", "2"))
    with deps.sessions.begin() as db:
        kept = db.execute(text("SELECT payload FROM outbox WHERE address = 'a'")).scalar()
        db.execute(text("UPDATE outbox SET payload = :it WHERE address = 'a'"), {"it": b"not ours"})

    empty(with_sender, NINE)
    assert [content for _, content in postbox.got] == ["2"]
    with deps.reading.begin() as db:
        assert ops_alerts.facts(db)["to_mend"] == {"test:unreadable": 1}

    with deps.sessions.begin() as db:
        db.execute(text("UPDATE outbox SET payload = :it WHERE address = 'a'"), {"it": kept})
    empty(with_sender, NINE + minutes(2))
    assert [content for _, content in postbox.got] == ["2", "1"]


def test_a_sender_that_raises_for_a_row_stops_holding_up_its_address_after_half_a_minute(deps: Deps) -> None:
    postbox = Postbox(*[KeyError("words of a user")] * 6)
    with_sender = replace(deps, senders={"test": postbox})
    put(deps, ("a", "1"), ("a", "2"))

    for second in range(45):
        empty(with_sender, NINE + minutes(second / 60))

    assert [content for _, content in postbox.got] == ["2"]
    with deps.reading.begin() as db:
        assert [row.last_error for row in outbox.dead_letters(db)] == ["KeyError"]


def test_an_alarm_that_raises_leaves_the_row_settled_and_the_others_go_out(
    deps: Deps, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise KeyError("no lead")

    monkeypatch.setattr(ops_alerts, "tell_of_dead_letter", broken)
    postbox = Postbox(SendFailed("user_not_found", permanent=True))
    put(deps, ("a", "1"), ("b", "2"))

    empty(replace(deps, senders={"test": postbox}), NINE)

    assert [content for _, content in postbox.got] == ["2"]
    with deps.reading.begin() as db:
        assert len(outbox.dead_letters(db)) == 1


def test_what_people_must_mend_waits_is_told_once_and_goes_out_when_it_is_mended(deps: Deps) -> None:
    postbox = Postbox(*[SendFailed("token_revoked", mend="way")] * 30)
    letters = Postbox()
    with_sender = replace(deps, senders={"test": postbox, "email": letters}, policy=with_a_lead(deps.policy))
    put(deps, ("a", "1"), ("b", "2"))

    for minute in range(20):
        empty(with_sender, NINE + minutes(minute * 1.5))
    with deps.reading.begin() as db:
        told = [row for row in db.scalars(select(OutboxRow)) if row.kind == "letter"]
        assert [row.address for row in told] == ["lead@example.com"]
        assert "token_revoked" in told[0].payload["text"]
    empty(with_sender, NINE + hours(2))

    assert sorted(content for _, content in postbox.got) == ["1", "2"]
    sweep(with_sender, NINE + hours(2))
    with deps.reading.begin() as db:
        assert ops_alerts.facts(db)["to_mend"] == {} and outbox.dead_letters(db) == []


def test_what_has_no_way_out_any_more_waits_and_is_told_until_the_way_is_set_up_again(deps: Deps) -> None:
    put(deps, ("a", "1"))
    for minute in range(120):
        empty(deps, NINE + minutes(minute))
    with deps.reading.begin() as db:
        assert ops_alerts.facts(db)["to_mend"] == {"test:no_sender": 1} and outbox.dead_letters(db) == []
    assert "not set up" in alert_words.what_to_do("no_sender", "test")

    postbox = Postbox()
    empty(replace(deps, senders={"test": postbox}), NINE + hours(3))

    assert [content for _, content in postbox.got] == ["1"]


def test_a_dead_letter_is_sent_again_or_dismissed_once_and_by_name(deps: Deps) -> None:
    postbox = Postbox(*[SendFailed("user_not_found", permanent=True)] * 2)
    with_sender = replace(deps, senders={"test": postbox})
    put(deps, ("a", "1"), ("b", "2"))
    empty(with_sender, NINE)
    with deps.reading.begin() as db:
        second, first = (row.id for row in outbox.dead_letters(db))

    assert dead_letters.send_again(Caller(deps, ALEX, NINE), first) and not dead_letters.send_again(
        Caller(deps, ALEX, NINE), first
    )
    assert dead_letters.dismiss(Caller(deps, ALEX, NINE), second) and not dead_letters.send_again(
        Caller(deps, ALEX, NINE), second
    )
    empty(with_sender, NINE)

    assert [content for _, content in postbox.got] == ["1"]
    with deps.reading.begin() as db:
        assert outbox.dead_letters(db) == []
        done = {row.kind: row.actor_id for row in db.scalars(select(EventRow)) if row.kind.startswith("delivery_")}
    assert done["delivery_again"] == done["delivery_dismissed"] == "alex"
