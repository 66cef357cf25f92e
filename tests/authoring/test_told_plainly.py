"""What a fault says leads to the edit that made it, in words that a lead knows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy, faults_in

MFA, ERROR = "intents/account_mfa_not_working.yml", "intents/technical_error_message.yml"
OUTAGE = "intents/escalate_outage.yml"


def told(tmp_path: Path, *edits: Edit) -> list[Fault]:
    """What is told of a copy with these edits."""
    places = a_copy(tmp_path, *edits)
    return faults_in(places)


def test_a_letter_of_another_script_is_named(tmp_path: Path) -> None:
    edits = (
        Edit(MFA, '{label: "Yes", go: solved}', '{label: "Үes", go: solved}', ""),
        Edit("intents/billing_question.yml", "card or account numbers here", "a pаssword here", ""),
    )
    messages = [fault.message for fault in told(tmp_path, *edits)]
    assert len([one for one in messages if "of another script" in one]) == 2


def test_a_role_where_none_belongs_is_told_once(tmp_path: Path) -> None:
    edit = Edit(ERROR, "\nexamples:\n", "\nroles: [doctor]\n\nexamples:\n", "")
    assert len([one for one in told(tmp_path, edit) if one.message.startswith("roles:")]) == 1


def test_an_issue_that_is_gone_is_told_once_where_it_stood(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    (tmp_path / "intents" / "escalate_privacy.yml").unlink()
    messages = [fault.message for fault in faults_in(places)]
    assert any("put its file back" in one for one in messages)
    assert not any("is no issue of the catalogue" in one for one in messages)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (Edit(ERROR, "checked: 2026-11-02}", "checked: yesterday}", ""), lambda one: "a day such as" in one),
        (Edit(OUTAGE, "likely: 0.1}", "likely: 1e999}", ""), lambda one: "too big" in one),
    ],
    ids=["a day", "a number"],
)
def test_a_value_that_cannot_be_is_told_in_words(edit: Edit, says: Callable[[str], bool], tmp_path: Path) -> None:
    assert any(says(fault.message) for fault in told(tmp_path, edit))


def test_no_issue_answers_in_the_place_of_a_grave_one(tmp_path: Path) -> None:
    edit = Edit(MFA, "covers: [account.cant_log_in]", "covers: [account.cant_log_in, escalate.security]", "")
    assert any("`escalate.security` is grave" in fault.message for fault in told(tmp_path, edit))


def test_the_word_that_one_signs_in_with_is_a_secret(tmp_path: Path) -> None:
    edit = Edit(
        "handoff/guide/escalation.yml",
        "what e-mail address or user name do you use for SmartMed?",
        "what e-mail address do you use for SmartMed, and which word do you sign in with?",
        "",
    )
    assert any("asks for a secret" in fault.message for fault in told(tmp_path, edit))


def test_a_signal_made_calm_is_told_where_it_was_made_calm(tmp_path: Path) -> None:
    edit = Edit(
        "handoff/guide/priorities.yml", "visit_soon:                {priority: high,", "visit_soon: {priority: low,", ""
    )
    assert {fault.file for fault in told(tmp_path, edit)} == {"handoff/guide/priorities.yml"}
