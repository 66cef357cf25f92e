"""What is said after the handoff fits what is at stake, and never says the opposite of what was said before."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest

from handoff import desk, hearing, kinds, notices, sla
from handoff.lifecycle import CommandContext
from handoff.policy.model import Policy
from handoff.ticket import Notice, Ticket, TicketChange
from tests.makers import ALEX, DONE, NINE, a_request, a_ticket, hours, minutes

STAKES = {
    "emergency": {"reason": "emergency", "signals": ("emergency",), "issue": "safety.emergency"},
    "medicine": {"signals": ("medicine_taken",)},
    "unanswered": {"signals": ("danger_unanswered",), "reason": "danger_unanswered"},
    "unanswered_later": {"signals": ("multiple_users_affected", "danger_unanswered")},
    "unread": {"signals": ("unread_language",), "reason": "other_language"},
    "privacy": {"signals": ("phi_exposure",)},
    "security": {"signals": ("security_breach_suspected",)},
    "data_loss": {"signals": ("data_loss",)},
    "wrong_medicine": {"issue": "prescription.wrong_information"},
    "outage": {"signals": ("system_unavailable",), "reason": "system_wide"},
}
HURT = ("emergency", "medicine", "unanswered", "unanswered_later", "unread")
SAID = {
    "emergency": ("911", "988", "local emergency number"),
    "medicine": ("911", "988", "local emergency number"),
    "unanswered": ("911", "988", "local emergency number"),
    "unanswered_later": ("911", "988", "local emergency number"),
    "unread": ("911", "988", "local emergency number"),
    "outage": (),
    "privacy": ("do not open, copy or share",),
    "security": ("change your password", "codes or card numbers"),
    "data_loss": ("do not delete",),
    "wrong_medicine": ("do not take it", "a pharmacist has confirmed"),
}
LETTERS = ("ticket_opened", "initial_response", "escalation_notice", "emergency_opened", "next_update", "reopened")
LETTERS += ("promise_moved",)


def told(policy: Policy, handled: TicketChange, now: datetime) -> list[notices.Text]:
    """What the user is told of it."""
    own = [notice for notice in handled.notices if notice.to == "user" and notice.kind != "staff_reply"]
    return [notices.for_user(policy, handled.ticket, notice, now) for notice in own]


def whole_life(policy: Policy, channel: str, stake: dict) -> Iterator[tuple[Ticket, notices.Text]]:
    """Everything a user is told from the opening over late updates, a change of priority, an escalation and a resolution
    that did not hold, to the end."""
    now = NINE
    handled = desk.open_ticket(policy, 1001, a_request(channel=channel, **stake), now)
    actions = [
        *[lambda t, n: desk.keep_informed(policy, t, n)] * 4,
        lambda t, n: desk.set_priority(
            CommandContext(policy, ALEX, n), t, "medium" if t.priority == "high" else "high", "many wait"
        ),
        lambda t, n: desk.set_priority(CommandContext(policy, ALEX, n), t, "critical", "all wait"),
        lambda t, n: desk.keep_informed(policy, t, n),
        lambda t, n: desk.escalate(CommandContext(policy, ALEX, n), t, "bug_confirmed"),
        lambda t, n: desk.keep_informed(policy, t, n),
        lambda t, n: desk.staff_reply(CommandContext(policy, ALEX, n), t, "I am on it."),
        lambda t, n: desk.resolve(CommandContext(policy, ALEX, n), t, DONE),
        lambda t, n: desk.confirm(policy, t, False, n),
        lambda t, n: desk.keep_informed(policy, t, n),
        lambda t, n: desk.resolve(CommandContext(policy, ALEX, n), t, DONE),
    ]
    yield from ((handled.ticket, text) for text in told(policy, handled, now))
    for action in actions:
        promised = sla.promise(handled.ticket)
        now = max(now + minutes(1), promised or now)
        made = action(handled.ticket, now)
        if made is not None:
            handled = made
            yield from ((handled.ticket, text) for text in told(policy, handled, now))


@pytest.mark.guide("O13", "CX5")
@pytest.mark.parametrize("channel", ["in_app_chat", "slack", "email"])
@pytest.mark.parametrize("stake", STAKES)
def test_no_letter_of_a_grave_ticket_says_that_nothing_needs_to_be_done(
    policy: Policy, stake: str, channel: str
) -> None:
    said = list(whole_life(policy, channel, STAKES[stake]))

    assert len(said) >= 11
    for ticket, text in said:
        assert "don't need to do anything" not in text.body
        if ticket.is_open:
            assert all(words in text.body for words in SAID[stake]), text.body
    if stake in HURT:
        assert all("911" in text.body and "988" in text.body for _, text in said)
        assert not any("Great news" in text.body for _, text in said)


@pytest.mark.parametrize("channel", ["in_app_chat", "email"])
@pytest.mark.parametrize("stake", [*STAKES, "usual"])
def test_no_letter_follows_on_its_like(policy: Policy, stake: str, channel: str) -> None:
    """Not even where only the time in it is another one."""
    said = [text for _, text in whole_life(policy, channel, STAKES.get(stake, {}))]
    words = [[line for line in text.body.splitlines() if "Next Update" not in line] for text in said]

    assert all(one != other for one, other in pairwise(words))


@pytest.mark.parametrize("stake", [*STAKES, "usual"])
def test_the_promise_that_runs_is_the_one_that_was_told_last(policy: Policy, stake: str) -> None:
    """The header shows `sla.promise`: it is the time in the last letter that told one."""
    home = policy.hours.zone
    for ticket, text in whole_life(policy, "in_app_chat", STAKES.get(stake, {})):
        promised = sla.promise(ticket)
        if promised is None:
            assert "Next Update" not in text.body and "Expected" not in text.body
        else:
            assert notices.clock_time(promised, "", home) in text.body


def test_a_time_that_is_promised_anew_lies_ahead(policy: Policy) -> None:
    ticket = a_ticket(policy, starts_at="low")
    later = NINE + hours(3)

    raised = hearing.hear(policy, ticket, ("emergency",), later)

    promised = sla.promise(raised.ticket)
    assert promised is not None and promised > later
    (text,) = told(policy, raised, later)
    assert text.body.index("911") < text.body.index("Critical")


def test_danger_heard_later_changes_every_letter_that_follows(policy: Policy) -> None:
    ticket = hearing.hear(policy, a_ticket(policy), ("emergency",), NINE + minutes(1)).ticket

    late = desk.keep_informed(policy, ticket, NINE + hours(1))
    assert late is not None
    (text,) = told(policy, late, NINE + hours(1))
    assert "911" in text.body and "Please call 911" in text.subject and "Still with our team" not in text.subject


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("stake", STAKES)
def test_every_letter_takes_its_words_from_the_one_table(policy: Policy, stake: str, kind: str) -> None:
    ticket = a_ticket(policy, **STAKES[stake])
    body = notices.for_user(policy, ticket, Notice("user", kind), NINE).body

    assert kinds.care(policy, ticket) in body


def test_a_usual_ticket_keeps_its_words(policy: Policy) -> None:
    late = desk.keep_informed(policy, a_ticket(policy), NINE + hours(5))
    assert late is not None
    (text,) = told(policy, late, NINE + hours(5))

    assert "You don't need to do anything." in text.body and kinds.care(policy, late.ticket) == ""


def test_a_clinic_is_told_to_have_the_patient_told(policy: Policy) -> None:
    request = a_request(**STAKES["wrong_medicine"])
    of_doctor = replace(request, user=replace(request.user, role="doctor"))
    said = [kinds.care(policy, desk.open_ticket(policy, 1, one, NINE).ticket) for one in (request, of_doctor)]

    assert "please do not take it" in said[0] and "nobody takes it" in said[1]
    assert all("911" in one for one in said)


def test_who_reports_somebody_elses_account_is_not_told_to_change_their_own_password(policy: Policy) -> None:
    request = a_request(**STAKES["security"])
    of_staff = replace(request, user=replace(request.user, role="staff"))
    own, reported = [desk.open_ticket(policy, 1, one, NINE).ticket for one in (request, of_staff)]

    assert "change your password now" in kinds.care(policy, own)
    assert "change your password" not in kinds.care(policy, reported) and "tell them" in kinds.care(policy, reported)
    assert "your password" not in kinds.afterwards(policy, reported)
