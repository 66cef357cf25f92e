"""Steps have words, questions are answered by their buttons, titles name the matter, and an issue of doctors stays theirs."""

from pathlib import Path

import pytest

from bot.authoring.step_texts import issue_faults, item_faults
from bot.authoring.wording import Text
from bot.understanding.intents.catalog import load_catalog
from handoff.data_files import Fault, read_yaml
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


TITLES = {
    "Can't sign in without the old phone": [],
    "Visits outside the US": [],
    "Nothing wrong, never": ["denies twice"],
    "What is not without a fault": ["denies twice"],
    "Visits that wait for us": ["speaks to the reader"],
}
ASKED = ["And does it open now?", "So does it work now?", "Would you say that it works now?"]
NOT_ASKED = ["And now?", "Then press Yes."]
ITEMS = {"1. Open it.\n\n---\n\nCall\n988.": 0, "* * *": 0, "1. Open it.\n2.": 1, "- \n- two": 1, "-": 1}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    return told_of(apart(FAULTS), lambda: tmp_path_factory.mktemp("copy"))


@pytest.mark.parametrize("edit", FAULTS, ids=lambda edit: edit.told)
def test_what_a_reader_would_stumble_over_is_refused(edit: Edit, told: dict[Edit, list[Fault]]) -> None:
    assert edit.is_among(told[edit])


def test_what_a_careful_lead_writes_passes(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert faults_in(places) == []


def told_of_issue(old: str, new: str, root: Path) -> list[str]:
    """What is said of the issue of slow pages when one of its texts is another."""
    places = a_copy(root)
    Edit("intents/technical_slow_performance.yml", old, new, "").made(root)
    catalog = load_catalog(places.intents)
    documents = {issue: read_yaml(places.intents / Path(file).name, root) for issue, file in catalog.files.items()}
    return [fault.message for fault in issue_faults(catalog, documents)]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_may_deny_once_and_name_a_country(title: str, tmp_path: Path) -> None:
    told = told_of_issue("title: SmartMed is slow", f'title: "{title}"', tmp_path)
    assert [words in fault for words, fault in zip(TITLES[title], told, strict=True)] == [True] * len(TITLES[title])


@pytest.mark.parametrize("ask", [*ASKED, *NOT_ASKED])
def test_a_question_may_begin_with_a_word_before_it(ask: str, tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    Edit("intents/prescription_cant_view.yml", "ask: Does it open now?", f"ask: {ask}", "").made(tmp_path)
    catalog = load_catalog(places.intents)
    documents = {issue: read_yaml(places.intents / Path(file).name, tmp_path) for issue, file in catalog.files.items()}
    assert bool(list(issue_faults(catalog, documents))) == (ask in NOT_ASKED)


@pytest.mark.parametrize("text", ITEMS)
def test_a_rule_and_a_number_at_the_end_of_a_sentence_are_no_items(text: str) -> None:
    assert len(list(item_faults([Text("kb_articles/a.md", 1, text, steps=True)]))) == ITEMS[text]
