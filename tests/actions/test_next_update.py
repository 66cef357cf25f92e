"""The update that was announced comes in time: a person's, or an honest automatic one with the time of the next."""

import pytest
from sqlalchemy import select

from bot.actions import staff
from bot.actions.deps import Deps
from bot.actions.sweep.sweep import sweep
from bot.storage import tickets
from bot.storage.tables import MessageRow
from tests.actions.test_receive import a_ticket
from tests.makers import ALEX, DONE, NINE, hours, minutes


def updates(deps: Deps) -> list[str]:
    """The automatic updates that the user has been given."""
    with deps.reading.begin() as db:
        found = db.scalars(select(MessageRow).where(MessageRow.kind == "next_update").order_by(MessageRow.id))
        return [row.body for row in found]


@pytest.mark.guide("TE5", "CD5")
def test_an_update_nobody_gave_is_sent_once_with_the_time_of_the_next(deps: Deps) -> None:
    a_ticket(deps)

    for late in (hours(3.9), hours(4.1), hours(4.2), hours(5)):
        sweep(deps, NINE + late)

    told = updates(deps)
    assert len(told) == 1
    assert "no answer yet" in told[0] and "Tue, Nov 24" in told[0]

    sweep(deps, NINE + hours(28.3))
    sweep(deps, NINE + hours(28.4))
    assert len(updates(deps)) == 2


def test_each_announced_update_is_a_promise_of_its_own_with_its_own_warnings(deps: Deps) -> None:
    number = a_ticket(deps)

    for late in range(2 * 30):
        sweep(deps, NINE + hours(late / 2))

    with deps.reading.begin() as db:
        told = [
            (e.data["cycle"], e.data["percent"])
            for e in tickets.events_of(db, number)
            if e.kind in ("warning", "breach") and e.data["kind"] == "next_update"
        ]
    assert told == [(nth, percent) for nth in (1, 2) for percent in (*deps.policy.sla.warnings, 100)]
    assert len(updates(deps)) == 2


def test_a_persons_answer_counts_and_no_automatic_one_follows(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.reply(staff.Command(deps, number, ALEX, NINE + minutes(30)), "I am looking into it.")

    sweep(deps, NINE + hours(40))

    assert updates(deps) == []


def test_a_resolved_ticket_needs_no_update(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.resolve(staff.Command(deps, number, ALEX, NINE + hours(1)), DONE)

    sweep(deps, NINE + hours(40))

    assert updates(deps) == []
