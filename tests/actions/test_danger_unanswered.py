"""Who was asked whether somebody is in danger and does not answer is told to people, once, whatever dies meanwhile."""

from sqlalchemy import select

from bot.actions.deps import Deps
from bot.actions.sweep.sweep import sweep
from bot.dialogue.conversation import Conversation
from bot.storage import conversations, tickets
from bot.storage.tables import ConversationRow, TicketRow
from handoff.ticket import Ticket
from tests.actions.talks import count, says
from tests.makers import NINE, minutes

WORRYING = "my husband reads my messages in the app, i'm scared of him"


def memory(deps: Deps) -> Conversation:
    with deps.reading.begin() as db:
        return conversations.memory_of(db.scalars(select(ConversationRow)).one())


def only_ticket(deps: Deps) -> Ticket:
    with deps.reading.begin() as db:
        return tickets.ticket_of(db.scalars(select(TicketRow)).one())


def test_nobody_is_told_before_the_time_is_over(deps: Deps) -> None:
    says(deps, WORRYING)
    assert memory(deps).state == "checking"
    sweep(deps, NINE + minutes(4))
    assert count(deps, TicketRow) == 0


def test_people_are_told_once_and_the_question_stays(deps: Deps) -> None:
    says(deps, WORRYING)
    for late in (6, 7, 30):
        sweep(deps, NINE + minutes(late))

    assert count(deps, TicketRow) == 1
    ticket = only_ticket(deps)
    assert (ticket.priority, ticket.reason, ticket.team) == ("high", "danger_unanswered", "support")
    known = memory(deps)
    assert known.state == "checking" and known.ticket == ticket.number
    assert {button.value for button in known.buttons} == {"danger:yes", "danger:no"}
    with deps.reading.begin() as db:
        lines = conversations.transcript(db, db.scalars(select(ConversationRow)).one().id)
    assert sum("I haven't heard from you" in line.body for line in lines) == 1
    (card,) = (line.body for line in lines if line.kind == "ticket_opened")
    assert "911" in card and "988" in card


def test_a_yes_afterwards_is_an_emergency_of_the_same_request(deps: Deps) -> None:
    says(deps, WORRYING)
    sweep(deps, NINE + minutes(6))
    says(deps, "yes, he is here", NINE + minutes(8))
    assert count(deps, TicketRow) == 1 and only_ticket(deps).priority == "critical"


def test_a_no_afterwards_leaves_the_request_with_people_and_asks_no_more(deps: Deps) -> None:
    says(deps, WORRYING)
    sweep(deps, NINE + minutes(6))
    says(deps, "no", NINE + minutes(8))
    sweep(deps, NINE + minutes(30))
    known = memory(deps)
    assert known.state == "with_support" and count(deps, TicketRow) == 1


def test_who_answers_in_time_is_told_to_nobody(deps: Deps) -> None:
    says(deps, WORRYING)
    says(deps, "no, I only want to change my password", NINE + minutes(2))
    sweep(deps, NINE + minutes(30))
    assert count(deps, TicketRow) == 0


def test_within_an_open_request_the_request_is_raised(deps: Deps) -> None:
    says(deps, "I was charged 40 dollars twice last Thursday on my card")
    says(deps, "skip")
    before = count(deps, TicketRow)
    says(deps, WORRYING, NINE + minutes(1))
    assert (memory(deps).state, before) == ("checking", 1)
    sweep(deps, NINE + minutes(9))
    assert count(deps, TicketRow) == before and "danger_unanswered" in only_ticket(deps).signals
