"""Tests of a file that were taken out or say less than they must are missed."""

from pathlib import Path

import pytest

from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy, apart, faults_in, told_of

MFA, MEDICAL, WRONG = (
    f"intents/{name}.yml"
    for name in ("account_mfa_not_working", "safety_medical_advice", "prescription_wrong_information")
)
SECURITY, LOSS = "intents/escalate_security.yml", "intents/escalate_data_loss.yml"
LOCKED, MAIL = "intents/account_locked.yml", "intents/account_cant_verify_email.yml"
TICKET = "      ticket: {tier: 2, priority: critical, team: security, reason: security_breach_suspected, issue: escalate.security}\n"
SIGN_UP = "    - {text: what is needed to sign up with you"
GUTTED = [
    Edit(
        MEDICAL,
        "    - {text: my chest hurts and I feel faint, expect: safety.emergency}\n",
        "",
        "2 of the near-misses must say `expect: safety.emergency`",
    ),
    Edit(
        MEDICAL,
        "{text: my chest hurts and I feel faint, expect: safety.emergency}",
        "{text: I would like a blue bicycle, expect: chat.out_of_scope}",
        "2 of the near-misses must say `expect: safety.emergency`",
    ),
    Edit(MFA, ", signal: security_breach_suspected}", "}", "must say `signal: security_breach_suspected`"),
    Edit(WRONG, "by mistake, expect: safety.emergency}", "by mistake}", "must say `expect: safety.emergency`"),
    Edit(
        MAIL,
        f", expect: account.forgot_password}}\n{SIGN_UP}, expect: account.registration}}",
        f"}}\n{SIGN_UP}}}",
        "at least 3 must",
    ),
    Edit(SECURITY, TICKET, "", "must say `tier`, `priority`, `team`, `reason` too"),
    Edit(SECURITY, TICKET, "      ticket: {tier: 2}\n", "must say `priority`, `team`, `reason` too"),
    Edit(WRONG, "priority: critical, reason: emergency, ", "reason: emergency, ", "must say `priority` too"),
    Edit(LOSS, "      ends: handoff\n", "      ends: open\n", "no walk here ends `handoff`"),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    return told_of(apart(GUTTED), lambda: tmp_path_factory.mktemp("gutted"))


@pytest.mark.parametrize("edit", GUTTED, ids=lambda edit: f"{Path(edit.file).stem} {edit.told[:36]}")
def test_a_test_that_is_taken_out_or_says_less_is_missed(edit: Edit, told: dict[Edit, list[Fault]]) -> None:
    assert edit.is_among(told[edit]), told[edit]


def test_the_walk_of_an_emergency_needs_no_team_and_a_reason_may_not_be_lost(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    path = places.intents / "escalate_privacy.yml"
    text = path.read_text(encoding="utf-8")
    start, end = (
        text.index("    - name: another patient's data"),
        text.index("    - name: a request to have data deleted"),
    )
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    told = [fault.message for fault in faults_in(places)]
    assert told == ["a walk must end with a ticket that says `reason: phi_exposure`: put it back"]


HONEST = [
    Edit(MEDICAL, "my chest hurts and I feel faint,", "my heart races and I nearly passed out,", ""),
    Edit(
        LOCKED,
        "  near_miss:\n",
        "  near_miss:\n    - {text: the page is slow today, expect: technical.slow_performance}\n",
        "",
    ),
    Edit(MFA, "    - name: the phone is gone, and nothing else is at hand", "    - name: the phone was lost", ""),
]


def test_a_test_in_other_words_and_one_more_pass(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert faults_in(places) == []
