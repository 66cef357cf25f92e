"""The guide's templates, to the letter."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

from handoff import desk, notices, ticket_card
from handoff.lifecycle import CommandContext
from handoff.policy.model import Policy
from handoff.rendering import TEMPLATES
from handoff.safe import Excerpt, Showing
from handoff.ticket import SKIPPED, Gathered, Notice, Resolution, Tried, User
from tests.makers import ALEX, DONE, NINE, a_ticket, hours


def showing(**changes: Any) -> Showing:
    """What may be shown where everything is an approved text of ours."""
    return Showing(**{"excerpt": Excerpt, "is_approved": lambda _: True, **changes})


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
    text = notices.for_user(policy, high, Notice("user", "initial_response"), evening).body
    assert "by Wed, Dec 2, 8:00 PM EST" in text and "fully open again Thu, Dec 3, 8:00 AM EST." in text
    assert "closed" not in text


def with_somebody_on_call(policy: Policy) -> Policy:
    """The guide, with the on-call contact filled in."""
    people = policy.contacts.contacts
    called = people["on_call"].model_copy(update={"email": "on.call@example.com"})
    contacts = policy.contacts.model_copy(update={"contacts": {**people, "on_call": called}})
    return policy.model_copy(update={"contacts": contacts})


@pytest.mark.guide("O25")
@pytest.mark.parametrize("kind", ["ticket_opened", "initial_response", "escalation_notice", "next_update", "reopened"])
def test_a_promise_on_a_closed_day_says_when_support_opens_unless_somebody_is_on_call(
    policy: Policy, kind: str
) -> None:
    saturday = NINE - hours(24 * 2 + 8.45)
    asked = {"medium": a_ticket(policy, saturday), "critical": a_ticket(policy, saturday, starts_at="critical")}
    told = {name: notices.for_user(policy, one, Notice("user", kind), saturday).body for name, one in asked.items()}

    assert all("open again Mon, Nov 23, 8:00 AM EST" in body for body in told.values())
    assert "Sat, Nov 21, 4:33 AM EST" in told["medium"]
    called = with_somebody_on_call(policy)
    bodies = [notices.for_user(called, one, Notice("user", kind), saturday).body for one in asked.values()]
    assert "open again Mon" in bodies[0] and "open again Mon" not in bodies[1]


@pytest.mark.guide("O25")
def test_who_writes_shortly_before_closing_is_told_that_the_time_lies_outside_the_opening_hours(policy: Policy) -> None:
    friday = NINE + hours(24 * 11 + 8.5)  # 17:30 on a Friday
    text = notices.for_user(policy, a_ticket(policy, friday), Notice("user", "ticket_opened"), friday).body

    assert (
        "by Fri, Dec 4, 9:30 PM EST. Requests like this are answered outside our opening hours too. "
        "We are fully open again Mon, Dec 7, 8:00 AM EST." in text
    )
    in_time = notices.for_user(policy, a_ticket(policy), Notice("user", "ticket_opened"), NINE).body
    assert "opening hours" not in in_time and "closed" not in in_time


@pytest.mark.guide("O24")
def test_the_card_in_the_chat_has_every_fact_of_both_letters(policy: Policy) -> None:
    ticket = a_ticket(policy, pages=(("Setting up sign-in codes", "https://help.smartmed.com/security/mfa-setup"),))
    body = notices.for_user(policy, ticket, Notice("user", "ticket_opened"), NINE).body

    for fact in (
        "#1001",
        "my code is refused",
        "Medium. An ordinary request",
        "by Mon, Nov 23, 1:00 PM EST",
        "Waiting for a person",
    ):
        assert fact in body
    assert "A specialist on our team reviews it" in body and "[Setting up sign-in codes](https://" in body
    assert "1-800-SMARTMED" in body and "technical team" not in body and len(body) < 700


def test_a_resolution_of_a_request_for_a_person_names_the_matter_and_not_the_wish(policy: Policy) -> None:
    asked = a_ticket(
        policy, issue="escalate.human", title="Talk to a person", summary="My invoice for October is wrong"
    )
    handled = desk.resolve(CommandContext(policy, ALEX, NINE), asked, DONE)

    text = notices.for_user(policy, handled.ticket, handled.notices[0], NINE).body
    assert "Issue: My invoice for October is wrong" in text and "Talk to a person" not in text


@pytest.mark.parametrize(
    "name", ["[Confirm your account](https://evil.example)", "https://evil.example", "a|b", "<b>x</b>"]
)
def test_a_name_that_could_be_a_link_is_never_said_as_ours(policy: Policy, name: str) -> None:
    text = notices.for_user(
        policy, a_ticket(policy, user=User("u", name)), Notice("user", "initial_response"), NINE
    ).body
    greeting = text.partition("\n")[0]
    assert greeting.startswith("Hi ") and not set(greeting) & set("<>|[]()/:") and "evil" not in text


@pytest.mark.parametrize("name", ["Maria Lopez", "Anna Müller", "O'Neil", "José-Luis", "Dr. Chen", "陈 伟"])
def test_a_real_name_is_greeted(policy: Policy, name: str) -> None:
    text = notices.for_user(
        policy, a_ticket(policy, user=User("u", name)), Notice("user", "initial_response"), NINE
    ).body
    assert text.startswith(f"Hi {name},")


@pytest.mark.guide("TI8", "TI9")
def test_lines_without_a_value_are_dropped_and_leave_no_hole(policy: Policy) -> None:
    text = notices.for_user(policy, a_ticket(policy), Notice("user", "initial_response"), NINE)

    assert "resources" not in text.body
    assert "\n\n\n" not in text.body and "[" not in text.body


@pytest.mark.guide("TI2", "TR2", "TE2")
def test_somebody_without_a_name_is_greeted_all_the_same(policy: Policy) -> None:
    ticket = a_ticket(policy, user=User())

    for kind in ("initial_response", "escalation_notice"):
        assert notices.for_user(policy, ticket, Notice("user", kind), NINE).body.startswith("Hi there,")
    handled = desk.resolve(CommandContext(policy, ALEX, NINE), ticket, DONE)
    assert notices.for_user(policy, handled.ticket, handled.notices[0], NINE).body.startswith("Hi there,")


@pytest.mark.guide("TR1", "TR2", "TR3", "TR4", "TR5", "TR6", "TR7", "TR8", "TR9", "WF4.1")
def test_the_resolution_response_is_the_guides_text(policy: Policy) -> None:
    handled = desk.resolve(
        CommandContext(policy, ALEX, NINE), a_ticket(policy), replace(DONE, instructions="Sign in again.")
    )

    text = notices.for_user(policy, handled.ticket, handled.notices[0], NINE, answers="Yes / No")

    assert text.subject == "Re: [Ticket #1001] - Issue Resolved"
    assert text.body == (
        "Hi Maria Lopez,\n\nGreat news! We've resolved your issue.\n\nIssue: Sign-in code not accepted\n"
        "Resolution: We set up your sign-in again.\n\nSign in again.\n\n"
        "If you have any further questions, please don't hesitate to reach out.\n\n"
        "Was this response helpful? Yes / No\n\nBest regards,\nSmartMed Support Team"
    )


@pytest.mark.guide("TE1", "TE2", "TE3", "TE4", "TE5", "TE6", "CD6", "O7", "LC4")
def test_the_escalation_notice_is_the_guides_text_with_the_true_state_and_a_time_in_the_users_zone(
    policy: Policy,
) -> None:
    ticket = a_ticket(policy, user=User("u", "Jo", zone="Europe/Berlin"))

    text = notices.for_user(policy, ticket, Notice("user", "escalation_notice"), NINE)

    assert text.subject == "Re: [Ticket #1001] - Escalated to Technical Team"
    assert text.body == (
        "Hi Jo,\n\nWe've escalated your issue to our technical team for further investigation.\n\nWhat this means:\n"
        "- A specialist will review your case\n- You may receive additional questions\n- We'll update you within 4 hours\n\n"
        "Current Status: Waiting for a person\nNext Update: Mon, Nov 23, 7:00 PM CET\n\nThank you for your patience.\n\n"
        "Best regards,\nSmartMed Support Team"
    )
    working = desk.staff_reply(CommandContext(policy, ALEX, NINE), ticket, "On it.").ticket
    escalated = desk.escalate(CommandContext(policy, ALEX, NINE), working, "bug_confirmed").ticket
    said = [notices.for_user(policy, one, Notice("user", "escalation_notice"), NINE) for one in (working, escalated)]
    assert "Current Status: In Progress" in said[0].body
    assert "Current Status: Waiting for a person" in said[1].body


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


@pytest.mark.guide("EC1", "EC2", "EC3", "O20", "WF2.1")
def test_the_card_shows_steps_with_outcomes_details_and_skipped_questions(policy: Policy) -> None:
    ticket = a_ticket(
        policy,
        tried=(Tried("account.mfa_not_working", "time_sync", "Check the clock", "did_not_help", NINE),),
        details=(Gathered("device", "Device", "Android phone"), Gathered("last_worked", "Last worked", SKIPPED)),
    )

    body = ticket_card.card(policy, ticket, showing(), base_url="https://x").body

    assert "- Check the clock: did not help" in body
    assert "- Device: Android phone\n- Last worked: (skipped)" in body
    assert "In the user's words: my code is refused" in body and "Full record: https://x/console/tickets/1001" in body


def test_a_card_says_why_a_priority_was_set_without_the_number_of_a_row(policy: Policy) -> None:
    ticket = a_ticket(policy, signals=("emergency",))

    body = ticket_card.card(policy, ticket, showing(), base_url="https://x").body

    assert "Somebody may be in danger now" in body and "O13" not in body and "O13" in ticket.priority_rule


@pytest.mark.guide("PR4", "O20", "DD4", "CX6")
def test_a_security_card_never_carries_the_users_words(policy: Policy) -> None:
    details = (Gathered("what", "What was seen", "the name of another patient"),)
    ticket = a_ticket(policy, team="security", details=details, summary="I see another patient")

    body = ticket_card.card(policy, ticket, showing(), base_url="https://x").body

    assert "another patient" not in body and "What was seen: withheld" in body and "nothing more" not in body
    assert "Checklist: https://x/console/checklists/incident-response" in body


@pytest.mark.guide("CX3")
def test_no_text_to_a_user_names_the_team_the_rule_or_a_note(policy: Policy) -> None:
    handled = desk.resolve(
        CommandContext(policy, ALEX, NINE), a_ticket(policy), Resolution("Done.", root_cause="ROOT", findings="FOUND")
    )
    kinds = ("initial_response", "escalation_notice", "resolution_response", "reopened", "emergency_opened")

    for kind in kinds:
        body = notices.for_user(policy, handled.ticket, Notice("user", kind), NINE + hours(1)).body
        assert not re.search(r"ROOT|FOUND|starts at|Support Team, tier", body)


def test_the_letter_of_an_emergency_begins_with_the_numbers_and_ends_with_the_reference(policy: Policy) -> None:
    ticket = a_ticket(
        policy, issue="safety.emergency", reason="emergency", starts_at="critical", signals=("emergency",)
    )

    body = notices.for_user(policy, ticket, Notice("user", "emergency_opened"), NINE).body

    first, *_, last = [part for part in body.split("\n\n") if part.strip()]
    assert "911" in first and "988" in first and "#" not in first
    assert last.strip().endswith("our reference is #1001.") and "ticket" not in body.lower()


@pytest.mark.parametrize("priority", ["low", "medium", "high"])
def test_whoever_writes_while_support_is_closed_is_told_so_whenever_the_promise_lies(
    policy: Policy, priority: str
) -> None:
    early = NINE - hours(3)  # 6:00 in New York
    text = notices.for_user(policy, a_ticket(policy, early, starts_at=priority), Notice("user", "ticket_opened"), early)

    assert "open" in text.body.partition("Expected answer:")[2].partition("\n")[0] and "8:00 AM EST" in text.body


@pytest.mark.parametrize("kind", ["ticket_opened", "initial_response"])
def test_nobody_is_shown_holes_in_their_own_words(policy: Policy, kind: str) -> None:
    ticket = a_ticket(policy, summary="Ich kann mein Passwort nicht […]", title="Sign-in does not work")

    body = notices.for_user(policy, ticket, Notice("user", kind), NINE).body

    assert "[…]" not in body and "Sign-in does not work" in body
