"""Edits whose every word is allowed and that people would still see amiss: each is refused, with its file, line and field."""

from datetime import date
from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.gate import written_faults
from bot.authoring.reviews import future_faults
from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy
from tests.authoring.test_gate import named, refused

FIRST, MFA, SLOW = (
    "intents/account_first_login.yml",
    "intents/account_enable_mfa.yml",
    "intents/technical_slow_performance.yml",
)
LOCKED, PDF, BILL = (
    "intents/account_locked.yml",
    "intents/prescription_pdf_download.yml",
    "intents/billing_question.yml",
)
LOST, CONTACT, REGISTER = (
    "intents/escalate_data_loss.yml",
    "intents/chat_contact.yml",
    "intents/account_registration.yml",
)
LINES = "bot/dialogue/lines.yml"
PRIORITIES = "handoff/guide/priorities.yml"
MFA_PAGE = "kb_articles/security/mfa-setup.md"

EDITS = [
    Edit(FIRST, '{label: "No", go: handoff, signal', '{label: "Yes", go: handoff, signal', "label: `Yes` stands here twice"),
    Edit(MFA, '{label: "No", go: fresh_code}', '{label: "yes!", go: fresh_code}', "label: `yes!` stands here twice"),
    Edit(MFA, "Android phone, Computer", "Android phone, Android phone", "choices: `Android phone` stands here twice"),
    Edit(SLOW, "[Only me, A few", "[Only me, Skip, A few", "choices: `Skip` is a button of the assistant's own"),
    Edit(SLOW, "ask: Is SmartMed faster now?", 'ask: " "', "ask: ` ` has no word"),
    Edit(LOST, "title: Records or files are gone", "title: Account locked", "is the title of"),
    Edit(LOCKED, "flags: [security_review]", "flags: [security_reviw]", "flags: `security_reviw` is not in"),
    Edit(LOST, "flags: [engineering]", "flags: [enginering]", "flags: `enginering` is not in"),
    Edit(BILL, "review: {owner: support-lead", 'review: {owner: ""', "owner: nobody is named"),
    Edit(FIRST, "ask: Could you sign in?", "ask: Could you sign in, {{ name }}?", "would be shown as it stands"),
    Edit(REGISTER, "ask: Did it work this time?", "ask: Did it work, {name}?", "would be shown as it stands"),
    Edit(CONTACT, "{{ phone }}", "{{ telephone }}", "would be shown as it stands"),
    Edit(PDF, "ask: What are you using?", "ask: What are \u202eyou using?", "letter that nobody sees stands in this line (U+202E)"),
    Edit(REGISTER, "title: Create an account", 'title: "Create an\\u200b account"', "(U+200B)"),
    Edit(MFA_PAGE, "## Turning on two-step", "## Turning&#8203; on two-step", "(U+200B)"),
    Edit(MFA_PAGE, "title: Two-step sign-in", "title: Two-step {{ forgot_password }}", "`title`: nothing is filled in here"),
    Edit(LINES, 'danger_no: "No"', 'danger_no: "Yes, right now"', "danger_no: `Yes, right now` is what danger_yes says"),
    Edit(LINES, 'close_no: "No, keep it open"', 'close_no: "Yes, close it."', "is what close_yes says"),
    Edit(LINES, 'works_no: "No, please pass it on"', 'works_no: "Yes, it works now"', "is what works_yes says"),
    Edit(LINES, 'also_no: "No, thank you"', 'also_no: "Yes, please"', "is what also_yes says"),
    Edit(LINES, "keep_going: Keep going", "keep_going: Talk to a person", "is what"),
    Edit(LINES, "none_of_these: None of these", 'none_of_these: "None of {{ title }}"', "stands on a button"),
    Edit(LINES, "noted_detail: |\n    Thank you, I've noted that.", "noted_detail: |\n    ...", "has no word"),
    Edit(LINES, "glad that helped. If", "glad that helped, {{ name }}. If", "`name` is not filled in here: nothing is"),
    Edit(LINES, "Thank you for letting us know.", "Thank you. We answer by {{ due }}.", "`due` is not filled in here"),
    Edit(PRIORITIES, "users affected, flags: [engineering]", "users affected, flags: [engineers]", "flags: `engineers` is not in"),
    Edit("bot/web/words.yml", "Please sign in again.", "Please sign in again, {{name}}.", "two braces would be shown"),
    Edit("intents/technical_page_not_loading.yml", "examples:\n", 'examples:\n  - "yes"\n', "fits every issue", 1),
    Edit("intents/doctor_manage_schedule.yml", "examples:\n", "examples:\n  - nope\n", "fits every issue", 1),
    Edit("intents/appointment_cancel.yml", "examples:\n", "examples:\n  - thanks\n", "fits every issue", 1),
    Edit("intents/escalate_human.yml", "examples:\n", "examples:\n  - help\n", "fits every issue", 1),
    Edit("intents/escalate_compliance.yml", "examples:\n", "examples:\n  - Yes!\n", "fits every issue", 1),
]  # fmt: skip
"""Those of one file stand in the order of its lines, or leave their number as it is."""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Fault], dict[Edit, int]]:
    """All edits made at once, and what the gate says."""
    root = tmp_path_factory.mktemp("on_screen")
    places = a_copy(root)
    lines = {edit: edit.made(root) for edit in EDITS}
    return written_faults(places), lines


@pytest.mark.parametrize("edit", EDITS, ids=named)
def test_what_people_would_see_amiss_is_refused_with_its_line(
    seen: tuple[list[Fault], dict[Edit, int]], edit: Edit
) -> None:
    faults, lines = seen
    assert refused(faults, edit, lines[edit]), [str(fault) for fault in faults if fault.file.endswith(edit.file)]


def test_an_answer_of_a_full_stop_is_no_answer(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    path = places.intents / "account_locked.yml"
    text = path.read_text(encoding="utf-8")
    start = text.index("answer: ")
    path.write_text(f"{text[:start]}answer: .\n{text[text.index('details:', start) :]}", encoding="utf-8")

    told = [str(fault) for fault in written_faults(places)]

    assert any("account_locked.yml" in fault and "answer: `.` has no word" in fault for fault in told), told


@pytest.fixture
def dated(tmp_path: Path) -> ContentPaths:
    """A copy with one file that was checked in the year after next."""
    edit = Edit(LOCKED, "checked: 2026-11-02", "checked: 2028-01-01", "")
    return a_copy(tmp_path, edit)


def test_a_text_cannot_have_been_checked_on_a_day_to_come(dated: ContentPaths) -> None:
    told = [str(fault) for fault in future_faults(dated, date(2026, 12, 1))]

    assert len(told) == 1
    assert told[0].startswith("intents/account_locked.yml:11: checked: 2028-01-01 lies in the future")


def test_a_clock_that_runs_behind_is_no_fault_of_the_files(dated: ContentPaths) -> None:
    assert future_faults(dated, date(2020, 1, 1)) == []
