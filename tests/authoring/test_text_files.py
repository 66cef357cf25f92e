"""Every file of texts says who answers for it, in one form, and is read in one way."""

from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.reviews import owner_faults
from bot.authoring.texts import every_text, text_files
from tests.authoring.copies import Edit, a_copy
from tests.documents import HOME

TABLES_FOR_STAFF = {f"handoff/guide/{name}.yml" for name in (
    "contacts", "hours", "knowledge_base", "metrics", "outage", "priorities", "sla", "tiers",
)}  # fmt: skip
"""Tables of the guide in which only staff are shown a word or two."""
NAMES = "kb_articles/glossary.yml"
"""Each name says for itself where it is on the screen."""
EDITS = [
    Edit("bot/web/words.yml", "review: {owner: support-lead, checked: 2026-11-30}\n", "", "`review` is missing"),
    Edit("bot/channels/email/texts.yml", "owner: support-lead", "owner: Support lead", "written as in no other file"),
    Edit("bot/actions/ops_alerts.yml", "owner: support-lead", 'owner: ""', "nobody is named"),
    Edit(
        "handoff/templates/reopened.j2", "{# review: {owner: support-lead", "{# owner: {owner: support-lead", "missing"
    ),
    Edit("bot/web/static/widget/words.json", '"owner": "support-lead"', '"owner": "-"', "nobody is named"),
]


def test_nothing_that_people_read_stands_in_a_file_without_a_review() -> None:
    places = ContentPaths()
    texts, faults = every_text(places)
    known = {path.resolve().relative_to(HOME).as_posix() for path, _ in text_files(places)}
    written = {text.file for text in texts if text.file.endswith((".yml", ".json"))}

    assert faults == [] and list(owner_faults(places)) == []
    assert written - known - TABLES_FOR_STAFF - {NAMES} == set()
    assert all(text.reader == "staff" for text in texts if text.file in TABLES_FOR_STAFF)


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.file)
def test_a_file_of_texts_without_its_review_is_refused(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)

    assert any(edit.told in fault.message and edit.file.endswith(fault.file) for fault in owner_faults(places))


@pytest.mark.parametrize("named", ['"incident-response"', "'incident-response'", "incident-response  # ours"])
def test_a_document_that_staff_are_shown_is_found_however_it_is_written(named: str, tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    Edit("handoff/guide/tiers.yml", "checklist: incident-response}", f"checklist: {named}\n  }}", "").made(tmp_path)

    assert [path.name for path in places.checklists()] == ["incident-response.md"]
