"""The guide's tables stand in the data files as the guide has them."""

from pathlib import Path

import pytest

from bot.config import SettingsError, load_settings
from bot.understanding.articles import load_library
from handoff import notices
from handoff.data_files import DataFaults
from handoff.policy.model import Policy
from handoff.ticket import GUIDE_VERSION, Notice
from handoff.triage import triage
from tests.makers import NINE, a_request, a_ticket

TREE = """\
getting-started/registration
getting-started/first-login
getting-started/profile-setup
patients/booking-appointments
patients/viewing-prescriptions
patients/managing-profile
doctors/managing-schedule
doctors/queue-management
doctors/creating-prescriptions
security/mfa-setup
security/password-management
security/account-security
troubleshooting/common-errors
troubleshooting/browser-issues
troubleshooting/mobile-issues""".splitlines()
"""The guide's knowledge base, written down again, on purpose."""


def test_each_channel_has_its_address_and_its_time(policy: Policy) -> None:
    rows = {name: (channel.contact, channel.response) for name, channel in policy.channels.channels.items()}

    assert rows["email"][0] == "support@smartmed.com"
    assert rows["help_center"] == ("help.smartmed.com", "self-service")
    assert rows["phone"] == ("1-800-SMARTMED", "immediate")


@pytest.mark.guide("O15")
def test_the_phone_is_named_only_where_it_is_always_answered(policy: Policy) -> None:
    at_times = policy.hours.model_copy(update={"phone": policy.hours.phone.model_copy(update={"always": False})})
    not_always = policy.model_copy(update={"hours": at_times})

    def said(guide: Policy) -> str:
        ticket = a_ticket(guide, starts_at="critical")
        return notices.for_user(guide, ticket, Notice("user", "initial_response"), NINE).body

    assert policy.channels.channels["phone"].counted_in == "none"
    assert "1-800-SMARTMED" in said(policy) and "1-800-SMARTMED" not in said(not_always)


@pytest.mark.guide("O18", "O11", "CO1", "CO2", "CO3")
def test_production_does_not_start_while_a_contact_or_the_hours_are_not_confirmed(
    policy: Policy, tmp_path: Path
) -> None:
    environ = {
        "BOT_MODE": "production",
        "SECRET_KEY": "a-secret-of-the-tests-of-forty-characters",
        "CHAT_JWT_SECRET": "another-secret-of-the-tests-long-enough",
        "BASE_URL": "https://support.example.com",
        "DATABASE_URL": "sqlite://",
    }

    with pytest.raises(SettingsError) as fault:
        load_settings(environ, tmp_path, policy)

    told = str(fault.value)
    for contact in ("support_manager", "support_lead", "on_call", "security", "compliance"):
        assert f"`{contact}`" in told
    assert "hours.yml" in told


def test_the_contacts_of_the_guide_have_their_roles(policy: Policy) -> None:
    roles = {key: contact.role for key, contact in policy.contacts.contacts.items()}

    assert roles["support_manager"] == "Support Manager"
    assert roles["support_lead"] == "Support Lead"
    assert roles["on_call"] == "On-Call Support"


@pytest.mark.guide("DH1")
def test_a_ticket_keeps_the_version_of_the_guide_that_it_was_opened_under(policy: Policy) -> None:
    assert GUIDE_VERSION.startswith("1.0")
    assert a_ticket(policy).guide_version == GUIDE_VERSION


@pytest.mark.guide("KS1", "KS2", "KS3", "KS4", "KS5", "KS6", "KS7", "KS8", "KS9", "KS10", "KS11", "KS12", "KS13")
@pytest.mark.guide("KS14", "KS15")
@pytest.mark.parametrize("page", TREE)
def test_every_page_of_the_guide_is_there(policy: Policy, page: str) -> None:
    assert page in policy.knowledge_base.pages()


@pytest.mark.parametrize("page", TREE)
def test_every_page_has_an_owner_and_a_day_of_review(policy: Policy, page: str) -> None:
    about = load_library(policy.knowledge_base).articles[page].about
    assert about.owner in ("support-lead", "product-team") and about.reviewed < about.review_due


@pytest.mark.guide("KS16")
def test_the_tree_has_five_sections_and_fifteen_pages_in_the_guides_order(policy: Policy) -> None:
    assert list(policy.knowledge_base.pages()) == TREE
    assert len(policy.knowledge_base.sections) == 5 and len(TREE) == 15


@pytest.mark.guide("KS16")
def test_a_page_without_an_article_and_an_article_without_a_page_are_refused(policy: Policy) -> None:
    known = policy.knowledge_base
    fewer = {name: pages[:-1] for name, pages in known.sections.items()}
    more = {**known.sections, "security": (*known.sections["security"], "no-such-page")}

    for sections, named in ((fewer, "mobile-issues"), (more, "no-such-page")):
        with pytest.raises(DataFaults, match=named):
            load_library(known.model_copy(update={"sections": sections}))


@pytest.mark.guide("KM1", "KM2", "KM3")
def test_each_upkeep_task_has_its_rhythm_and_its_owner(policy: Policy) -> None:
    tasks = policy.knowledge_base.tasks

    assert (tasks["review_accuracy"].every, tasks["review_accuracy"].owner) == ("month", "support_lead")
    assert (tasks["add_known_issues"].every, tasks["add_known_issues"].owner) == ("as_needed", "support_team")
    assert (tasks["update_guides"].every, tasks["update_guides"].owner) == ("release", "product_team")


def test_a_question_about_a_fault_is_medium_and_a_question_alone_is_low(policy: Policy) -> None:
    alone = triage(policy, a_request(issue="escalate.unknown_issue", starts_at="low", signals=("general_question",)))
    of_a_fault = triage(
        policy,
        a_request(issue="escalate.unknown_issue", starts_at="low", signals=("general_question", "feature_fault")),
    )

    assert alone.priority == "low"
    assert of_a_fault.priority == "medium"


def test_a_request_that_needs_access_to_the_account_says_so(policy: Policy) -> None:
    found = triage(policy, a_request(issue="account.locked", reason="account_access_needed", starts_at="medium"))

    assert found.reason == "account_access_needed"
    assert found.tier == 2
