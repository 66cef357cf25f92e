"""Who has a row of the outbox sends it, and nobody else, however long that takes; what cannot wait goes first."""

from dataclasses import replace
from datetime import datetime

from bot.actions.deliver import deliver
from bot.actions.deps import Delivery, Deps
from bot.outbound import Place, PlainText, SendFailed
from bot.storage import outbox
from bot.storage.tables import TicketRow
from bot.storage.unit_of_work import UnitOfWork
from tests.actions.talks import a_ticket
from tests.actions.test_outbox import Postbox, empty, put, the_row
from tests.makers import NINE, minutes


class Slowly(Postbox):
    """A sender that takes so many seconds for each row, on a clock of its own."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.at, self.seconds = NINE, seconds

    def send(self, delivery: Delivery, now: datetime) -> str:
        self.at += minutes(self.seconds / 60)
        return super().send(delivery, now)


def test_a_row_that_another_worker_took_meanwhile_is_left_to_it(deps: Deps) -> None:
    slow, quick = Slowly(25), Postbox()
    put(deps, *[(f"address {n}", str(n)) for n in range(4)])
    sent_by_other: list[int] = []

    def clock() -> datetime:
        if slow.at >= NINE + minutes(1) and not sent_by_other:  # the lease of the rest has run out
            sent_by_other.append(deliver(replace(deps, senders={"test": quick}), slow.at + minutes(1)))
        return slow.at

    deliver(replace(deps, senders={"test": slow}), NINE, clock=clock)

    assert sent_by_other
    assert sorted(content for _, content in (*slow.got, *quick.got)) == ["0", "1", "2", "3"]


def test_a_slow_way_keeps_its_rows_as_long_as_it_works_through_them(deps: Deps) -> None:
    slow, quick = Slowly(20), Postbox()
    put(deps, *[(f"address {n}", str(n)) for n in range(6)])

    deliver(replace(deps, senders={"test": slow}), NINE, clock=lambda: slow.at)
    empty(replace(deps, senders={"test": quick}), slow.at)

    assert [content for _, content in slow.got] == [str(n) for n in range(6)] and quick.got == []


def test_a_failure_told_late_takes_nothing_back_that_another_worker_has_sent(deps: Deps) -> None:
    put(deps, ("a", "1"))
    with deps.sessions.begin() as db:
        (row,) = outbox.claim(UnitOfWork(db, NINE))
        outbox.sent(UnitOfWork(db, NINE), row.id, "by another")
        assert not outbox.failed(UnitOfWork(db, NINE), row.id, SendFailed("timeout", permanent=True))

    assert the_row(deps).state == "sent"


def test_what_is_about_a_ticket_that_cannot_wait_goes_out_before_the_rest(deps: Deps) -> None:
    postbox = Postbox()
    put(deps, *[(f"address {n}", str(n)) for n in range(25)])
    number = a_ticket(deps)
    with deps.sessions.begin() as db:
        ticket = db.get_one(TicketRow, number)
        ticket.priority = "critical"
        message = PlainText(text="page", to=Place(address="p"))
        outbox.put(UnitOfWork(db, NINE), "test", "p", message, ticket_number=number)

    deliver(replace(deps, senders={"test": postbox}), NINE)

    assert postbox.got[0] == ("p", "page")
