"""What an edit takes out of tables, letters and rules, or smuggles into a text, is told."""

from pathlib import Path

import pytest

from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy, apart, faults_in, told_of

G, T, LINES = "handoff/guide", "handoff/templates", "bot/dialogue/lines.yml"
RULES, PAGE = "bot/understanding/rules/emergency.yml", "kb_articles/security/password-management.md"
MFA, WRONG, SLOW = (
    f"intents/{name}.yml"
    for name in ("account_mfa_not_working", "prescription_wrong_information", "technical_slow_performance")
)
TAKEN = "go: emergency\n        signal: medicine_taken"
TABLES = [
    Edit(f"{G}/lifecycle.yml", "[closed, in_progress]", "[closed]", "must be able to become in_progress"),
    Edit(f"{G}/lifecycle.yml", "closed:      [in_progress]", "closed:      []", "from `closed` a ticket must be able"),
    Edit(f"{G}/outage.yml", "  - escalate.outage\n", "", "`escalate.outage` must be counted"),
    Edit(f"{G}/kinds.yml", "    signals: [phi_exposure]\n", "", "is of the kind `privacy`"),
    Edit(
        f"{G}/kinds.yml",
        "    reasons: [danger_unanswered]\n",
        "",
        "the reason `danger_unanswered` is grave and of no kind",
    ),
    Edit(
        f"{G}/kinds.yml",
        "    signals: [system_unavailable]\n",
        "",
        "the signal `system_unavailable` is grave and of no kind",
    ),
    Edit(f"{G}/tiers.yml", "hold_on_purge: true", "hold_on_purge: false", "`hold_on_purge` stays true"),
]
SAID = [
    Edit(f"{T}/next_update.j2", "{% if care %}\n{{ care }}\n\n{% endif %}\n", "", "must tell the reader `{{ care }}`"),
    Edit(LINES, " You'll hear from them by {{ due }} at the latest.", "", "must tell the reader `{{ due }}`"),
    Edit(LINES, "call or text **988** if it is", "call or text **998** if it is", "`998` leads away"),
    Edit(LINES, "    Thank you, I've noted that.\n", f"    {'We keep it with your request. ' * 30}\n", "700 at most"),
    Edit(
        PAGE,
        "[Two-step sign-in](../security/mfa-setup)",
        "[Two-step sign-in][x]\n\n[x]: //evil.invalid/x",
        "leads away",
    ),
    Edit(PAGE, "- Use it nowhere else.", "- Use it nowhere else <iframe src='/x'></iframe>.", "no HTML here"),
    Edit(MFA, "straight away.", "straight away on smartmed-login dot com.", "leads away"),
]
HEARD = [
    Edit(RULES, "|overdosed|taking an overdo", "", "is no longer heard as an emergency"),
    Edit(WRONG, TAKEN, TAKEN.replace("emergency", "handoff"), "it must lead to `emergency`"),
    Edit(
        "intents/safety_emergency.yml",
        "  - this is an emergency\n  - call an ambulance\n  - my husband collapsed\n",
        "",
        "are needed",
    ),
    Edit(SLOW, "        signal: multiple_users_affected\n", "", "a button must tell `multiple_users_affected`"),
]


ALL = [*TABLES, *SAID, *HEARD]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    return told_of(apart(ALL), lambda: tmp_path_factory.mktemp("lost"))


@pytest.mark.parametrize("edit", ALL, ids=lambda edit: edit.told[:32])
def test_what_an_edit_takes_out_or_smuggles_in_is_told(edit: Edit, told: dict[Edit, list[Fault]]) -> None:
    assert edit.is_among(told[edit]), told[edit]


HONEST = [
    Edit(
        f"{G}/contacts.yml",
        'role: Support Manager,  name: "", email: ""',
        'role: Support Manager,  name: "Ana Diaz", email: "ana@clinic.example"',
        "",
    ),
    Edit(f"{G}/hours.yml", "also_closed: {}", "also_closed: {2026-12-24: Christmas Eve}", ""),
    Edit(f"{G}/outage.yml", "fewest_users: 4", "fewest_users: 5", ""),
    Edit(f"{T}/next_update.j2", "Best regards,", "Kind regards,", ""),
    Edit(LINES, "so that you don't have to repeat yourself", "so that you need not repeat yourself", ""),
    Edit(
        RULES, "      - somebody call 911\n", "      - somebody call 911\n      - please call 911 for my father\n", ""
    ),
    Edit("intents/safety_emergency.yml", "  - call an ambulance\n", "", ""),
    Edit(f"{G}/hours.yml", 'friday:    ["08:00-18:00"]', 'friday:    ["08:00-16:00"]', ""),
]


def test_honest_edits_of_the_same_files_pass(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert faults_in(places) == []
