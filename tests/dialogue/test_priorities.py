"""What people write becomes a ticket: its priority, its team and its reason follow from the words alone, nothing is handed in."""

from dataclasses import replace

import pytest

from bot.mind import Mind
from handoff import desk, notices
from handoff.policy.model import Policy
from handoff.ticket import Notice, TicketChange
from handoff.ticket_events import Triaged
from handoff.triage import triage
from tests.dialogue.chat import Chat
from tests.makers import NINE

PERSON = "let me talk to a person"
CRITICAL = [
    ("smartmed is completely down for everyone", "System completely unavailable (PR1)"),
    ("somebody hacked my account and changed my e-mail", "Security concern starts at Critical"),
    ("all my records are gone since the update", "Records or files are gone starts at Critical"),
    ("I can see another patient's results in my account", "PHI exposure risk (PR4)"),
]
HIGH = [
    ("video visits do not work at all", "Major feature not working (PR5)"),
    ("none of my prescriptions opens", "Unable to complete a critical workflow (PR6)"),
    ("I can't join my visit", "Unable to complete a critical workflow (PR6)"),
    ("I cannot book", "Unable to complete a critical workflow (PR6)"),
    ("I cannot book any appointment", "Major feature not working (PR5)"),
    (
        "no free times are shown for my doctor, and other patients have the same problem",
        "Multiple users affected (PR7)",
    ),
    ("it is unbearably slow, every click takes minutes", "Performance severely degraded (PR8)"),
]
MEDIUM = [
    ("I have no sound in my video visit", "Can't join a video visit starts at Medium"),
    ("my booking failed at the end", "Booking failed starts at Medium"),
    ("my lab results never arrived", "Single feature not working (PR9)"),
    ("my colleagues sign in as ever, it refuses only my details", "Sign-in does not work starts at Medium"),
]
OUR_OWN_WORDS = (
    "There's a spelling mistake on the sign-in page",
    'typo on the booking page: "appoinment"',
    "a word is misspelled in the menu",
)
LOW = [
    ("i have an idea: a dark theme would be great", "An idea or wish for SmartMed starts at Low"),
    ("can my lab results be sent on to my family doctor", "Something else about SmartMed starts at Low"),
    ("a printed guide on how to download the prescription PDF, do you have one", "Documentation request (PR15)"),
    *((words, "Something else about SmartMed starts at Low") for words in OUR_OWN_WORDS),
    ("the logo looks blurry in the menu", "Talk to a person starts at Low"),
]


def opened(mind: Mind, policy: Policy, words: str) -> TicketChange:
    """The ticket that comes of these words: a person is asked for where it needs that, and every question is skipped."""
    chat = Chat(mind)
    for said in (words, PERSON, *["skip"] * 8):
        chat.says(said)
        if chat.last.request is not None:
            return desk.open_ticket(policy, 1001, chat.last.request, NINE)
    raise AssertionError(f"no ticket comes of `{words}`")


def decided(mind: Mind, policy: Policy, words: str) -> tuple[str, str]:
    """The priority of that ticket, and the rule that it names on the ticket and on the record alike."""
    handled = opened(mind, policy, words)
    on_record = handled.events[1].payload
    assert isinstance(on_record, Triaged)
    assert (on_record.priority, on_record.rule) == (handled.ticket.priority, handled.ticket.priority_rule)
    return handled.ticket.priority, handled.ticket.priority_rule


@pytest.mark.guide("PR1", "PR2", "PR3", "PR4", "WF1.2")
@pytest.mark.parametrize(("words", "rule"), CRITICAL)
def test_what_the_guide_calls_critical_is_critical_by_its_words(
    mind: Mind, policy: Policy, words: str, rule: str
) -> None:
    assert decided(mind, policy, words) == ("critical", rule)


@pytest.mark.guide("PR5", "PR6", "PR7", "PR8", "WF1.2")
@pytest.mark.parametrize(("words", "rule"), HIGH)
def test_what_the_guide_calls_high_is_high_by_its_words(mind: Mind, policy: Policy, words: str, rule: str) -> None:
    assert decided(mind, policy, words) == ("high", rule)


@pytest.mark.guide("PR9", "PR11", "PR12", "O5")
@pytest.mark.parametrize(("words", "rule"), MEDIUM)
def test_a_fault_of_one_feature_for_one_person_is_medium(mind: Mind, policy: Policy, words: str, rule: str) -> None:
    assert decided(mind, policy, words) == ("medium", rule)


@pytest.mark.guide("PR13", "PR14", "PR15", "PR16", "O5")
@pytest.mark.parametrize(("words", "rule"), LOW)
def test_a_wish_a_question_and_a_blemish_are_low(mind: Mind, policy: Policy, words: str, rule: str) -> None:
    assert decided(mind, policy, words) == ("low", rule)


@pytest.mark.guide("PR16")
def test_a_blemish_lowers_what_starts_at_medium(mind: Mind, policy: Policy) -> None:
    request = opened(mind, policy, "the logo looks blurry in the menu").ticket.request

    decided_by = triage(policy, replace(request, starts_at="medium"))

    assert (decided_by.priority, decided_by.rule) == ("low", "Minor UI issue (PR16)")


@pytest.mark.guide("PR16")
@pytest.mark.parametrize("words", OUR_OWN_WORDS)
def test_a_mistake_in_our_own_words_goes_to_people_and_is_no_failed_booking(mind: Mind, words: str) -> None:
    chat = Chat(mind)
    chat.says(words)
    assert chat.last.request is not None and chat.last.request.issue == "escalate.unknown_issue"
    assert "minor_ui_issue" in chat.last.request.signals


@pytest.mark.guide("T2.8")
def test_lost_data_is_marked_for_engineering_and_the_phone_is_offered(mind: Mind, policy: Policy) -> None:
    ticket = opened(mind, policy, "all my records are gone since the update").ticket

    assert (ticket.priority, ticket.reason) == ("critical", "data_loss") and "engineering" in ticket.flags
    assert "1-800-SMARTMED" in notices.for_user(policy, ticket, Notice("user", "ticket_opened"), NINE).body


@pytest.mark.guide("T2.10")
def test_an_outage_is_marked_for_engineering_with_its_reason(mind: Mind, policy: Policy) -> None:
    ticket = opened(mind, policy, "nobody in our clinic can log in").ticket

    assert (ticket.priority, ticket.reason) == ("high", "system_wide") and "engineering" in ticket.flags


@pytest.mark.guide("DD1", "DD2", "T2.6", "WF1.3")
@pytest.mark.parametrize(
    ("words", "priority"),
    [
        ("I would like all of my personal data deleted please", "high"),
        ("I can see another patient's results in my account", "critical"),
    ],
)
def test_privacy_is_taken_seriously_and_goes_to_the_security_team_without_a_step(
    mind: Mind, policy: Policy, words: str, priority: str
) -> None:
    chat = Chat(mind)
    said = chat.says(words)
    ticket = opened(mind, policy, words).ticket

    assert "We take your privacy seriously" in said and chat.known.step is None
    assert (ticket.team, ticket.priority, ticket.request.tried) == ("security", priority, ())


@pytest.mark.guide("DC1")
def test_a_compliance_question_is_referred_to_the_documentation_and_its_team(mind: Mind, policy: Policy) -> None:
    words = "can you tell me if your platform is HIPAA compliant"

    assert "compliance documentation" in Chat(mind).says(words)
    assert opened(mind, policy, words).ticket.team == "compliance"


@pytest.mark.guide("KA2", "EA2", "T2.2")
def test_a_locked_account_is_for_people_at_once_with_a_security_review(mind: Mind, policy: Policy) -> None:
    chat = Chat(mind)
    chat.says("hello my account got locked")
    ticket = opened(mind, policy, "hello my account got locked").ticket

    assert chat.known.step is None and chat.known.offered == ()
    assert ticket.reason == "account_access_needed" and "security_review" in ticket.flags


@pytest.mark.guide("EC3", "EC4")
def test_an_error_is_asked_for_with_a_screenshot_and_with_the_steps_that_led_to_it(mind: Mind, policy: Policy) -> None:
    chat = Chat(mind)
    asked = [chat.says("an error came up when I saved my diary")]
    while chat.last.request is None:
        asked.append(chat.says("it says SM-204" if chat.known.asking == "error_message" else "skip"))

    assert "screenshot" in "\n".join(asked) and "step by step" in "\n".join(asked)
    details = {detail.label: detail.value for detail in chat.last.request.details}
    assert "it says SM-204" in details.values() and details["Steps to reproduce"] == "(skipped)"
