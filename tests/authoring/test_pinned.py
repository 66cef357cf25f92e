"""What no edit may change is refused: where grave matters go, what is heard there, who reads a page and until when."""

from datetime import date
from pathlib import Path

import pytest

from bot.authoring.reviews import future_faults
from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy, apart, faults_in, told_of

ISSUES, G, A, L = "intents", "handoff/guide", "kb_articles", "bot/dialogue/lines.yml"
WRONG, PDF = f"{ISSUES}/prescription_wrong_information.yml", f"{ISSUES}/prescription_pdf_download.yml"
MFA = f"{ISSUES}/account_mfa_not_working.yml"
PROFILE_PAGES = "kb: [patients/managing-profile, getting-started/profile-setup]"
GRAVE = [
    Edit(
        f"{ISSUES}/escalate_security.yml",
        "team: security",
        "team: support",
        "`team` of escalate.security is `security`",
    ),
    Edit(f"{ISSUES}/escalate_security.yml", "priority: critical", "priority: low", "`priority` of escalate.security"),
    Edit(f"{ISSUES}/escalate_privacy.yml", "team: security", "team: support", "`team` of escalate.privacy"),
    Edit(f"{ISSUES}/escalate_human.yml", "tier: 2", "route: decline", "`route` of escalate.human is `handoff`"),
    Edit(f"{ISSUES}/safety_emergency.yml", "route: emergency", "route: smalltalk", "`route` of safety.emergency"),
    Edit(
        f"{ISSUES}/escalate_security.yml",
        "examples:\n",
        "gives_way: [{to: account.forgot_password, likely: 0.01}]\n\nexamples:\n",
        "gives way to no other",
    ),
    Edit(PDF, "priority: medium", "priority: medium\ntells_no_fault: true", "tells_no_fault"),
    Edit(MFA, "- signal: security_breach_suspected", "- signal: minor_ui_issue", "must be heard in account.mfa"),
    Edit(
        WRONG,
        "go: emergency\n        signal: medicine_taken",
        "go: handoff",
        "a button must tell `medicine_taken`",
    ),
    Edit(PDF, '{label: "No", go: handoff}', '{label: "No", go: emergency}', "says nothing of what is so urgent"),
    Edit(PDF, '{label: "No", go: handoff}', '{label: "No", go: other_browser}', "leads round to `other_browser`"),
    Edit(MFA, "ask: Did the fresh code work?", "ask: Is the fresh code still refused?", "turns the question round"),
    Edit(
        f"{ISSUES}/escalate_human.yml",
        "In a few words, what is it about?",
        "Which medicines do you take?",
        "nobody is asked about their health",
    ),
    Edit(L, 'danger_yes: "Yes, right now"', 'danger_yes: "Later"', "no longer says what the button does"),
    Edit(L, "talk_to_person: Talk to a person", "talk_to_person: Leave the chat", "no longer says"),
    Edit(f"{ISSUES}/account_locked.yml", "flags: [security_review]\n", "", "`flags` of account.locked"),
    Edit(WRONG, "priority: medium", "priority: low", "`priority` of prescription.wrong_information"),
    Edit(f"{ISSUES}/escalate_human.yml", "tier: 2", "tier: 2\nroles: [staff]", "is everybody's"),
    Edit(MFA, "covers: [", "roles: [doctor]\ncovers: [", "patient, staff would lose this issue"),
    Edit(PDF, "tier: 1", "tier: 1\nroles: [patient]", "doctor, staff would lose this issue"),
    Edit(f"{ISSUES}/doctor_manage_schedule.yml", "roles: [doctor, staff]", "roles: [doctor]", "staff would lose"),
    Edit(f"{ISSUES}/billing_question.yml", "signals:\n", "one_signal_holds: true\nsignals:\n", "only a grave issue"),
]
CALM = [
    Edit(MFA, "priority: medium", "priority: critical", "begins below critical"),
    Edit(MFA, "priority: medium", "priority: medium\nteam: compliance", "with the support team"),
    Edit(f"{ISSUES}/billing_question.yml", "reason: not_in_known_issues", "reason: emergency", "of emergencies alone"),
    Edit(MFA, "    tried:\n", "    tried:\n      - i have chest pain and cannot breathe\n", "is heard as an emergency"),
    Edit(MFA, "keywords: [", "keywords: [kill myself, ", "is heard as an emergency"),
    Edit(
        MFA,
        "glossary:\n",
        "glossary:\n  - asks: [i have chest pain and cannot breathe, who can help]\n    say: It is about codes here.\n",
        "is heard as an emergency",
    ),
    Edit(f"{G}/metrics.yml", "report_to: [support_lead, support_manager]", "report_to: []", "somebody must get"),
    Edit(
        f"{G}/escalation.yml",
        "Compliance question, team: compliance",
        "Question, team: support",
        "goes to the compliance",
    ),
]
PAGES = [
    Edit(
        f"{ISSUES}/account_manage_profile.yml",
        PROFILE_PAGES,
        "kb: [doctors/creating-prescriptions]",
        "patients have this",
    ),
    Edit(
        f"{ISSUES}/account_manage_profile.yml",
        PROFILE_PAGES,
        "kb: [security/mfa-setup]",
        "does not name account.manage",
    ),
    Edit(f"{A}/doctors/queue-management.md", "audience: [", "audience: [patient, ", "are for doctor and staff alone"),
    Edit(f"{A}/security/mfa-setup.md", "audience: [patient, ", "audience: [", "are for patients too"),
    Edit(f"{A}/security/mfa-setup.md", "review_due: 2027", "review_due: 2036", "is too far off"),
    Edit(f"{G}/knowledge_base.yml", "review_every: 30d", "review_every: 26w", "must lie between"),
    Edit(f"{G}/knowledge_base.yml", "every: month,", "every: as_needed,", "done every month"),
    Edit(
        f"{G}/knowledge_base.yml", "doctors: [doctor, staff]", "doctors: [patient, doctor]", "doctors and staff alone"
    ),
]
TABLES = [
    Edit(f"{G}/communication.yml", "sure: 0.7", "sure: 0.99", "must be a number"),
    Edit(f"{G}/communication.yml", "'server', 'servers', ", "", "is no longer stopped"),
    Edit(f"{G}/communication.yml", "'nothing to worry about', ", "", "is no longer stopped"),
    Edit(f"{G}/communication.yml", "[smartmed.com]", "[smartmed.com, smartmed.example]", "is not the domain"),
    Edit(f"{G}/communication.yml", '"1-800-222-1222"]', '"1-900-555-0199"]', "is no emergency number"),
    Edit(f"{G}/priorities.yml", "visit_soon:                {priority: high", "visit_soon: {priority: low", "is high"),
    Edit(
        f"{G}/priorities.yml", "phi_exposure:              {", "phi_exposure: {about: [account], ", "take `about` away"
    ),
    Edit(f"{G}/priorities.yml", "may have been taken, reason: emergency", "may have been taken", "the reason of"),
    Edit(f"{G}/kinds.yml", "call {emergency_number} now", "call {phone} now", "must tell people to call"),
    Edit(f"{G}/reach.yml", 'quiet: ""', 'quiet: "00:00-23:59"', "that is no night"),
    Edit(f"{G}/reach.yml", "answers: [staff_reply, ", "answers: [", "who is not looking must hear"),
    Edit(
        f"{G}/reach.yml",
        "by_phone: [By phone]",
        "by_phone: [By fax]",
        "is no choice here",
        where=f"{ISSUES}/escalate_human.yml",
    ),
    Edit(f"{G}/sla.yml", "warnings: [50, 80]", "warnings: [98]", "the team is warned when"),
    Edit(
        f"{ISSUES}/escalate_human.yml",
        "By e-mail, By phone]",
        "By e-mail, By pigeon]",
        "`By phone` of handoff/guide/reach",
    ),
    Edit(f"{ISSUES}/escalate_human.yml", "By phone]", "By phone, By pigeon]", "`By pigeon` is no way to answer"),
]


ALL = [*GRAVE, *CALM, *PAGES, *TABLES]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    return told_of(apart(ALL), lambda: tmp_path_factory.mktemp("pinned"))


@pytest.mark.parametrize("edit", ALL, ids=lambda edit: f"{Path(edit.file).stem} {edit.new[:24]}")
def test_an_edit_of_what_no_edit_may_change_is_refused(edit: Edit, told: dict[Edit, list[Fault]]) -> None:
    assert edit.is_among(told[edit]), told[edit]


HONEST = [
    Edit(f"{ISSUES}/doctor_manage_schedule.yml", "roles: [doctor, staff]", "roles: [staff, doctor]", ""),
    Edit(MFA, "covers: [", "roles: [patient, doctor, staff]\ncovers: [", ""),
    Edit(f"{ISSUES}/appointment_join_video.yml", "priority: medium", "priority: high", ""),
    Edit(f"{ISSUES}/escalate_privacy.yml", "priority: high", "priority: critical", ""),
    Edit(f"{A}/security/mfa-setup.md", "review_due: 2027-02-01", "review_due: 2027-01-15", ""),
    Edit(f"{G}/reach.yml", 'quiet: ""', 'quiet: "21:00-07:00"', ""),
    Edit(MFA, "ask: Did the fresh code work?", "ask: Is the fresh code accepted now?", ""),
    Edit(L, "talk_to_person: Talk to a person", "talk_to_person: Talk to somebody", ""),
    Edit(f"{ISSUES}/escalate_human.yml", "Here in the chat, By", "In this chat, By", ""),
]


def test_honest_edits_beside_them_pass(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert faults_in(places) == []


DAYS = [
    Edit(f"{ISSUES}/account_locked.yml", "checked: 2026-11-02", "checked: 2027-11-02", "checked: 2027-11-02"),
    Edit(f"{A}/security/mfa-setup.md", "reviewed: 2026-11-02", "reviewed: 2027-01-02", "reviewed: 2027-01-02"),
    Edit(
        f"{G}/communication.yml",
        "looked_at: []",
        "looked_at: [{sentence: Ok, owner: support-lead, on: 2027-11-02}]",
        "on: 2027-11-02",
    ),
]


@pytest.mark.parametrize("edit", DAYS, ids=lambda edit: edit.told)
def test_a_day_that_has_not_come_is_refused_in_however_many_files(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    for path in places.intents.glob("appointment_*.yml"):
        path.write_text(path.read_text(encoding="utf-8").replace("checked: 2026", "checked: 2028"), encoding="utf-8")

    told = [str(fault) for fault in future_faults(places, date(2026, 12, 1))]

    assert any(edit.told in fault and "lies in the future" in fault for fault in told)
    assert len(told) > len(list(places.intents.glob("appointment_*.yml")))
