"""The guide's templates, to the letter."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from handoff import desk, notices
from handoff.policy import Policy
from handoff.ticket import SKIPPED, Gathered, Notice, Resolution, Tried, User
from tests.makers import ALEX, DONE, NINE, a_ticket, hours

TEMPLATES = Path(notices.__file__).parent / "templates"


@pytest.mark.guide("TI1", "TI2", "TI3", "TI4", "TI5", "TI6", "TI7", "TI8", "TI9", "TI10", "CD4")
def test_the_initial_response_is_the_guides_text(policy: Policy) -> None:
    ticket = a_ticket(policy, pages=(("Setting up sign-in codes", "https://help.smartmed.com/security/mfa-setup"),))

    text = notices.for_user(policy, ticket, Notice("user", "initial_response"), NINE)

    assert text.subject == "Re: [Ticket #1001] - Your SmartMed Support Request"
    assert text.body == (
        "Hi Maria Lopez,\n\n"
        "Thank you for contacting SmartMed Support. We've received your request and a member of our team will assist you "
        "shortly.\n\nYour ticket number is: #1001\n\nIssue Summary: my code is refused\nPriority: Medium\n"
        "Expected Response: by Mon, Nov 23, 1:00 PM EST\n\nWhile you wait, you might find these resources helpful:\n"
        "- [Setting up sign-in codes](https://help.smartmed.com/security/mfa-setup)\n\nBest regards,\nSmartMed Support Team"
    )


@pytest.mark.guide("O2", "CH3")
def test_who_writes_while_support_is_closed_is_told_when_it_opens_where_the_promise_counts_opening_hours(
    policy: Policy,
) -> None:
    evening = NINE + hours(24 * 9 + 10)  # 19:00 in New York
    low = a_ticket(policy, evening, starts_at="low")
    high = a_ticket(policy, evening, starts_at="high")

    text = notices.for_user(policy, low, Notice("user", "initial_response"), evening).body
    assert "Expected Response: by Thu, Dec 3, 12:00 PM EST" in text
    assert "We are closed now and open again Thu, Dec 3, 8:00 AM EST." in text
    assert "closed" not in notices.for_user(policy, high, Notice("user", "initial_response"), evening).body


@pytest.mark.guide("TI8", "TI9")
def test_lines_without_a_value_are_dropped_and_leave_no_hole(policy: Policy) -> None:
    text = notices.for_user(policy, a_ticket(policy), Notice("user", "initial_response"), NINE)

    assert "resources" not in text.body
    assert "\n\n\n" not in text.body and "[" not in text.body


@pytest.mark.guide("TI2", "TR2")
def test_somebody_without_a_name_is_greeted_all_the_same(policy: Policy) -> None:
    ticket = a_ticket(policy, user=User())

    assert notices.for_user(policy, ticket, Notice("user", "initial_response"), NINE).body.startswith("Hi there,")


@pytest.mark.guide("TR1", "TR3", "TR4", "TR6", "TR7", "TR8", "TR9")
def test_the_resolution_response_is_the_guides_text(policy: Policy) -> None:
    handled = desk.resolve(policy, a_ticket(policy), replace(DONE, instructions="Sign in again."), ALEX, NINE)

    text = notices.for_user(policy, handled.ticket, handled.notices[0], NINE, answers="Yes / No")

    assert text.subject == "Re: [Ticket #1001] - Issue Resolved"
    assert text.body == (
        "Hi Maria Lopez,\n\nGreat news! We've resolved your issue.\n\nIssue: Sign-in code not accepted\n"
        "Resolution: We set up your sign-in again.\n\nSign in again.\n\n"
        "If you have any further questions, please don't hesitate to reach out.\n\n"
        "Was this response helpful? Yes / No\n\nBest regards,\nSmartMed Support Team"
    )


@pytest.mark.guide("TE1", "TE2", "TE3", "TE4", "TE5", "TE6", "CD6")
def test_the_escalation_notice_says_the_true_state_and_a_clock_time_in_the_users_zone(policy: Policy) -> None:
    ticket = a_ticket(policy, user=User("u", "Jo", zone="Europe/Berlin"))

    text = notices.for_user(policy, ticket, Notice("user", "escalation_notice"), NINE)

    assert text.subject == "Re: [Ticket #1001] - Escalated to Technical Team"
    assert "- We'll update you within 4 hours\n" in text.body
    assert "Current Status: Triaged\nNext Update: Mon, Nov 23, 7:00 PM CET\n" in text.body
    working = desk.staff_reply(policy, ticket, "On it.", ALEX, NINE).ticket
    escalated = desk.escalate(policy, working, "bug_confirmed", ALEX, NINE).ticket
    assert (
        "Current Status: In Progress"
        in notices.for_user(policy, escalated, Notice("user", "escalation_notice"), NINE).body
    )


@pytest.mark.guide("CH4")
def test_a_critical_ticket_offers_the_phone_at_once(policy: Policy) -> None:
    critical = a_ticket(policy, starts_at="critical")

    assert "1-800-SMARTMED" in notices.for_user(policy, critical, Notice("user", "initial_response"), NINE).body
    assert (
        "1-800-SMARTMED"
        not in notices.for_user(policy, a_ticket(policy), Notice("user", "initial_response"), NINE).body
    )


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.j2")), ids=lambda path: path.stem)
def test_a_missing_value_fails_and_never_shows_a_placeholder(path: Path) -> None:
    with pytest.raises(UndefinedError):
        notices.fill(path.stem, {})


@pytest.mark.guide("EC1", "EC2", "EC3", "EC8", "O20")
def test_the_card_shows_steps_with_outcomes_details_and_skipped_questions(policy: Policy) -> None:
    ticket = a_ticket(
        policy,
        tried=(Tried("account.mfa_not_working", "time_sync", "Check the clock", "did_not_help", NINE),),
        details=(Gathered("device", "Device", "Android phone"), Gathered("last_worked", "Last worked", SKIPPED)),
    )

    body = notices.card(policy, ticket, url="https://x/1001", words="my code is refused").body

    assert "- Check the clock: did not help" in body
    assert "- Device: Android phone\n- Last worked: (skipped)" in body
    assert "In the user's words: my code is refused" in body and "Full record: https://x/1001" in body


@pytest.mark.guide("PR4", "O20", "DD4", "CX6")
def test_a_security_card_never_carries_the_users_words(policy: Policy) -> None:
    details = (Gathered("what", "What was seen", "the name of another patient"),)
    ticket = a_ticket(policy, team="security", details=details, summary="I see another patient")

    body = notices.card(policy, ticket, url="u", words="I see another patient").body

    assert "another patient" not in body and "withheld" in body
    assert "incident-response" in body


@pytest.mark.guide("CX3")
def test_no_text_to_a_user_names_the_team_the_rule_or_a_note(policy: Policy) -> None:
    handled = desk.resolve(
        policy, a_ticket(policy), Resolution("Done.", root_cause="ROOT", findings="FOUND"), ALEX, NINE
    )
    kinds = ("initial_response", "escalation_notice", "resolution_response", "reopened", "emergency_opened")

    for kind in kinds:
        body = notices.for_user(policy, handled.ticket, Notice("user", kind), NINE + hours(1)).body
        assert not re.search(r"ROOT|FOUND|starts at|Support Team, tier", body)


def test_a_length_of_time_is_rounded_up_and_never_promises_less(policy: Policy) -> None:
    assert notices.length(policy, hours(1)) == "1 hour"
    assert notices.length(policy, hours(3.2)) == "4 hours"
    assert notices.length(policy, hours(0.2)) == "12 minutes"
    assert notices.length(policy, hours(24 * 7)) == "7 days"
