"""What the guide says of hours, channels and contacts cannot be edited away."""

from pathlib import Path

import pytest

from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy, faults_in, told_of

G = "handoff/guide"
HOURS, CHANNELS, CONTACTS, OUTAGE = (f"{G}/{name}.yml" for name in ("hours", "channels", "contacts", "outage"))
DAYS = "".join(f'  {day + ":":<10} ["08:00-18:00"]\n' for day in ("monday", "tuesday", "wednesday", "thursday"))
TOLD = [
    [
        Edit(HOURS, "zone: America/New_York", "zone: Pacific/Auckland", "no zone of the country"),
        Edit(HOURS, "country: US,", "country: IR,", "the holidays are those of the country"),
        Edit(HOURS, DAYS, DAYS.replace('["08:00-18:00"]', "[]"), "open on 4 days"),
        Edit(CHANNELS, "response: 24h,", "response: 900h,", "`900h` is too long: 48h at most"),
        Edit(CHANNELS, "response: 4h, counted_in: business", "response: 4d, counted_in: business", "`4d` is too long"),
        Edit(CHANNELS, "contact: 1-800-SMARTMED,", "contact: 1-800-SMARTMFD,", "is reached at 1-800-SMARTMED"),
        Edit("kb_articles/glossary.yml", "text: 1-800-SMARTMED,", "text: 1-800-SMARTMFD,", "must be the same"),
        Edit(
            CONTACTS,
            "{security: security, compliance: compliance}",
            "{security: compliance, compliance: security}",
            "the security team has its own contact",
        ),
        Edit(OUTAGE, "  - technical.page_not_loading\n", "", "`technical.page_not_loading` must be counted"),
        Edit(OUTAGE, "  - account.cant_log_in\n", "", "`account.cant_log_in` must be counted"),
    ],
]
HONEST = [
    Edit(HOURS, "zone: America/New_York", "zone: America/Chicago", ""),
    Edit(HOURS, "also_closed: {}", "also_closed: {2026-12-24: Christmas Eve}", ""),
    Edit(HOURS, "  saturday:  []", '  saturday:  ["09:00-13:00"]', ""),
    Edit(CHANNELS, "response: 24h,", "response: 36h,", ""),
    Edit(OUTAGE, "  - technical.feature_missing\n", "", ""),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    return told_of(TOLD, lambda: tmp_path_factory.mktemp("guide"))


@pytest.mark.parametrize("edit", [edit for edits in TOLD for edit in edits], ids=lambda edit: edit.told[:40])
def test_a_table_beyond_what_the_guide_allows_is_refused(edit: Edit, told: dict[Edit, list[Fault]]) -> None:
    assert edit.is_among(told[edit]), told[edit]


def test_a_changed_phone_number_is_told_where_it_was_changed(tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    TOLD[0][5].made(tmp_path)
    told = faults_in(places)
    assert {fault.file for fault in told if "1-800-SMARTM" in fault.message} >= {CHANNELS}
    assert not any("glossary.yml" in fault.file for fault in told)


def test_honest_edits_of_the_same_tables_pass(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert faults_in(places) == []
