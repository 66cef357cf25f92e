"""What is told of an open ticket, as it is stored: clocks, the queue, and who sees an emergency; on both databases."""

from sqlalchemy import select

from bot.actions import staff
from bot.actions.deps import Deps
from bot.actions.sweep.sweep import sweep
from bot.storage import conversations, paging, tickets
from bot.storage.tables import DeadlineRow, EventRow, TicketRow
from bot.storage.tickets import Wanted
from handoff import sla
from handoff.ticket import Ticket
from tests.actions.talks import a_ticket, says
from tests.makers import ALEX, BO, DONE, NINE, hours, minutes


def ticket(deps: Deps, number: int) -> Ticket:
    """A ticket as it is stored now."""
    with deps.reading.begin() as db:
        return tickets.ticket_of(tickets.get(db, number))


def queue(deps: Deps, *teams: str) -> list[int]:
    """The numbers in the queue of these teams, first things first."""
    with deps.reading.begin() as db:
        return [row.number for row in tickets.queue(db, Wanted(teams or None))]


def letters(deps: Deps, number: int) -> list[str]:
    """Everything that the user reads, in order."""
    with deps.reading.begin() as db:
        return [line.body for line in conversations.transcript(db, tickets.get(db, number).conversation_id)]


def clocks_told(deps: Deps, number: int, kind: str) -> list[int]:
    """The warnings and breaches of one clock that were put on record."""
    with deps.reading.begin() as db:
        found = db.scalars(select(EventRow).where(EventRow.ticket_number == number).order_by(EventRow.id)).all()
        return [row.data["percent"] for row in found if row.kind in ("warning", "breach") and row.data["kind"] == kind]


def test_an_emergency_in_a_request_that_was_opened_again_is_promised_once_and_soon(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.resolve(staff.Command(deps, number, ALEX, NINE + minutes(5)), DONE)
    before = len(letters(deps, number))

    says(deps, "I took too many pills", NINE + hours(1))

    now, said = ticket(deps, number), "\n".join(letters(deps, number)[before:])
    assert sla.promise(now) == NINE + hours(1) + minutes(15) and now.request.title == "Emergency"
    assert "10:15 AM EST" in said and "2:00 PM" not in said and said.count("10:15 AM EST") == 1
    assert queue(deps)[0] == number


def test_an_emergency_with_a_person_who_has_answered_has_the_critical_clock_and_its_warnings(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.reply(staff.Command(deps, number, ALEX, NINE + minutes(5)), "Hello.")

    says(deps, "a patient of ours just collapsed at the front desk", NINE + hours(2))
    assert "11:15 AM EST" in letters(deps, number)[-1]
    for later in (8, 13, 15, 40):
        sweep(deps, NINE + hours(2) + minutes(later))

    assert clocks_told(deps, number, "answer") == [50, 80, 100]
    with deps.reading.begin() as db:
        assert [row.ticket_number for row in paging.unanswered_of(db, ["support"])] == [number]


def test_an_emergency_in_a_security_ticket_is_seen_by_those_who_act_and_the_other_stays_where_it_is(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.reply(staff.Command(deps, number, ALEX, NINE + minutes(2)), "Hello.")
    staff.escalate(staff.Command(deps, number, ALEX, NINE + minutes(5)), "security", "Somebody else signed in.")
    before, held = len(letters(deps, number)), ticket(deps, number)

    says(deps, "je veux me suicider", NINE + minutes(10))

    (own,) = queue(deps, "support")
    emergency, said = ticket(deps, own), "\n".join(letters(deps, number)[before:])
    assert own != number and emergency.request.previous == number and emergency.priority == "critical"
    assert emergency.request.summary == "je veux me suicider"
    assert "J'ai aussi prévenu une personne" in said and f"#{own}" in said and "09:25 EST" in said
    assert ticket(deps, number) == held and queue(deps, "security") == [number]
    with deps.reading.begin() as db:
        assert own in [row.ticket_number for row in paging.unanswered_of(db, ["support"])]


def test_who_has_the_first_request_hears_what_is_written_after_the_emergency_too(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.escalate(staff.Command(deps, number, ALEX, NINE + minutes(5)), "security", "Somebody else signed in.")
    staff.ask(staff.Command(deps, number, BO, NINE + minutes(8)), "Since when?")
    says(deps, "I took too many pills", NINE + minutes(10))
    assert ticket(deps, number).waiting

    says(deps, "since yesterday evening", NINE + minutes(12))

    held = ticket(deps, number)
    assert not held.waiting and held.owed_since == NINE + minutes(12)


def test_a_broken_promise_stays_on_top_until_somebody_answers(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.reply(staff.Command(deps, number, ALEX, NINE + minutes(2)), "Hello.")
    says(deps, "all my records are gone since the update", NINE + minutes(10))
    for later in (25, 60, 100):
        sweep(deps, NINE + minutes(later))

    def due() -> object:
        with deps.reading.begin() as db:
            return db.get_one(TicketRow, number).due_at

    assert due() == NINE + minutes(25)
    staff.reply(staff.Command(deps, number, ALEX, NINE + minutes(110)), "We found them.")
    assert due() == NINE + minutes(10) + hours(4)


def test_the_answer_to_a_question_of_ours_is_owed_an_answer_and_goes_up_in_the_queue(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.ask(staff.Command(deps, number, ALEX, NINE + minutes(5)), "Which phone do you use?")
    assert says(deps, "an iPhone 12", NINE + hours(1)).answers
    says(deps, "or a 13, i am not sure", NINE + hours(2))

    now = ticket(deps, number)
    assert now.wrote_at == NINE + hours(1) and not now.waiting
    with deps.reading.begin() as db:
        row = db.get_one(TicketRow, number)
        kinds = db.scalars(
            select(DeadlineRow.kind).where(DeadlineRow.ticket_number == number, DeadlineRow.met_at.is_(None))
        )
        assert row.due_at == NINE + hours(5) and "answer" in set(kinds)
    staff.reply(staff.Command(deps, number, ALEX, NINE + hours(3)), "Thank you.")
    sweep(deps, NINE + hours(6))
    assert 100 not in clocks_told(deps, number, "answer")
    says(deps, "it still fails", NINE + hours(7))
    sweep(deps, NINE + hours(11))
    assert clocks_told(deps, number, "answer")[-1] == 100


def test_a_privacy_breach_told_to_a_person_is_critical_and_the_user_hears_so(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.reply(staff.Command(deps, number, ALEX, NINE + minutes(5)), "Hello.")

    says(deps, "I think someone else can see my test results", NINE + hours(1))

    now, last = ticket(deps, number), letters(deps, number)[-1]
    assert (now.priority, now.team, now.owner) == ("critical", "security", None)
    assert "Critical" in last and "10:15 AM EST" in last and "please do not open, copy or share" in last


def test_what_cannot_wait_is_marked_for_the_team(deps: Deps) -> None:
    number = a_ticket(deps)
    assert "as one that can't wait" in says(deps, "it cannot wait, please", NINE + minutes(3)).answers[0].body
    assert "cannot_wait" in ticket(deps, number).flags
