"""Letters keep what tells somebody in danger what to do, and no text states a result that nobody has checked."""

from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.letter_blocks import block_faults
from bot.authoring.must_tell import told_faults
from bot.authoring.results import kind_faults, result_faults
from bot.authoring.texts import every_text
from bot.authoring.wording import Text
from tests.authoring.copies import Edit, a_copy

CARE = "{% if care %}\n{{ care }}\n\n{% endif %}\n"
T, KINDS = "handoff/templates/", "handoff/guide/kinds.yml"
GONE, SOMETIMES = "must stand in this letter", "shown only sometimes"
BLOCKS = [
    Edit(f"{T}reopened.j2", "{{ care }}", "{{ care if url }}", GONE),
    Edit(f"{T}promise_moved.j2", "{{ care }}", "{{ care|length }}", GONE),
    Edit(f"{T}ticket_opened.j2", "{{ care }}", "{{ care and '' }}", GONE),
    Edit(f"{T}next_update.j2", "{% if care %}", "{% set care = '' %}{% if care %}", "another value"),
    Edit(f"{T}answer_waiting.j2", CARE, "{% macro told() %}{{ care }}{% endmacro %}", GONE),
    Edit(f"{T}initial_response.j2", CARE, "{% filter truncate(1) %}{{ care }}{% endfilter %}", SOMETIMES),
    Edit(f"{T}answer_waiting.j2", CARE, "", GONE),
    Edit(f"{T}promise_moved.j2", CARE, "", GONE),
    Edit(f"{T}tier2_card.j2", "{% if remind %}\n{{ remind }}\n\n{% endif %}\n", "", GONE),
    Edit(f"{T}page.j2", "{% if remind %}\n{{ remind }}\n\n{% endif %}\n", "", GONE),
    Edit(f"{T}clock_told.j2", "{% if remind %}", "{% if remind and over %}", SOMETIMES),
    Edit(f"{T}resolution_response.j2", "{% if afterwards %}", "{% if afterwards and false %}", SOMETIMES),
    Edit(f"{T}initial_response.j2", "{% if care %}", "{% if care and pages %}", SOMETIMES),
    Edit(f"{T}reopened.j2", "{% if care %}", "{% if not care %}", SOMETIMES),
    Edit(f"{T}next_update.j2", "{% if care %}", "{% if meanwhile %}", SOMETIMES),
    Edit(f"{T}ticket_opened.j2", CARE, "{% for page in pages %}\n{{ care }}\n{% endfor %}\n", SOMETIMES),
    Edit(f"{T}escalation_notice.j2", CARE, "{% if away %}a{% else %}{{ care }}{% endif %}\n", SOMETIMES),
    Edit(f"{T}emergency_opened.j2", "{{ care }}", "{% if false %}{{ care }}{% endif %}", SOMETIMES),
]
UPDATES = [
    Edit(
        KINDS,
        "There is still no answer on your report, and I'm sorry.",
        "Your account has been opened again.",
        "updates:",
    ),
    Edit(KINDS, "I'm sorry, you are still waiting for word on what is missing.", "It was found.", "updates:"),
    Edit(KINDS, "solved: Our team has looked after your message.", "solved: You have come through it.", "solved:"),
    Edit(
        KINDS,
        "solved: Our team has looked after your request about the prescription.",
        "solved: The dose was right.",
        "solved:",
    ),
]
STATED = [
    "When we looked your data was complete.",
    "Once again your account is safe.",
    "Your records are not affected.",
    "Your account is not only safe, it is yours.",
    "If you did not ask for it, your account is safe.",
    "If you see it, you can ignore this warning.",
    "We make sure that your account is secure.",
    "Your account is safe again.",
    "Your records have been restored.",
    "Nobody was in it.",
    "What you saw was read by no one.",
    "There was no break-in.",
    "Nothing was lost.",
    "What was missing is back where it was.",
    "Everything is fine now.",
    "Nothing needs to be done.",
    "Somebody else is on it already.",
    "You can ignore this message.",
    "You are next in line.",
    "It's your turn next.",
    "Only one request stands before yours.",
    "We have looked into your account and found nothing.",
    "We are glad that you are well again.",
    "The dose was right all along.",
    "It is deleted everywhere.",
]
LEFT_OPEN = [
    "Only your doctor can say whether the dose is right.",
    "Your account is not safe yet.",
    "Nobody has read your message yet.",
    "If nothing was lost, press Save again.",
    "Make sure that your account is secure: change it.",
    "If you didn't ask for a code, you can ignore this message.",
    "If all is well, just write that here.",
    "When it is your turn, a person answers.",
    "If everything is fine, press Yes.",
    "Your account is locked to protect it.",
    "Nothing is deleted when you install the app again.",
    "Our team has your report, and there is no answer yet.",
    "Nobody from SmartMed asks for your password.",
    "You can ignore the window that opens and go on.",
    "Is everything all right now?",
    "There is nothing in the list until the doctor has signed it.",
    "We looked for your request and can't see it from here.",
]


def named(edit: Edit) -> str:
    return f"{Path(edit.file).stem} {edit.new[:30]}"


@pytest.mark.parametrize("edit", BLOCKS, ids=named)
def test_a_block_that_keeps_people_safe_stands_for_everybody(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    assert edit.is_among(list(block_faults(places)))


def test_a_block_without_its_blanks_stands_there_all_the_same(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    Edit(f"{T}reopened.j2", "{{ care }}", "{{ care|trim }}", "").made(tmp_path)
    assert list(block_faults(places)) == []


@pytest.mark.parametrize("edit", UPDATES, ids=named)
def test_updates_and_ends_of_a_kind_tell_no_result(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    assert edit.is_among(list(kind_faults(places)))


def test_who_lost_data_keeps_their_copies(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    edit = Edit(KINDS, "Keep any copy or paper that you have.", "Copies can go.", "keep any copy")
    edit.made(tmp_path)
    assert edit.is_among(list(told_faults(places)))


@pytest.mark.parametrize("said", STATED)
def test_a_result_that_nobody_checked_is_refused(said: str) -> None:
    assert list(result_faults([Text("handoff/templates/next_update.j2", 1, said)]))


@pytest.mark.parametrize("said", LEFT_OPEN)
def test_what_leaves_it_open_passes(said: str) -> None:
    assert list(result_faults([Text("handoff/templates/next_update.j2", 1, said)])) == []


def test_the_texts_as_they_are_pass() -> None:
    places = ContentPaths()
    found = [*result_faults(every_text(places)[0]), *kind_faults(places), *block_faults(places), *told_faults(places)]
    assert found == []
