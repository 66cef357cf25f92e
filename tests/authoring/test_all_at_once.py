"""What is wrong in one file hides nothing of another: whoever edits is told everything at once."""

import os
from pathlib import Path

import pytest

from bot.authoring.gate import faults_of
from bot.mind import open_the_encoder
from handoff.data_files import DataFaults, cache_folder
from handoff.policy.loading import load_policy
from handoff.policy.model import Policy
from tests.authoring.copies import Edit, a_copy, faults_in
from tests.authoring.test_gate import LINES, MFA, PDF, SECRET, SLA, TABLES, refused

GUIDE = "handoff/guide"
OF_EACH_KIND = [
    Edit(SLA, "warnings: [50, 80]", "warnigs: [50, 80]", "did you mean `warnings`"),
    Edit(f"{GUIDE}/hours.yml", "America/New_York", "America/New_Yorck", "no time zone"),
    Edit(
        f"{GUIDE}/tiers.yml",
        "low: 4h, medium: 4h, high: 4h, critical: 4h}",
        "low: 4h}",
        "the row `critical` is missing",
    ),
    Edit(f"{GUIDE}/metrics.yml", "report_to: [support_lead", "report_to: [support_leed", "is not a contact"),
    Edit(f"{GUIDE}/outage.yml", "window: 30m", "window: 30d", "between 5m and 4h"),
    Edit(f"{GUIDE}/metrics.yml", "  received: Total tickets received\n", "", "the row `received` is missing", -1),
    Edit(PDF, "keywords: [", "keyword: [", "did you mean `keywords`"),
    Edit(MFA, "tier: 1", "tier: 7", "must be 1 or 2"),
    Edit("intents/billing_question.yml", "title: ", "title: Zahlung {{ n }} ", "nothing is filled in"),
    Edit(LINES, "  ask_issue: |\n", "  ask_issue: |\n    Please send us your password.\n", SECRET, 1),
    Edit("bot/channels/email/texts.yml", "SmartMed support. To add", "Send us your PIN. To add", SECRET),
    Edit("kb_articles/security/mfa-setup.md", "review_due: ", "review_dew: ", "did you mean `review_due`"),
    Edit("handoff/templates/reopened.j2", "Hi {{ name }}", "Hi {{ name }", "not a valid template"),
]


def test_faults_of_every_kind_are_told_in_one_look(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    lines = {edit: edit.made(tmp_path) for edit in OF_EACH_KIND}

    faults = faults_in(places)

    assert [edit.told for edit, line in lines.items() if not refused(faults, edit, line)] == [], "\n".join(
        map(str, faults)
    )
    assert [str(fault) for fault in faults if fault.file == "the files"] == []


@pytest.mark.parametrize("more", ["no_such_field: 1", "not: [closed"], ids=["a field too many", "unreadable"])
@pytest.mark.parametrize("name", Policy.model_fields)
def test_what_is_wrong_in_one_file_of_the_guide_hides_no_table_of_another(name: str, more: str, tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    broken = places.guide / f"{name}.yml"
    broken.write_text(broken.read_text(encoding="utf-8") + f"\n{more}\n", encoding="utf-8")
    edits = {(edit.file, edit.old): edit for edit in TABLES if not edit.file.endswith(f"/{name}.yml")}
    lines = {edit: edit.made(tmp_path) for edit in edits.values()}

    with pytest.raises(DataFaults) as told:
        load_policy(places.guide)

    faults = told.value.faults
    assert any(fault.file.endswith(f"/{name}.yml") for fault in faults)
    assert [edit.told for edit, line in lines.items() if not refused(faults, edit, line)] == []


def test_what_words_mean_is_told_beside_a_table_that_is_wrong(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    meant = [
        Edit(
            f"{GUIDE}/sla.yml", "further_update: {critical: 1h", "further_update: {critical: 20h", "between 5m and 4h"
        ),
        Edit(
            MFA, "    tried:\n", "    tried:\n      - i swallowed everything that was in the box\n", "safety.emergency"
        ),
        Edit("bot/languages/es.yml", "hello: Hola.", "hello: ¿Cuál es su número de zapato?", "in no other language"),
    ]
    for edit in meant:
        edit.made(tmp_path)
    encoder, why = open_the_encoder(os.environ)
    assert encoder is not None, why

    faults = faults_of(places, encoder, cache_folder(os.environ))

    assert [edit.told for edit in meant if not any(edit.told in fault.message for fault in faults)] == [], faults
