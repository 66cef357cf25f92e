"""What an edit must never cost: the numbers for an emergency, a yes that means yes, a grave matter that reaches its team."""

import os
from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.risk_checks import example_faults, meant_faults
from bot.authoring.strangers import IssueFiles, Strangers
from bot.mind import open_the_encoder
from bot.understanding.intents.catalog import load_catalog
from handoff.data_files import Fault, cache_folder, read_yaml
from handoff.policy.loading import load_policy
from tests.authoring.copies import Edit, a_copy, faults_in, told_of

IN_TEXTS = [
    Edit("bot/dialogue/lines.yml", 'danger_yes: "Yes, right now"', 'danger_yes: "No"', "its words say no"),
    Edit("bot/dialogue/lines.yml", 'close_no: "No, keep it open"', 'close_no: "Yes, close it"', "its words say yes"),
    Edit("intents/safety_emergency.yml", "call or text **988**", "write it to us", "must tell people to call 988"),
    Edit(
        "intents/safety_medical_advice.yml", "call **911** in the US", "see how it is", "must tell people to call 911"
    ),
    Edit("kb_articles/glossary.yml", "text: 1-800-SMARTMED", "text: 1-800-SMARTDOC", "must be the same"),
]
OF_A_NUMBER = [
    Edit("handoff/guide/words.yml", 'crisis_number: "988"', 'crisis_number: "411"', "411 is not among the telephones"),
]
OF_A_LINE = [
    Edit("kb_articles/glossary.yml", 'crisis_line: {text: "988"', 'crisis_line: {text: "112"', "must be the same"),
]
IN_TABLES = [
    Edit("handoff/guide/hours.yml", "saturday:  []", 'saturday:  ["00:00-24:00"]', "longer than people are there for"),
    Edit("handoff/guide/hours.yml", "on_call_for: [critical]", "on_call_for: [low]", "on call for what is critical"),
    Edit("handoff/guide/contacts.yml", "order: [on_call, support_lead,", "order: [support_lead,", "must be called"),
    Edit(
        "handoff/guide/lifecycle.yml",
        "pauses: [resolution,",
        "pauses: [first_response, resolution,",
        "never stands still",
    ),
    Edit("handoff/guide/tiers.yml", "SLACK_SECURITY_CHANNEL", "SLACK_TIER2_CHANNEL", "channel of its own"),
    Edit(
        "handoff/guide/escalation.yml",
        "team: security, priority: critical",
        "team: support, priority: low",
        "is Critical",
    ),
    Edit("handoff/guide/reach.yml", "unread_for: 3m", "unread_for: 20d", "must lie between"),
]


TOGETHER = (IN_TEXTS, OF_A_NUMBER, OF_A_LINE, IN_TABLES)
"""What is told of one of them could be told of no other of its kind: they stand in one copy, which is looked through once."""


def issues_and_strangers(places: ContentPaths, root: Path) -> tuple[IssueFiles, Strangers]:
    """The intents files of a copy, and who judges them."""
    catalog, (encoder, why) = load_catalog(places.intents, cache_folder(os.environ)), open_the_encoder(os.environ)
    assert encoder is not None, why
    documents = {issue: read_yaml(places.intents / Path(file).name, root) for issue, file in catalog.files.items()}
    return IssueFiles(catalog, documents), Strangers(encoder, cache_folder(os.environ))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    """What is told of the copy in which each edit was made."""
    return told_of(TOGETHER, lambda: tmp_path_factory.mktemp("edited"))


@pytest.mark.parametrize("edit", [edit for edits in TOGETHER for edit in edits], ids=lambda edit: edit.new[:24])
def test_an_edit_that_costs_a_number_or_turns_a_yes_round_is_refused(edit: Edit, told: dict[Edit, list[Fault]]) -> None:
    assert edit.is_among(told[edit]), told[edit]


def test_a_no_that_would_close_what_is_not_solved_is_refused(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    file = places.intents / "technical_page_not_loading.yml"
    text = file.read_text(encoding="utf-8")
    at = text.index('label: "Other people can\'t open it either"')
    start = text.index("go: ", at)
    end = text.index("\n", start)
    file.write_text(f"{text[:start]}go: solved{text[end:]}", encoding="utf-8")
    assert any("would close it as solved" in fault.message for fault in faults_in(places))


def test_an_example_by_which_strangers_mean_something_grave_is_refused_in_a_calm_issue(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    sentence = "a stranger ordered medicine with my profile"
    Edit("intents/navigation_cant_find_feature.yml", "examples:\n", f"examples:\n  - {sentence}\n", "").made(tmp_path)
    files, strangers = issues_and_strangers(places, tmp_path)

    told = [fault.message for fault in example_faults(files, strangers, files.catalog.intents)]

    assert [message for message in told if sentence in message] == told and "escalate.security" in told[0]


MFA = "intents/account_mfa_not_working.yml"
MEANT = [
    Edit(
        "intents/prescription_wrong_information.yml",
        "          - she's looking into it and will ring me back\n",
        "          - I took the wrong pills and I can hardly breathe\n",
        "safety.emergency",
    ),
    Edit(
        MFA,
        "          - sold it, wiped it, gone\n",
        "          - I took the lot of them last night\n",
        "safety.emergency",
    ),
    Edit(
        MFA, "          - sold it, wiped it, gone\n", "          - my head is spinning since then\n", "safety.emergency"
    ),
    Edit(MFA, "    tried:\n", "    tried:\n      - i swallowed everything that was in the box\n", "safety.emergency"),
    Edit(MFA, "keywords: [", "keywords: [she lies there and does not wake, ", "safety.emergency"),
    Edit(
        "intents/account_mfa_not_working.yml",
        "    tried:\n",
        "    tried:\n      - a stranger took over my account and uses it\n",
        "escalate.security",
    ),
    Edit(
        "intents/billing_question.yml",
        "    when:\n",
        "    when:\n      - another patient's results are in my list\n",
        "escalate.privacy",
    ),
]


@pytest.mark.parametrize("edit", MEANT, ids=lambda edit: edit.new[-30:])
def test_words_of_a_grave_matter_mean_no_button_no_step_and_no_calm_fact(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    files, strangers = issues_and_strangers(places, tmp_path)

    told = list(meant_faults(load_policy(places.guide), files, strangers, files.catalog.intents))

    assert [fault for fault in told if edit.told in fault.message] == told != []


def test_calm_words_of_buttons_steps_and_questions_pass(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    said = "          - sold it, wiped it, gone\n"
    Edit(MFA, said, f"{said}          - dropped it in the sea last night\n", "").made(tmp_path)
    Edit(MFA, "    tried:\n", "    tried:\n      - i took all the codes off the old list\n", "").made(tmp_path)
    Edit(MFA, "keywords: [", "keywords: [six figures, ", "").made(tmp_path)
    files, strangers = issues_and_strangers(places, tmp_path)

    assert list(meant_faults(load_policy(places.guide), files, strangers, files.catalog.intents)) == []
