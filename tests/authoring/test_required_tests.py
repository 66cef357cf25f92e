"""Tests of a file that were taken out or say less than they must are missed."""

import os
from pathlib import Path

import pytest

from bot.authoring.gate import written_faults
from handoff.data_files import cache_folder
from tests.authoring.copies import Edit, a_copy

MFA, MEDICAL, WRONG = (
    f"intents/{name}.yml"
    for name in ("account_mfa_not_working", "safety_medical_advice", "prescription_wrong_information")
)
SECURITY, LOSS = "intents/escalate_security.yml", "intents/escalate_data_loss.yml"
LOCKED, MAIL = "intents/account_locked.yml", "intents/account_cant_verify_email.yml"
TICKET = "      ticket: {tier: 2, priority: critical, team: security, reason: security_breach_suspected, issue: escalate.security}\n"
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
    Edit(MAIL, ", expect: account.forgot_password}", "}", "at least 3 must"),
    Edit(SECURITY, TICKET, "", "must say `tier`, `priority`, `team`, `reason` too"),
    Edit(SECURITY, TICKET, "      ticket: {tier: 2}\n", "must say `priority`, `team`, `reason` too"),
    Edit(WRONG, "priority: critical, reason: emergency, ", "reason: emergency, ", "must say `priority` too"),
    Edit(LOSS, "      ends: handoff\n", "      ends: open\n", "no walk here ends `handoff`"),
]


@pytest.mark.parametrize("edit", GUTTED, ids=lambda edit: f"{Path(edit.file).stem} {edit.told[:36]}")
def test_a_test_that_is_taken_out_or_says_less_is_missed(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    if edit.file == MAIL:
        _drop_one_more(places.intents / "account_cant_verify_email.yml")
    edit.made(tmp_path)
    told = written_faults(places, cache_folder(os.environ))
    assert any(edit.told in fault.message and Path(edit.file).name in fault.file for fault in told), told


def _drop_one_more(path: Path) -> None:
    """Take one `expect` out of the near-misses of a file."""
    head, _, tail = path.read_text(encoding="utf-8").partition("  near_miss:\n")
    rows = tail.splitlines(keepends=True)
    at = next(n for n, row in enumerate(rows) if "expect:" in row and "account.forgot_password" not in row)
    rows[at] = rows[at][: rows[at].index(", expect:")] + "}\n"
    path.write_text(f"{head}  near_miss:\n{''.join(rows)}", encoding="utf-8")


def test_the_walk_of_an_emergency_needs_no_team_and_a_reason_may_not_be_lost(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    path = places.intents / "escalate_privacy.yml"
    text = path.read_text(encoding="utf-8")
    start, end = (
        text.index("    - name: another patient's data"),
        text.index("    - name: a request to have data deleted"),
    )
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    told = [fault.message for fault in written_faults(places, cache_folder(os.environ))]
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


@pytest.mark.parametrize("edit", HONEST, ids=lambda edit: edit.new[:30])
def test_a_test_in_other_words_and_one_more_pass(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    edit.made(tmp_path)
    assert written_faults(places, cache_folder(os.environ)) == []
