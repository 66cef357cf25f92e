"""What keeps people safe stays said, also where two files agree on the contrary; what is grave is not made little of."""

from pathlib import Path

import pytest

from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy, apart, faults_in, told_of

G, A = "handoff/guide", "kb_articles"
WRONG, PAGE = "intents/prescription_wrong_information.yml", f"{A}/patients/viewing-prescriptions.md"
SAFE, KINDS = f"{A}/security/account-security.md", f"{G}/kinds.yml"
LIES = [
    Edit(PAGE, "Only the prescribing doctor can correct it.", "Our support team can correct it.", "support corrects"),
    Edit(WRONG, "Support cannot change a prescription.", "Our team can change it for you.", "support cannot change"),
    Edit(SAFE, "- Give everybody at a clinic their own account.\n", "", "an account for each person"),
    Edit(SAFE, "- Do not open links or attachments.", "- Look at the links first.", "not to open links"),
    Edit(KINDS, "please do not delete anything and do not enter", "you may enter", "not to delete anything"),
    Edit(
        "intents/escalate_data_loss.yml",
        "so I'll pass it",
        "so please enter it all once more while I pass it",
        "overwritten",
    ),
    Edit("intents/billing_question.yml", "Please don't write card or account numbers here.", "", "not to write card"),
]
CALM = [
    Edit("intents/escalate_security.yml", "We take it seriously.", "It is mostly harmless.", "makes little of"),
    Edit(
        KINDS,
        "meanwhile: You can add something here at any time, but",
        "meanwhile: There is no hurry, but",
        "makes little of",
    ),
    Edit(
        KINDS, "solved: Our team has looked after your message.", "solved: Great news! It is over.", "makes little of"
    ),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    return told_of(apart([*LIES, *CALM]), lambda: tmp_path_factory.mktemp("tells"))


@pytest.mark.parametrize("edit", [*LIES, *CALM], ids=lambda edit: edit.new[:30])
def test_a_text_that_no_longer_keeps_people_safe_is_refused(edit: Edit, told: dict[Edit, list[Fault]]) -> None:
    assert edit.is_among(told[edit]), told[edit]


HONEST = [
    Edit(PAGE, "so pass it only to people you trust.", "so please pass it only to people you trust.", ""),
    Edit(
        SAFE,
        "- Give everybody at a clinic their own account.",
        "- Each person at a clinic needs their own account.",
        "",
    ),
    Edit(
        "intents/escalate_security.yml", "and I'm sorry this happened.", "and I'm sorry that this happened to you.", ""
    ),
    Edit(KINDS, "    solved: Our team has looked after", "    solved: Somebody on our team has looked after", ""),
]


def test_the_same_in_other_words_passes(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert faults_in(places) == []
