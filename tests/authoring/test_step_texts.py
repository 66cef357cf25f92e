"""Steps have words, questions are answered by their buttons, titles name the matter, and an issue of doctors stays theirs."""

from pathlib import Path

import pytest

from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy, apart, faults_in, told_of

CV, QUEUE = "intents/prescription_cant_view.yml", "intents/doctor_queue_management.yml"
SLA = "handoff/guide/sla.yml"
LAST_STEP = "      3. Open **Prescriptions** and choose the prescription once more.\n"
FAULTS = [
    Edit(CV, LAST_STEP, "      3. \n", "`3.` is an item without words"),
    Edit("intents/account_locked.yml", "title: ", "title: Your account is deleted, ", "speaks to the reader"),
    Edit("intents/technical_slow_performance.yml", "title: ", "title: Nothing wrong, never ", "denies twice"),
    Edit(
        "intents/technical_page_not_loading.yml",
        "ask: Does the page load now?",
        "ask: Ready?",
        "no question that its buttons",
    ),
    Edit(
        "kb_articles/security/mfa-setup.md", "2. Print them, or", "2. …\n3. Print them, or", "`2. …` is an item without"
    ),
    Edit(
        "kb_articles/patients/viewing-prescriptions.md",
        "audience: [patient",
        "audience: [doctor, patient",
        "stands here twice",
    ),
    Edit("intents/doctor_create_prescription.yml", "roles: [doctor, staff]\n", "", "doctor.create_prescription is for"),
    Edit(QUEUE, "roles: [doctor, staff]", "roles: [patient, doctor, staff]", "doctor.queue_management is for"),
    Edit(SLA, "triage: {row: WF2.0, within: 1h}", "triage: {row: WF2.0, within: 23h}", "between 5m and 4h"),
    Edit("handoff/guide/reach.yml", "no_news: [next_update]", "no_news: [staff_reply]", "`staff_reply` is an answer"),
]
HONEST = [
    Edit(CV, LAST_STEP, "      3. Open **Prescriptions** again.\n", ""),
    Edit(CV, "ask: Does it open now?", "ask: After that, does it open?", ""),
    Edit("intents/technical_slow_performance.yml", "title: SmartMed is slow", "title: Pages are slow", ""),
    Edit(SLA, "triage: {row: WF2.0, within: 1h}", "triage: {row: WF2.0, within: 2h}", ""),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    return told_of(apart(FAULTS), lambda: tmp_path_factory.mktemp("copy"))


@pytest.mark.parametrize("edit", FAULTS, ids=lambda edit: edit.told)
def test_what_a_reader_would_stumble_over_is_refused(edit: Edit, told: dict[Edit, list[Fault]]) -> None:
    assert edit.is_among(told[edit])


def test_what_a_careful_lead_writes_passes(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    for edit in HONEST:
        edit.made(tmp_path)
    assert faults_in(places) == []
