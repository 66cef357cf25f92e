"""What a user tells of an open ticket: a grave matter and unanswered words always have a clock, whoever has the ticket."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from handoff import desk, hearing, on_call, sla
from handoff.clock_history import Happened, replay
from handoff.lifecycle import CommandContext
from handoff.policy.model import Policy
from handoff.policy.names import Priority
from handoff.ticket import Event, Matter, Ticket
from tests.makers import ALEX, BO, DONE, NINE, a_request, a_ticket, hours, minutes

LATER = NINE + hours(2)
OWNED: dict[str, Callable[[Policy, Ticket], Ticket]] = {
    "open": lambda policy, ticket: ticket,
    "owned": lambda policy, ticket: desk.take(CommandContext(policy, ALEX, NINE), ticket).ticket,
    "answered": lambda policy, ticket: desk.staff_reply(CommandContext(policy, ALEX, NINE), ticket, "Hello.").ticket,
    "waiting": lambda policy, ticket: desk.ask_user(CommandContext(policy, ALEX, NINE), ticket, "Which phone?").ticket,
    "resolved": lambda policy, ticket: desk.resolve(CommandContext(policy, ALEX, NINE), ticket, DONE).ticket,
}


def told(policy: Policy, ticket: Ticket, *signals: str, at=LATER) -> Ticket:
    """The user writes, and these facts are heard."""
    wrote = hearing.user_wrote(policy, ticket, at).ticket
    return hearing.hear(policy, wrote, signals, at).ticket


def next_answer(policy: Policy, ticket: Ticket) -> timedelta:
    """How long after LATER the next answer is due, by the clock that comes first."""
    due = sla.next_due(policy, ticket)
    assert due is not None and due.kind in sla.ANSWERS
    return due.due_at - LATER


@pytest.mark.guide("SLA1")
@pytest.mark.parametrize("signal", ["emergency", "data_loss", "phi_exposure", "security_breach_suspected"])
@pytest.mark.parametrize("state", OWNED)
@pytest.mark.parametrize("starts_at", ["low", "medium", "high", "critical"])
def test_what_is_critical_is_answered_in_a_quarter_of_an_hour_from_then_on_whatever_was_before(
    policy: Policy, state: str, starts_at: Priority, signal: str
) -> None:
    ticket = told(policy, OWNED[state](policy, a_ticket(policy, starts_at=starts_at)), signal)

    assert ticket.priority == "critical" and on_call.is_paged(ticket)
    assert sla.promise(ticket) == LATER + minutes(15)
    answers = {clock.due_at for clock in sla.running(policy, ticket) if clock.kind in ("first_response", "answer")}
    assert answers == {LATER + minutes(15)}
    resolution = next(clock for clock in sla.running(policy, ticket) if clock.kind == "resolution")
    assert resolution.due_at == LATER + hours(4)


@pytest.mark.parametrize("state", ["answered", "owned"])
def test_what_staff_raise_to_critical_is_promised_anew_where_the_user_was_answered(policy: Policy, state: str) -> None:
    before = OWNED[state](policy, a_ticket(policy))
    handled = desk.set_priority(CommandContext(policy, ALEX, LATER), before, "critical", "seen again")

    assert sla.promise(handled.ticket) == LATER + minutes(15)
    assert "promise_moved" in [notice.kind for notice in handled.notices]


def test_a_lowered_priority_moves_the_answer_that_is_owed(policy: Policy) -> None:
    raised = told(policy, OWNED["answered"](policy, a_ticket(policy)), "data_loss")
    lowered = desk.set_priority(CommandContext(policy, ALEX, LATER), raised, "high", "a copy is there").ticket

    assert sla.promise(lowered) == LATER + hours(1) and next_answer(policy, lowered) == hours(1)


def test_danger_told_again_after_an_answer_calls_people_again_and_before_it_only_once(policy: Policy) -> None:
    raised = told(policy, a_ticket(policy), "emergency")
    again = told(policy, raised, "emergency", at=LATER + minutes(5))
    answered = desk.staff_reply(CommandContext(policy, ALEX, LATER + minutes(6)), again, "I call you.").ticket
    anew = told(policy, answered, "emergency", at=LATER + minutes(30))

    assert sla.promise(again) == LATER + minutes(15)
    assert not on_call.is_paged(answered) and on_call.is_paged(anew)
    assert sla.promise(anew) == LATER + minutes(45)


def test_an_emergency_stays_with_those_who_act_on_it_whatever_else_is_told(policy: Policy) -> None:
    opened = desk.open_ticket(
        policy,
        1,
        a_request(reason="emergency", starts_at="critical", signals=("security_breach_suspected", "emergency")),
        NINE,
    ).ticket
    later = told(policy, told(policy, a_ticket(policy), "emergency"), "phi_exposure", at=LATER + minutes(1))
    both = told(policy, a_ticket(policy), "security_breach_suspected", "emergency")

    for ticket in (opened, later, both):
        assert (ticket.team, ticket.reason) == ("support", "emergency")


def test_what_goes_to_another_team_has_no_owner_who_cannot_see_it(policy: Policy) -> None:
    ticket = told(policy, OWNED["answered"](policy, a_ticket(policy)), "phi_exposure")

    assert (ticket.team, ticket.owner, ticket.reason) == ("security", None, "phi_exposure")


@pytest.mark.parametrize(("priority", "within"), [("critical", minutes(15)), ("high", hours(1))])
def test_a_graver_issue_raises_the_ticket_also_without_a_fact(
    policy: Policy, priority: Priority, within: timedelta
) -> None:
    wrote = hearing.user_wrote(policy, OWNED["answered"](policy, a_ticket(policy)), LATER).ticket
    handled = hearing.hear(policy, wrote, (), LATER, Matter("Account locked", priority))

    assert handled.ticket.priority == priority and "Account locked" in handled.ticket.priority_rule
    assert sla.promise(handled.ticket) == LATER + within
    assert "promise_moved" in [notice.kind for notice in handled.notices]
    assert hearing.hear(policy, handled.ticket, (), LATER, Matter("A wish", "low")).ticket.priority == priority


@pytest.mark.parametrize(("priority", "within"), [("high", hours(1)), ("medium", hours(4)), ("low", hours(24))])
@pytest.mark.parametrize("state", ["answered", "waiting"])
def test_who_writes_again_is_owed_an_answer_from_the_first_words_on(
    policy: Policy, state: str, priority: Priority, within: timedelta
) -> None:
    ticket = told(policy, OWNED[state](policy, a_ticket(policy, starts_at=priority)))
    further = told(policy, ticket, at=LATER + minutes(20))

    assert next_answer(policy, ticket) == next_answer(policy, further) == within
    assert ticket.wrote_at == further.wrote_at == LATER and sla.promise(further) == LATER + within
    answered = desk.staff_reply(CommandContext(policy, BO, LATER + minutes(30)), further, "It is done.").ticket
    assert answered.wrote_at is None and sla.promise(answered) is None
    assert "answer" not in {clock.kind for clock in sla.running(policy, answered)}


def test_a_thank_you_is_owed_no_answer(policy: Policy) -> None:
    ticket = hearing.user_wrote(policy, OWNED["answered"](policy, a_ticket(policy)), LATER, thanks=True).ticket

    assert ticket.wrote_at is None and sla.promise(ticket) is None


@pytest.mark.parametrize("owed", ["escalated", "reopened", "raised", "wrote"])
def test_a_broken_promise_stays_overdue_until_somebody_answers(policy: Policy, owed: str) -> None:
    ticket = OWNED["answered"](policy, a_ticket(policy, starts_at="critical"))
    ticket = {
        "escalated": lambda: desk.escalate(CommandContext(policy, ALEX, LATER), ticket, "security").ticket,
        "reopened": lambda: told(policy, OWNED["resolved"](policy, ticket)),
        "raised": lambda: told(policy, ticket, "emergency"),
        "wrote": lambda: told(policy, ticket),
    }[owed]()
    late = desk.keep_informed(policy, ticket, LATER + minutes(15))
    assert late is not None

    due = sla.next_due(policy, late.ticket)
    assert due is not None and (due.kind, due.due_at) == ("answer", LATER + minutes(15))
    assert sla.promise(late.ticket) == LATER + hours(1) + minutes(15)


@pytest.mark.guide("CH4")
def test_that_it_cannot_wait_is_marked_and_raises_nothing(policy: Policy) -> None:
    handled = hearing.hear(policy, a_ticket(policy), ("urgent",), LATER)

    assert handled.ticket.priority == "medium" and "cannot_wait" in handled.ticket.flags
    assert [notice.kind for notice in handled.notices] == ["tier2_card"]


def test_the_record_alone_tells_since_when_a_graver_ticket_is_promised(policy: Policy) -> None:
    opened = desk.open_ticket(policy, 1001, a_request(), NINE)
    heard = hearing.hear(policy, opened.ticket, ("data_loss",), LATER)
    answered = desk.staff_reply(CommandContext(policy, ALEX, LATER + minutes(10)), heard.ticket, "We look.")
    events: list[Event] = [*opened.events, *heard.events, *answered.events]

    _, promises = replay(policy, [Happened(one.payload, one.at, 1, 1001) for one in events], "in_app_chat")

    kept = {promise.kind: promise for promise in promises}
    assert kept["first_response"].within and kept["first_response"].due_at == LATER + minutes(15)
    assert kept["resolution"].due_at == LATER + hours(4)
