"""The publisher: files live as copies that passed, the newest good one outlives a restart, and judging happens elsewhere."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.authoring.content_paths import ROOT, ContentPaths
from bot.authoring.gate_process import GateProcess, NoWord
from bot.authoring.publishing import KEPT, Publisher, VersionStore, Waits, gate_apart, guide_word
from bot.authoring.verdict import Verdict
from handoff.data_files import DataFaults, Fault
from tests.authoring.copies import a_copy

FAULT = Fault("intents/one.yml", 3, "wrong")


@pytest.fixture
def live(tmp_path: Path) -> ContentPaths:
    """Two small folders that somebody edits."""
    for name in ("intents", "kb_articles"):
        (tmp_path / name).mkdir()
    (tmp_path / "intents" / "one.yml").write_text("id: a.b\n", encoding="utf-8")
    (tmp_path / "kb_articles" / "glossary.yml").write_text("a: {text: A}\n", encoding="utf-8")
    return ContentPaths(tmp_path / "intents", tmp_path / "kb_articles")


def written(places: ContentPaths) -> str:
    """What the one intents file says."""
    return (places.intents / "one.yml").read_text(encoding="utf-8")


def test_what_passed_stays_what_it_was_while_the_files_go_on_changing(live: ContentPaths, tmp_path: Path) -> None:
    publisher = Publisher(live, VersionStore(tmp_path / "versions"), lambda _: Verdict("", ()))

    admitted = publisher.admitted()
    (live.intents / "one.yml").write_text("id: changed\n", encoding="utf-8")

    assert (admitted.intents / "one.yml").read_text() == "id: a.b\n"
    assert admitted.intents.name == "intents", "faults and sources name the files as people know them"
    assert publisher.last_good() == admitted


def test_a_refused_version_is_never_the_last_good_one(live: ContentPaths, tmp_path: Path) -> None:
    versions = VersionStore(tmp_path / "versions")
    good = Publisher(live, versions, lambda _: Verdict("", ())).admitted()
    (live.intents / "one.yml").write_text("id: harm\n", encoding="utf-8")
    publisher = Publisher(live, versions, lambda places: Verdict("", (FAULT,) if "harm" in written(places) else ()))

    with pytest.raises(DataFaults) as told:
        publisher.admitted()

    assert told.value.faults == [FAULT] and publisher.last_good() == good


def test_only_the_newest_versions_are_kept(live: ContentPaths, tmp_path: Path) -> None:
    versions = VersionStore(tmp_path / "versions")
    publisher = Publisher(live, versions, lambda _: Verdict("", ()))
    for number in range(KEPT + 4):
        (live.intents / "one.yml").write_text(f"id: a.b{number}\n", encoding="utf-8")
        last = publisher.admitted()

    assert len([one for one in (tmp_path / "versions").iterdir() if one.is_dir()]) == KEPT + 1
    assert publisher.last_good() == last


def test_edits_wait_for_a_restart_while_the_guide_on_disk_is_another(live: ContentPaths, tmp_path: Path) -> None:
    guide = Path(shutil.copytree(ROOT / "handoff" / "guide", tmp_path / "guide"))
    places = ContentPaths(live.intents, live.articles, guide)
    publisher = Publisher(places, VersionStore(tmp_path / "versions"), lambda _: Verdict("", ()), guide_word(places))
    publisher.admitted()
    (guide / "sla.yml").write_text((guide / "sla.yml").read_text() + "# changed\n", encoding="utf-8")

    with pytest.raises(Waits):
        publisher.admitted()


def test_a_version_is_no_way_out_when_the_fault_lies_in_what_is_read_at_the_start(
    live: ContentPaths, tmp_path: Path
) -> None:
    versions = VersionStore(tmp_path / "versions")
    Publisher(live, versions, lambda _: Verdict("", ())).admitted()

    publisher = Publisher(live, versions, lambda _: Verdict("", (Fault("bot/web/words.yml", 1, "wrong"),)))

    assert publisher.last_good() is None


def test_lines_letters_and_rules_are_kept_as_they_were_when_they_passed(live: ContentPaths, tmp_path: Path) -> None:
    places = replace(a_copy(tmp_path / "all"), intents=live.intents, articles=live.articles)
    publisher = Publisher(places, VersionStore(tmp_path / "versions"), lambda _: Verdict("", ()))
    files = ("lines/lines.yml", "languages/es.yml", "templates/page.j2", "rules/emergency.yml")
    before = {file: (getattr(places, file.split("/")[0]) / file.split("/")[1]).read_bytes() for file in files}

    publisher.admitted()
    for file in files:
        (getattr(places, file.split("/")[0]) / file.split("/")[1]).write_bytes(b"harm")
    kept = publisher.last_good()

    assert kept is not None
    assert {file: (getattr(kept, file.split("/")[0]) / file.split("/")[1]).read_bytes() for file in files} == before


def test_the_gate_is_asked_in_a_process_of_its_own(live: ContentPaths) -> None:
    (live.intents / "one.yml").write_text("id: [\n", encoding="utf-8")

    verdict = gate_apart(os.environ, "")(live)

    assert any(fault.file == "intents/one.yml" and "not closed" in fault.message for fault in verdict.faults), verdict


def test_whoever_saves_again_is_answered_by_the_process_that_has_begun(live: ContentPaths) -> None:
    process = GateProcess(os.environ)
    folders = {"intents": str(live.intents)}
    (live.intents / "one.yml").write_text("id: [\n", encoding="utf-8")
    first, asked_first = process.ask(folders), process.number
    (live.intents / "one.yml").write_text("id: ]\n", encoding="utf-8")
    second, asked_second = process.ask(folders), process.number

    process.end()
    third, asked_third = process.ask(folders), process.number
    process.end()

    assert asked_first == asked_second != asked_third
    assert first != second
    assert second == third


def test_a_gate_that_dies_gives_no_word_and_says_so(live: ContentPaths) -> None:
    process = GateProcess({**os.environ, "PYTHONHOME": "/nowhere"})

    with pytest.raises(NoWord, match="could not be made"):
        process.ask({"intents": str(live.intents)})
