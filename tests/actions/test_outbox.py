"""The outbox: each row once, in order per address, whatever happens to a sender or a worker."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from bot.actions.deliver import deliver
from bot.actions.deps import Delivery, Deps, SendFailed
from bot.storage import outbox
from bot.storage.tables import EventRow, OutboxRow
from tests.makers import NINE, hours, minutes


class Postbox:
    """A sender that keeps what it was given, and fails as told."""

    def __init__(self, *failures: Exception) -> None:
        self.got: list[tuple[str, str]] = []
        self.failures = list(failures)

    def send(self, delivery: Delivery, now: datetime) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.got.append((delivery.address, delivery.payload["n"]))
        return f"ext-{delivery.id}"


def put(deps: Deps, *rows: tuple[str, str]) -> None:
    """Put rows into the outbox: address and content."""
    with deps.sessions.begin() as db:
        for address, content in rows:
            outbox.put(db, "test", address, "message", {"n": content}, NINE)


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
        assert len(outbox.claim(db, NINE)) == 1

    with_sender = replace(deps, senders={"test": postbox})
    empty(with_sender, NINE + minutes(0.5))
    assert postbox.got == []
    empty(with_sender, NINE + minutes(2))

    assert len(postbox.got) == 1


def test_ten_tries_are_enough(deps: Deps) -> None:
    postbox = Postbox(*[SendFailed("timeout", permanent=False) for _ in range(20)])
    with_sender = replace(deps, senders={"test": postbox})
    put(deps, ("a", "1"))

    for n in range(15):
        empty(with_sender, NINE + hours(13 * n))

    with deps.reading.begin() as db:
        row = db.scalars(select(OutboxRow)).one()
    assert (row.state, row.attempts) == ("dead", 10)
