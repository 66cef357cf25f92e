"""The guide's tables stand in the data files as the guide has them."""

from pathlib import Path

import pytest

from bot.config import SettingsError, load_settings
from handoff.policy import Policy
from handoff.ticket import GUIDE_VERSION
from handoff.triage import triage
from tests.makers import a_request, a_ticket


@pytest.mark.guide("CH1", "CH2", "CH3", "CH4", "CH5")
def test_each_channel_has_its_address_its_time_and_what_it_is_best_for(policy: Policy) -> None:
    rows = {name: (c.contact, c.response, c.best_for) for name, c in policy.channels.channels.items()}

    assert rows["email"][0] == "support@smartmed.com"
    assert rows["email"][2] == "General inquiries"
    assert rows["help_center"] == ("help.smartmed.com", "self-service", "FAQ, guides")
    assert rows["in_app_chat"][2] == "Quick questions"
    assert rows["phone"] == ("1-800-SMARTMED", "immediate", "Urgent issues")


@pytest.mark.guide("O15")
def test_the_phone_is_named_without_a_promise_of_a_time_and_its_hours_are_data(policy: Policy) -> None:
    assert policy.channels.channels["phone"].counted_in == "none"
    assert policy.hours.phone.always


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


@pytest.mark.guide("CO1", "CO2", "CO3")
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
@pytest.mark.guide("KS14", "KS15", "KS16")
def test_the_knowledge_base_has_the_five_sections_and_fifteen_pages_of_the_guide(policy: Policy) -> None:
    assert len(policy.knowledge_base.sections) == 5
    assert len(policy.knowledge_base.pages()) == 15


@pytest.mark.guide("KM1", "KM2", "KM3")
def test_each_upkeep_task_has_its_rhythm_and_its_owner(policy: Policy) -> None:
    tasks = policy.knowledge_base.tasks

    assert (tasks["review_accuracy"].every, tasks["review_accuracy"].owner) == ("month", "support_lead")
    assert (tasks["add_known_issues"].every, tasks["add_known_issues"].owner) == ("as_needed", "support_team")
    assert (tasks["update_guides"].every, tasks["update_guides"].owner) == ("release", "product_team")


@pytest.mark.guide("O5", "PR12", "PR14")
def test_a_question_about_a_fault_is_medium_and_a_question_alone_is_low(policy: Policy) -> None:
    alone = triage(policy, a_request(issue="escalate.unknown_issue", starts_at="low", signals=("general_question",)))
    of_a_fault = triage(
        policy,
        a_request(issue="escalate.unknown_issue", starts_at="low", signals=("general_question", "feature_fault")),
    )

    assert alone.priority == "low"
    assert of_a_fault.priority == "medium"


@pytest.mark.guide("EA2")
def test_a_request_that_needs_access_to_the_account_says_so(policy: Policy) -> None:
    found = triage(policy, a_request(issue="account.locked", reason="account_access_needed", starts_at="medium"))

    assert found.reason == "account_access_needed"
    assert found.tier == 2
