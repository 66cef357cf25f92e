"""What staff and users do to a ticket, and what follows."""

from contextlib import suppress
from dataclasses import replace

import pytest

from handoff import desk, hearing, sla
from handoff.lifecycle import STATES, CommandContext, NotAllowed, move
from handoff.policy.model import Policy
from handoff.policy.names import Status
from handoff.ticket import Resolution
from handoff.ticket_events import PriorityChanged, Resolved
from tests.makers import ALEX, BO, DONE, NINE, a_request, a_ticket, hours, minutes


@pytest.mark.guide("LC1", "LC2", "WF1.1", "EC7", "O7")
def test_a_request_becomes_a_triaged_ticket_with_its_acknowledgement_and_its_card(policy: Policy) -> None:
    handled = desk.open_ticket(policy, 1001, a_request(), NINE)

    assert (handled.ticket.status, handled.ticket.priority, handled.ticket.tier) == ("triaged", "medium", 2)
    assert [(event.payload.kind, event.at) for event in handled.events] == [("new", NINE), ("triaged", NINE)]
    assert [notice.kind for notice in handled.notices] == ["ticket_opened", "tier2_card"]
    by_mail = desk.open_ticket(policy, 1002, a_request(channel="email"), NINE)
    assert [notice.kind for notice in by_mail.notices] == ["initial_response", "escalation_notice", "tier2_card"]


@pytest.mark.guide("EC6")
def test_a_request_without_a_summary_is_no_ticket(policy: Policy) -> None:
    with pytest.raises(desk.NotATicket):
        desk.open_ticket(policy, 1001, a_request(summary="  "), NINE)


@pytest.mark.guide("CH3", "LC3", "LC4")
def test_a_staff_reply_stops_the_first_response_clock(policy: Policy) -> None:
    ticket = a_ticket(policy, starts_at="critical")

    answered = desk.staff_reply(CommandContext(policy, ALEX, NINE + minutes(9)), ticket, "Looking now.").ticket

    kinds = {clock.kind for clock in sla.running(policy, answered)}
    assert "first_response" not in kinds and "resolution" in kinds
    assert (answered.status, answered.owner) == ("in_progress", ALEX)


def test_only_one_of_two_people_can_take_a_ticket_and_the_other_is_told_who(policy: Policy) -> None:
    taken = desk.take(CommandContext(policy, ALEX, NINE), a_ticket(policy)).ticket

    with pytest.raises(NotAllowed) as refusal:
        desk.take(CommandContext(policy, BO, NINE), taken)

    assert (refusal.value.code, refusal.value.facts) == ("already_taken", {"owner": "Alex Morgan"})


@pytest.mark.guide("LC5", "TR5", "WF3.4")
def test_nothing_is_resolved_without_what_was_done_and_what_was_found(policy: Policy) -> None:
    with pytest.raises(NotAllowed, match="resolution_missing"):
        desk.resolve(CommandContext(policy, ALEX, NINE), a_ticket(policy), Resolution(" ", findings="x"))
    with pytest.raises(NotAllowed, match="findings_missing"):
        desk.resolve(CommandContext(policy, ALEX, NINE), a_ticket(policy), Resolution("Done."))


@pytest.mark.guide("WF3.1", "WF3.2", "WF3.3", "WF4.3")
def test_what_was_found_is_kept_with_the_ticket_and_on_the_record(policy: Policy) -> None:
    told = Resolution("Done.", root_cause="An old clock", reproduced="yes", logs="https://logs.test/1")

    handled = desk.resolve(CommandContext(policy, ALEX, NINE), a_ticket(policy), told)

    assert handled.ticket.resolution == told
    assert handled.events[-1].payload == Resolved("in_progress", reproduced="yes", logs=True)


@pytest.mark.guide("LC6", "WF4.2", "WF5.1", "WF5.3")
def test_the_users_yes_closes_the_ticket_and_the_users_no_puts_it_back_to_work(policy: Policy) -> None:
    resolved = desk.resolve(CommandContext(policy, ALEX, NINE), a_ticket(policy), DONE).ticket

    yes = desk.confirm(policy, resolved, True, NINE + hours(1)).ticket
    no = desk.confirm(policy, resolved, False, NINE + hours(1)).ticket

    assert (yes.status, yes.closed_as) == ("closed", "confirmed")
    assert (no.status, no.cycle, no.resolved_at) == ("in_progress", 2, None)


@pytest.mark.guide("LC7")
@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("new", {"triaged"}),
        ("triaged", {"assigned"}),
        ("assigned", {"assigned", "in_progress"}),
        ("in_progress", {"assigned", "resolved"}),
        ("resolved", {"closed", "in_progress"}),
        ("closed", {"in_progress"}),
    ],
)
def test_a_ticket_moves_only_as_the_guide_says(policy: Policy, status: Status, allowed: set[str]) -> None:
    ticket = replace(a_ticket(policy), status=status)
    moved = set()
    for to in STATES:
        with suppress(NotAllowed):
            moved.add(move(CommandContext(policy, ALEX, NINE), ticket, to(status))[0].status)

    assert moved == allowed


@pytest.mark.guide("O6")
def test_an_answer_within_seven_days_reopens_and_a_thank_you_never_does(policy: Policy) -> None:
    resolved = desk.resolve(CommandContext(policy, ALEX, NINE), a_ticket(policy), DONE).ticket

    assert hearing.user_wrote(policy, resolved, NINE + hours(24 * 6)).ticket.status == "in_progress"
    assert hearing.user_wrote(policy, resolved, NINE + hours(24 * 6), thanks=True).ticket.status == "resolved"
    assert hearing.user_wrote(policy, resolved, NINE + hours(24 * 8)).ticket.status == "resolved"


@pytest.mark.guide("O16")
def test_a_resolution_nobody_answers_closes_after_seven_days_as_silent(policy: Policy) -> None:
    resolved = desk.resolve(CommandContext(policy, ALEX, NINE), a_ticket(policy), DONE).ticket

    assert desk.close_if_silent(policy, resolved, NINE + hours(24 * 7 - 1)).ticket.status == "resolved"
    assert desk.close_if_silent(policy, resolved, NINE + hours(24 * 7)).ticket.closed_as == "silent"


@pytest.mark.guide("WF2.1", "WF2.3")
def test_a_changed_priority_is_recorded_and_moves_every_due_time(policy: Policy) -> None:
    raised = desk.set_priority(
        CommandContext(policy, ALEX, NINE + minutes(5)), a_ticket(policy), "critical", "the whole clinic waits"
    )

    due = {clock.kind: clock.due_at for clock in sla.running(policy, raised.ticket)}
    assert due["first_response"] == NINE + minutes(15)
    assert due["resolution"] == NINE + hours(4)
    assert raised.events[-1].payload == PriorityChanged("medium", "critical", "the whole clinic waits")
    assert [event.payload.kind for event in raised.events] == ["reviewed", "priority"]


@pytest.mark.guide("WF2.3")
@pytest.mark.parametrize("blank", ["", "  ", "\n\t"])
def test_a_priority_is_not_changed_without_a_reason(policy: Policy, blank: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        desk.set_priority(CommandContext(policy, ALEX, NINE), a_ticket(policy), "critical", blank)

    assert refused.value.code == "why_missing"


def test_a_reason_for_the_priority_that_a_ticket_has_is_refused_and_not_lost(policy: Policy) -> None:
    with pytest.raises(NotAllowed) as refused:
        desk.set_priority(CommandContext(policy, ALEX, NINE), a_ticket(policy), "medium", "the whole clinic waits")

    assert (refused.value.code, refused.value.facts) == ("same_priority", {"priority": "Medium"})


@pytest.mark.guide("WF3.4")
def test_a_root_cause_beside_blanks_is_a_finding_and_blanks_are_none(policy: Policy) -> None:
    found = desk.resolve(
        CommandContext(policy, ALEX, NINE), a_ticket(policy), Resolution("Done.", " ", "an old phone", findings=" ")
    )

    assert found.ticket.status == "resolved"
    with pytest.raises(NotAllowed):
        desk.resolve(
            CommandContext(policy, ALEX, NINE), a_ticket(policy), Resolution("Done.", root_cause=" ", findings=" ")
        )


@pytest.mark.guide("PR10")
def test_staff_may_lower_a_priority_when_a_workaround_exists(policy: Policy) -> None:
    lowered = desk.set_priority(
        CommandContext(policy, ALEX, NINE), a_ticket(policy, starts_at="high"), "medium", "workaround available"
    )

    assert lowered.ticket.priority == "medium"


@pytest.mark.guide(
    "T2.11", "T3.1", "EB1", "EB2", "EB3", "EB4", "EB5", "T3.2", "T3.3", "T3.4", "T3.5", "T3.6", "WF2.4", "DC2", "O14"
)
@pytest.mark.parametrize(
    ("reason", "team", "tier"),
    [
        ("bug_confirmed", "engineering", 3),
        ("system_wide", "engineering", 3),
        ("security", "security", 3),
        ("code_change", "engineering", 3),
        ("data_recovery", "engineering", 3),
        ("performance", "engineering", 3),
        ("compliance", "compliance", 2),
    ],
)
def test_staff_escalate_for_a_reason_of_the_guide_and_the_user_is_told(
    policy: Policy, reason: str, team: str, tier: int
) -> None:
    handled = desk.escalate(CommandContext(policy, ALEX, NINE), a_ticket(policy), reason)

    assert (handled.ticket.team, handled.ticket.tier, handled.ticket.reason) == (team, tier, reason)
    assert [notice.kind for notice in handled.notices] == ["escalation_notice", "tier2_card"]


@pytest.mark.guide("T2.9", "EB3")
def test_a_security_escalation_is_critical(policy: Policy) -> None:
    assert desk.escalate(CommandContext(policy, ALEX, NINE), a_ticket(policy), "security").ticket.priority == "critical"


@pytest.mark.guide("WF2.2", "O6")
def test_waiting_for_the_user_moves_the_resolution_and_nothing_else(policy: Policy) -> None:
    ticket = a_ticket(policy)
    waiting = desk.ask_user(CommandContext(policy, ALEX, NINE + hours(1)), ticket, "Which phone is it?").ticket
    back = hearing.user_wrote(policy, waiting, NINE + hours(11)).ticket

    assert "resolution" not in {clock.kind for clock in sla.running(policy, waiting)}
    due = {clock.kind: clock.due_at for clock in sla.running(policy, back)}
    assert due["resolution"] == NINE + hours(72 + 10)
    assert {c.kind: c.due_at for c in sla.clocks(policy, back)}["first_response"] == NINE + hours(4)


def test_what_the_user_adds_can_raise_the_priority_and_never_lower_it(policy: Policy) -> None:
    raised = hearing.hear(policy, a_ticket(policy), ("multiple_users_affected",), NINE).ticket
    same = hearing.hear(policy, replace(raised, priority="critical"), ("minor_ui_issue",), NINE).ticket

    assert (raised.priority, same.priority) == ("high", "critical")


@pytest.mark.guide("O2")
def test_the_promise_is_the_earlier_of_the_sla_and_the_channels_time(policy: Policy) -> None:
    low = a_ticket(policy, starts_at="low")
    high = a_ticket(policy, starts_at="high")

    assert sla.promised_response(policy, low) == NINE + hours(4)
    assert sla.promised_response(policy, high) == NINE + hours(1)


@pytest.mark.guide("CH1")
def test_an_e_mail_is_answered_within_24_hours(policy: Policy) -> None:
    mail = a_ticket(policy, starts_at="low", channel="email")

    assert sla.channel_response(policy, mail) == NINE + hours(24)


@pytest.mark.guide("SLA1", "SLA2", "SLA3", "SLA4", "T3.7", "T3.8", "T3.9", "O4", "O9")
@pytest.mark.parametrize(
    ("priority", "first", "resolution"), [("critical", 0.25, 4), ("high", 1, 24), ("medium", 4, 72), ("low", 24, 168)]
)
def test_every_row_of_the_sla_table_runs_around_the_clock(
    policy: Policy, priority: str, first: float, resolution: float
) -> None:
    saturday_night = NINE + hours(24 * 5 + 14)
    ticket = a_ticket(policy, saturday_night, starts_at=priority)

    due = {clock.kind: clock.due_at for clock in sla.running(policy, ticket)}
    assert (due["first_response"], due["resolution"]) == (
        saturday_night + hours(first),
        saturday_night + hours(resolution),
    )
    tier_3 = desk.escalate(CommandContext(policy, ALEX, saturday_night), ticket, "bug_confirmed").ticket
    goal = {clock.kind: clock.due_at for clock in sla.running(policy, tier_3)}["tier_target"]
    assert (
        goal
        == saturday_night + {"critical": hours(4), "high": hours(24), "medium": hours(72), "low": hours(168)}[priority]
    )


def test_a_closing_that_its_user_takes_back_has_the_ticket_with_people_again(policy: Policy) -> None:
    ticket = desk.open_ticket(policy, 7, a_request(), NINE).ticket
    closed = desk.withdraw(policy, ticket, NINE + minutes(5)).ticket

    again = desk.take_back_closing(policy, closed, NINE + minutes(6)).ticket

    assert (again.number, again.status, again.closed_as) == (7, ticket.status, "")
    assert again.is_open and again.next_update_at is not None


def test_what_people_closed_stays_closed(policy: Policy) -> None:
    ticket = desk.open_ticket(policy, 7, a_request(), NINE).ticket
    closed = replace(ticket, status="closed", closed_as="confirmed", resolved_at=NINE)

    assert desk.take_back_closing(policy, closed, NINE + minutes(6)).ticket is closed
    with pytest.raises(NotAllowed):
        desk.confirm(policy, closed, False, NINE + minutes(6))
