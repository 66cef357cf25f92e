"""`simulate` beside a running product: what is there stays as it is, and the simulated weeks come whole."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.actions.deps import Deps
from bot.actions.receive import Incoming, receive
from bot.actions.sweep.sweep import sweep
from bot.outbound import Place, StaffEmail, written
from bot.simulation import simulate as simulation
from bot.simulation.beside import simulate_beside
from bot.simulation.simulate import Plan
from bot.storage import outbox
from bot.storage.tables import ConversationRow, DeadlineRow, EventRow, MessageRow, OutboxRow, TicketRow
from bot.storage.unit_of_work import UnitOfWork
from tests.makers import MARIA

END = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
A_LETTER = StaffEmail(to=Place(address="maria@example.com"), subject="real", text="real")


@pytest.fixture(autouse=True)
def _few_sweeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """How often the simulated worker looks is nothing that is asked here, and is most of the time."""
    monkeypatch.setattr(simulation, "SWEEP_EVERY", timedelta(hours=8))


def counted(deps: Deps, *tables: type) -> list[int]:
    """How many rows there are."""
    with deps.reading.begin() as db:
        return [db.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_a_running_product_and_a_simulation_leave_each_other_in_peace(deps: Deps) -> None:
    mine = receive(deps, Incoming(MARIA, "in_app_chat", "I want to talk to a person"), END)
    with deps.sessions.begin() as db:
        outbox.put(UnitOfWork(db, END), "email", A_LETTER.to.address, A_LETTER)
    before = counted(deps, MessageRow)[0]

    def meanwhile(_what: str, part: float) -> None:
        """A worker sweeps, somebody writes and a real ticket is opened while the weeks are simulated."""
        if part < 1.0 and not opened:
            opened.append(
                receive(deps, Incoming(replace(MARIA, id="u-other"), "in_app_chat", "someone hacked my account"), END)
            )
        sweep(deps, END)
        seen.append(counted(deps, TicketRow, ConversationRow))

    opened: list[object] = []
    seen: list[list[int]] = []
    done = simulate_beside(deps, Plan(1, 3, END, traffic=0.05), meanwhile)

    assert done.conversations > 5 and max(talks for _, talks in seen) == 2, "nothing is seen before all of it is there"
    with deps.reading.begin() as db:
        real = db.get(ConversationRow, mine.conversation.id)
        assert real is not None and real.user_id == MARIA.id
        letters = list(db.scalars(select(OutboxRow)))
        assert [row.state for row in letters if row.payload == written(A_LETTER)] == ["waiting"]
        simulated = list(db.scalars(select(ConversationRow).where(ConversationRow.user_id.startswith("sim-"))))
        numbers = [row.number for row in db.scalars(select(TicketRow))]
        open_ones = (DeadlineRow.fired_at.is_(None), DeadlineRow.met_at.is_(None), DeadlineRow.paused.is_(False))
        late = db.scalar(select(func.count()).where(*open_ones, DeadlineRow.due_at < END))
    assert len(simulated) > 5 and len(set(numbers)) == len(numbers)
    assert late == 0, "a worker finds nothing of the past to be told"
    assert counted(deps, MessageRow)[0] > before and counted(deps, EventRow)[0] > 0


def test_a_second_simulation_is_of_other_people(deps: Deps) -> None:
    for seed in (1, 1):
        simulate_beside(deps, Plan(1, seed, END, traffic=0.02), lambda *_: None)

    again = receive(deps, Incoming(MARIA, "in_app_chat", "my pdf is blank"), END)
    with deps.reading.begin() as db:
        ids = list(db.scalars(select(ConversationRow.id)))
    assert again.conversation.id in ids and len(set(ids)) == len(ids)


def test_no_weeks_are_refused(deps: Deps) -> None:
    with pytest.raises(ValueError):
        simulate_beside(deps, Plan(0, 1, END), lambda *_: None)
