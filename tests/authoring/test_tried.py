"""The files' own sentences, near-misses and walks are part of the gate; harmless edits pass it."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.authoring import walks
from bot.authoring.content_paths import ContentPaths
from bot.mind import Mind
from bot.understanding.intents.catalog import load_catalog
from bot.understanding.intents.intent_file import NearMiss
from handoff.policy.model import Policy
from tests.authoring.copies import a_copy, faults_in

PDF = "prescription.pdf_download"


def test_own_sentences_and_near_misses_of_every_file_are_asked_not_only_of_changed_ones(mind: Mind) -> None:
    intent = mind.catalog.intents[PDF]
    stray = "my prescription share link has expired"
    tests = intent.tests.model_copy(
        update={
            "match": (*intent.tests.match, stray),
            "near_miss": (
                NearMiss(text="my prescription pdf is blank", expect=None),
                NearMiss(text=stray, expect="account.locked"),
                NearMiss(text=stray, signal="data_loss"),
            ),
        }
    )

    told = dict(walks.sentence_faults(mind.assistant, PDF, intent.model_copy(update={"tests": tests})))

    assert f"`{stray}` would be read as prescription.share_link" in told[("tests", "match", len(intent.tests.match))]
    assert "would be answered with this issue" in told[("tests", "near_miss", 0)]
    assert "not as account.locked" in told[("tests", "near_miss", 1)]
    assert "would not be heard" in told[("tests", "near_miss", 2)]


def test_steps_in_another_order_fail_the_walks_of_their_file(mind: Mind, policy: Policy, tmp_path: Path) -> None:
    places = a_copy(tmp_path)
    file = places.intents / "prescription_pdf_download.yml"
    text = file.read_text(encoding="utf-8")
    start, second, end = (text.index(part) for part in ("  - id: other_browser", "  - id: clear_cache", "\ndetails:"))
    one, other = text[start:second], text[second:end]
    one, other = one.replace("go: clear_cache", "go: handoff"), other.replace("go: handoff", "go: other_browser")
    file.write_text(f"{text[:start]}{other.rstrip()}\n{one.rstrip()}\n{text[end:]}", encoding="utf-8")
    catalog = load_catalog(places.intents)
    assistant = replace(mind.assistant, script=replace(mind.assistant.script, catalog=catalog))

    told = list(walks.walk_faults(assistant, policy, catalog.intents[PDF]))

    assert told and all(place[:2] == ("tests", "walks") for place, _ in told)
    assert not list(walks.walk_faults(mind.assistant, policy, mind.catalog.intents[PDF]))


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> ContentPaths:
    """A copy that nobody has harmed."""
    return a_copy(tmp_path_factory.mktemp("untouched"))


def test_harmless_edits_pass(untouched: ContentPaths) -> None:
    places = untouched
    pdf, slow = places.intents / "prescription_pdf_download.yml", places.intents / "technical_slow_performance.yml"
    text = pdf.read_text(encoding="utf-8")
    text = "# a word on this file\n\n" + text.replace("keywords: [pdf,", "keywords: [pdf, document,")
    text = text.replace("examples:\n", "examples:\n  - the print-out of my prescription has no letters on it\n", 1)
    text = text.replace('label: "No", go: clear_cache', 'label: "No, still blank", go: clear_cache')
    text = text.replace("  near_miss:\n", "  near_miss:\n    - {text: the button to join my visit is grey}\n", 1)
    pdf.write_bytes(("\ufeff" + text).replace("\n", "\r\n").encode())
    slow.write_text(
        slow.read_text(encoding="utf-8").replace("checked: 2026-11-02", "checked: 2026-11-28"), encoding="utf-8"
    )
    sla = places.guide / "sla.yml"
    sla.write_text(
        sla.read_text(encoding="utf-8").replace("first_response: 1h,", "first_response: 2h,"), encoding="utf-8"
    )

    assert [str(fault) for fault in faults_in(places)] == []
