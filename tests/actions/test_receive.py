"""A message comes in: everything that follows from it is stored at once, and the same message twice is one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from bot.actions import rating, staff
from bot.actions.deps import Deps
from bot.actions.receive import ClientIdReused, Incoming, TextTooLong, receive
from bot.storage import conversations, tickets
from bot.storage.tables import ConversationRow, DeadlineRow, EventRow, MessageRow
from handoff.lifecycle import NotAllowed
from tests.actions.talks import a_ticket, count, says
from tests.makers import ALEX, BO, DONE, MARIA, NINE, hours, minutes


def test_an_answer_is_stored_with_the_question_and_names_its_approved_texts(deps: Deps) -> None:
    received = says(deps, "my authenticator code is refused", client_id="a")

    answer = received.answers[-1]
    assert answer.said_by == "bot" and answer.visible_to_user
    assert {text["file"] for text in answer.source["texts"]} == {"intents/account_mfa_not_working.yml"}
    assert all(len(text["hash"]) == 12 for text in answer.source["texts"])
    assert received.message.reading["candidates"][0]["issue"] == "account.mfa_not_working"
    assert answer.source["catalog"] == deps.assistant().script.catalog.version


def test_the_same_client_id_twice_is_one_message_and_other_words_under_it_are_refused(deps: Deps) -> None:
    first = says(deps, "my authenticator code is refused", client_id="a")
    stored = count(deps, MessageRow)

    again = says(deps, "my authenticator code is refused", client_id="a")

    assert again.again and again.message.number == first.message.number and count(deps, MessageRow) == stored
    with pytest.raises(ClientIdReused):
        says(deps, "something else", client_id="a")


def test_the_same_delivery_key_twice_is_one_message(deps: Deps) -> None:
    says(deps, "hello", key="slack:T:C:1.2")
    stored = count(deps, MessageRow)

    assert says(deps, "hello", key="slack:T:C:1.2").again
    assert count(deps, MessageRow) == stored


def test_a_text_over_the_limit_is_refused_and_nothing_is_stored(deps: Deps) -> None:
    with pytest.raises(TextTooLong):
        says(deps, "x" * 4001)
    assert count(deps, MessageRow) == 0


@pytest.mark.guide("WF1.1", "EC7", "EA4", "O21")
def test_ticket_acknowledgement_deadlines_and_record_arise_together(deps: Deps) -> None:
    number = a_ticket(deps)

    with deps.reading.begin() as db:
        ticket = tickets.ticket_of(tickets.get(db, number))
        lines = conversations.transcript(db, ticket.request.conversation_id)
        deadlines = db.scalars(select(DeadlineRow).where(DeadlineRow.ticket_number == number)).all()
        kinds = [event.kind for event in tickets.events_of(db, number)]
    assert (ticket.request.issue, ticket.reason) == ("account.mfa_not_working", "asked_for_person")
    assert [line.kind for line in lines].count("ticket_opened") == 1 and lines[-1].kind == "ticket_opened"
    assert sum(f"#{number}" in line.body for line in lines) == 1
    assert {(d.kind, d.percent) for d in deadlines} >= {
        ("first_response", 100),
        ("resolution", 100),
        ("triage", 50),
        ("triage", 80),
    }
    assert kinds == ["new", "triaged"]


def test_somebody_elses_conversation_cannot_be_written_to(deps: Deps) -> None:
    mine = says(deps, "hello").conversation.public_id

    with pytest.raises(LookupError):
        receive(deps, Incoming(replace(MARIA, id="u-other"), "in_app_chat", "hello", conversation=mine), NINE)


@pytest.mark.guide("CX3")
def test_a_staff_reply_reaches_the_user_and_a_note_never_does(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.note(staff.Command(deps, number, ALEX, NINE), "probably the phone clock")
    staff.reply(staff.Command(deps, number, ALEX, NINE + minutes(3)), "Hello, I am looking at it.")

    with deps.reading.begin() as db:
        row = tickets.get(db, number)
        seen = [line.body for line in conversations.transcript(db, row.conversation_id)]
        inside = [line.body for line in conversations.transcript(db, row.conversation_id, visible_only=False)]
    assert "Hello, I am looking at it." in seen and "probably the phone clock" not in seen
    assert "probably the phone clock" in inside


def test_once_a_person_has_replied_the_bot_says_once_who_sees_it_and_people_see_what_the_user_writes(
    deps: Deps,
) -> None:
    number = a_ticket(deps)
    staff.reply(staff.Command(deps, number, ALEX, NINE), "Hello.")

    first, second = says(deps, "how do i book an appointment?"), says(deps, "i mean with dr. kim")

    assert "Alex Morgan can see what you wrote" in first.answers[0].body and second.answers == ()
    with deps.reading.begin() as db:
        assert "user_message" in [event.kind for event in tickets.events_of(db, number)]


def test_an_emergency_is_answered_even_when_a_person_is_on_it(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.reply(staff.Command(deps, number, ALEX, NINE), "Hello.")

    received = says(deps, "i have chest pain and can't breathe")

    assert "911" in received.answers[0].body
    with deps.reading.begin() as db:
        assert tickets.ticket_of(tickets.get(db, number)).priority == "critical"


@pytest.mark.guide("WF5.1", "TR8", "O1")
def test_yes_under_a_resolution_closes_the_ticket_and_keeps_one_changeable_vote(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.resolve(staff.Command(deps, number, ALEX, NINE + hours(1)), DONE)

    presses_yes = receive(deps, Incoming(MARIA, "in_app_chat", pressed="confirm:yes"), NINE + hours(2))
    rating.rate(deps, presses_yes.conversation.id, rating.Rating("ticket", True, 4), NINE + hours(2))

    with deps.reading.begin() as db:
        ticket = tickets.ticket_of(tickets.get(db, number))
        votes = db.execute(text("select helpful, score from ratings")).all()
    assert (ticket.status, ticket.closed_as) == ("closed", "confirmed")
    assert len(votes) == 1 and votes[0][1] == 4


@pytest.mark.guide("O6")
def test_an_answer_to_a_resolution_reopens_the_ticket_and_the_user_is_told(deps: Deps) -> None:
    number = a_ticket(deps)
    staff.resolve(staff.Command(deps, number, ALEX, NINE + hours(1)), DONE)

    received = says(deps, "no, the code is still refused", NINE + hours(5))

    with deps.reading.begin() as db:
        ticket = tickets.ticket_of(tickets.get(db, number))
    assert (ticket.status, ticket.cycle) == ("in_progress", 2)
    assert "open again" in received.answers[-1].body


def test_a_new_ticket_after_closing_names_the_old_one(deps: Deps) -> None:
    first = a_ticket(deps)
    staff.resolve(staff.Command(deps, first, ALEX, NINE + hours(1)), DONE)
    receive(deps, Incoming(MARIA, "in_app_chat", pressed="confirm:yes"), NINE + hours(2))

    second = a_ticket(deps)

    with deps.reading.begin() as db:
        assert tickets.ticket_of(tickets.get(db, second)).request.previous == first


def test_of_two_people_taking_a_ticket_at_once_exactly_one_wins(deps: Deps) -> None:
    number = a_ticket(deps)

    def attempt(person):
        try:
            staff.take(staff.Command(deps, number, person, NINE))
        except NotAllowed as refusal:
            return refusal.facts["owner"]
        return "won"

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(attempt, [ALEX, BO] * 8))

    winner = "Alex Morgan" if results[0] == "won" or results.count("Alex Morgan") else "Bo Lind"
    assert set(results) <= {"won", winner}
    with deps.reading.begin() as db:
        taken = [event for event in tickets.events_of(db, number) if event.kind == "assigned"]
    assert len(taken) == 1


def test_messages_sent_at_once_get_numbers_without_gap_or_double(deps: Deps) -> None:
    says(deps, "hello")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: says(deps, f"hello number {n}", client_id=f"c{n}"), range(16)))

    with deps.reading.begin() as db:
        row = db.scalars(select(ConversationRow)).one()
        numbers = [line.number for line in conversations.transcript(db, row.id, visible_only=False)]
    assert numbers == list(range(1, row.last_number + 1))


@pytest.mark.guide("DD3", "LC7")
def test_the_record_cannot_be_changed_or_deleted(deps: Deps) -> None:
    says(deps, "hello")

    for change in ("UPDATE events SET kind = 'x'", "DELETE FROM events"):
        with pytest.raises(DatabaseError, match="append-only"), deps.sessions.begin() as db:
            db.execute(text(change))
    assert count(deps, EventRow) > 0


def test_bodies_lie_encrypted_in_the_database(deps: Deps) -> None:
    says(deps, "my secret word is xylophone")

    with deps.reading.begin() as db:
        raw = db.execute(
            text("SELECT body, memory FROM messages JOIN conversations ON conversations.id = conversation_id")
        ).all()
    assert all(b"xylophone" not in bytes(value) for row in raw for value in row)


def test_two_first_messages_at_once_open_one_conversation(deps: Deps) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: says(deps, f"hello {n}", client_id=f"c{n}"), range(6)))

    assert count(deps, ConversationRow) == 1
