"""One bad row stops nothing else: each piece of the worker's work stands alone, is put off, told, and goes when it can."""

from dataclasses import replace

from sqlalchemy import select, text

from bot.actions import ops_alerts, staff
from bot.actions.deliver import deliver
from bot.actions.deps import Deps
from bot.actions.paging import page_people
from bot.actions.receive import Incoming, receive
from bot.actions.sweep import sweep as everything
from bot.actions.sweep.sweep import sweep
from bot.storage import put_off
from bot.storage.tables import ConversationRow, EventRow, OutboxRow, TicketRow
from tests.actions.test_clock_stories import opened, sweeps, told
from tests.actions.test_outbox import Postbox, with_a_lead
from tests.makers import ALEX, DONE, MARIA, NINE, days, hours, minutes


def spoil(deps: Deps, table: str, column: str, key: str, value: int) -> bytes:
    """Make one encrypted value unreadable; returns what it was."""
    with deps.sessions.begin() as db:
        kept = db.execute(text(f"SELECT {column} FROM {table} WHERE {key} = :value"), {"value": value}).scalar_one()
        mend(deps, table, column, key, value, b"not ours", db)
    return bytes(kept)


def mend(deps: Deps, table: str, column: str, key: str, value: int, content: bytes, db: object = None) -> None:
    """Put a value there."""
    change = text(f"UPDATE {table} SET {column} = :content WHERE {key} = :value")
    if db is not None:
        db.execute(change, {"content": content, "value": value})  # type: ignore[attr-defined]
        return
    with deps.sessions.begin() as fresh:
        fresh.execute(change, {"content": content, "value": value})


def test_a_ticket_that_cannot_be_read_holds_up_no_other_clock_and_goes_on_when_it_can(deps: Deps) -> None:
    bad, good = opened(deps, "high", NINE), opened(deps, "high", NINE, replace(MARIA, id="u-good"))
    kept = spoil(deps, "tickets", "facts", "number", bad)

    sweeps(deps, NINE + minutes(30), NINE + minutes(61))
    assert told(deps, good, "first_response") == [50, 80, 100] and told(deps, bad, "first_response") == []
    with deps.reading.begin() as db:
        facts = ops_alerts.facts(db)["put_off"]
    assert facts and all(line.startswith("deadline:") and line.endswith("InvalidToken") for line in facts)

    mend(deps, "tickets", "facts", "number", bad, kept)
    sweeps(deps, NINE + hours(3))
    assert told(deps, bad, "first_response") == [50, 80, 100]
    with deps.reading.begin() as db:
        assert ops_alerts.facts(db)["put_off"] == []


def test_people_are_called_about_other_tickets_and_messages_go_out_beside_one_that_cannot_be_read(deps: Deps) -> None:
    postbox = Postbox()
    on_duty = replace(deps, senders={"email": postbox}, policy=with_a_lead(deps.policy))
    bad = opened(on_duty, "critical", NINE)
    good = opened(on_duty, "critical", NINE, replace(MARIA, id="u-good"))
    spoil(deps, "tickets", "facts", "number", bad)

    for _ in range(4):
        while page_people(on_duty, NINE) or deliver(on_duty, NINE):
            pass

    with deps.reading.begin() as db:
        paged = [row.ticket_number for row in db.scalars(select(EventRow)) if row.kind == "paged"]
        assert paged == [good] and put_off.known(db, "paging", bad)


def test_a_chat_that_cannot_be_read_holds_up_no_other_handover_and_no_other_closing(deps: Deps) -> None:
    talks = {}
    for name in ("u-bad", "u-good"):
        user = replace(MARIA, id=name)
        receive(deps, Incoming(user, "in_app_chat", "please let me talk to a person"), NINE)
        talks[name] = receive(deps, Incoming(user, "in_app_chat", "my invoice is wrong"), NINE).conversation.id
    spoil(deps, "conversations", "memory", "id", talks["u-bad"])

    sweep(deps, NINE + minutes(30))

    with deps.reading.begin() as db:
        number = db.scalars(select(ConversationRow.ticket_number).where(ConversationRow.id == talks["u-good"])).one()
    assert number is not None
    staff.resolve(staff.Command(deps, number, ALEX, NINE + hours(1)), DONE)
    sweep(deps, NINE + days(8))
    with deps.reading.begin() as db:
        assert db.scalars(select(TicketRow.status).where(TicketRow.number == number)).one() == "closed"


def test_work_that_fails_twice_is_told_to_the_lead_once_and_no_word_of_a_user_is_in_the_letter(deps: Deps) -> None:
    on_duty = replace(deps, senders={"email": Postbox()}, policy=with_a_lead(deps.policy))
    bad = opened(on_duty, "low", NINE)
    spoil(deps, "tickets", "facts", "number", bad)

    for minute in range(0, 300, 2):
        sweep(on_duty, NINE + hours(20) + minutes(minute))

    with deps.reading.begin() as db:
        letters = [row for row in db.scalars(select(OutboxRow)) if "Put off" in str(row.payload.get("subject"))]
    assert {row.address for row in letters} == {"lead@example.com"}
    with deps.reading.begin() as db:
        assert len(letters) == len(put_off.everything(db))


def test_work_as_a_whole_that_raises_does_not_stop_the_work_after_it(deps: Deps, monkeypatch: object) -> None:
    def broken(*_given: object) -> bool:
        raise KeyError("an issue that is gone")

    monkeypatch.setattr(everything, "sense", broken)  # type: ignore[attr-defined]
    number = opened(deps, "high", NINE)

    sweeps(deps, NINE + hours(2))

    assert told(deps, number, "first_response") == [50, 80, 100]
    with deps.reading.begin() as db:
        assert ops_alerts.facts(db)["put_off"] == ["incident_sense:0 KeyError"]
