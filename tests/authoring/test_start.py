"""A start and a running product take up lines and letters as they take up intents: through the gate alone."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import wiring
from bot.authoring.content_paths import ROOT, ContentPaths
from bot.authoring.publishing import gate_by_writing
from bot.authoring.slots import GIVEN_TO_LETTERS, slot_faults
from bot.authoring.verdict import Verdict
from bot.hot_reload import ActiveVersion
from bot.mind import open_the_encoder
from handoff import notices, rendering
from handoff.data_files import DataFaults
from handoff.policy.model import Policy
from tests.authoring.copies import a_copy

Start = Callable[[], ActiveVersion]


@pytest.fixture
def places(tmp_path: Path) -> ContentPaths:
    """All files that people edit; intents and articles are our own, for nothing is to be learnt anew."""
    return replace(a_copy(tmp_path / "all"), intents=ROOT / "intents", articles=ROOT / "kb_articles")


@pytest.fixture
def start(places: ContentPaths, policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts what is in force, as the running program does; of the gate only the part that looks at slots."""
    settings = SimpleNamespace(
        intents=places.intents,
        articles=places.articles,
        state_dir=tmp_path,
        help_url="https://help.test",
        signing_key=lambda purpose: f"a key for {purpose}",
    )
    judge = lambda given: Verdict("", tuple(slot_faults(given)))  # noqa: E731
    monkeypatch.setattr(wiring, "ContentPaths", lambda *_: places)
    monkeypatch.setattr(wiring, "gate_apart", lambda *_: judge)
    encoder, _ = open_the_encoder(os.environ)
    yield lambda: wiring._current(settings, policy, os.environ, encoder, None, serving=True)  # type: ignore[arg-type]
    rendering.IN_FORCE.take_up(rendering.TEMPLATES)


GIVEN = dict.fromkeys(GIVEN_TO_LETTERS["staff_reply"].split(), "") | {"number": 1, "text": "Hello"}


def edit(path: Path, old: str, new: str) -> None:
    """Somebody writes something else."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_start_with_a_bad_line_has_the_line_that_was_good(places: ContentPaths, start: Start) -> None:
    good = start().assistant().script.lines.texts
    edit(places.lines / "lines.yml", "{{ emergency_number }}", "{{ emergency_numbr }}")

    again = start()

    assert again.assistant().script.lines.texts == good and "emergency_numbr" in again.fault


def test_a_first_start_with_a_bad_line_is_refused_with_the_fault(places: ContentPaths, start: Start) -> None:
    edit(places.lines / "lines.yml", "{{ emergency_number }}", "{{ emergency_numbr }}")

    with pytest.raises(DataFaults, match="emergency_numbr"):
        start()


def test_a_start_with_what_no_copy_holds_at_fault_is_refused(places: ContentPaths, start: Start) -> None:
    start()
    edit(places.channels / "email" / "texts.yml", "{number}", "{numbr}")

    with pytest.raises(DataFaults, match="numbr"):
        start()


def test_an_edited_line_and_letter_are_taken_up_while_it_runs(places: ContentPaths, start: Start) -> None:
    current = start()
    current._dated = lambda mind: mind
    edit(places.lines / "lines.yml", "{{ emergency_number }}", "the number {{ emergency_number }}")
    edit(places.templates / "staff_reply.j2", "{{ text }}", "{{ text }}\n\nYours")

    assert current.renew()

    assert any("the number {{ emergency_number }}" in one for one in current.assistant().script.lines.texts.values())
    assert notices.fill("staff_reply", GIVEN).body == "Hello\n\nYours"


def test_a_letter_at_fault_leaves_the_one_that_was_good(places: ContentPaths, start: Start) -> None:
    current = start()
    (places.templates / "staff_reply.j2").unlink()

    taken = current.renew()

    assert not taken and "staff_reply.j2" in current.fault
    assert notices.fill("staff_reply", GIVEN).body == "Hello"


def test_a_changed_table_is_no_fault_and_waits_for_the_next_start(places: ContentPaths, start: Start) -> None:
    current, told = start(), []
    current.tell_waits = lambda: told.append("waits")
    current._dated = lambda mind: mind
    sla = places.guide / "sla.yml"
    sla.write_text(sla.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")

    taken = current.renew()
    current.look_again()

    assert not taken and current.fault == "" and current.waits and told == ["waits"]


def test_without_the_encoder_what_is_written_rightly_starts_on_words_alone() -> None:
    assert gate_by_writing(ContentPaths()).passes
