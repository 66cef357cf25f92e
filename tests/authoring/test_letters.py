"""Letters and lines that could not be sent, or would not tell what they must, are refused before anybody waits for one."""

from pathlib import Path

import pytest

from bot.authoring.content_paths import ROOT, ContentPaths
from bot.authoring.slots import CARRIES, slot_faults
from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy

LETTERS = "handoff/templates"
SOLVED, FIRST, MOVED = (f"{LETTERS}/{name}.j2" for name in ("resolution_response", "initial_response", "promise_moved"))
LINES = "bot/dialogue/lines.yml"
NUMBER = "Your ticket number is: #{{ number }}"
EDITS = [
    Edit(SOLVED, "Subject: Re: ", "Re: ", "must begin with `Subject:`"),
    Edit(SOLVED, "[Ticket #{{ number }}]", "[Ticket]", "its first line must tell the reader `{{ number }}`"),
    Edit(SOLVED, "{{ resolution }}", "done", "its body must tell the reader `{{ resolution }}`"),
    Edit(FIRST, NUMBER, "We have a number for it.", "its body must tell the reader `{{ number }}`"),
    Edit(FIRST, "{{ expected_response }}", "soon", "its body must tell the reader `{{ expected_response }}`"),
    Edit(MOVED, "{{ expected_response }}", "{% if expected_response %}soon{% endif %}", "must tell the reader"),
    Edit(SOLVED, "Hi {{ name }}", "Hi {{ name.__class__ }}", "`name.__class__` is no slot"),
    Edit(SOLVED, "Hi {{ name }}", "Hi {{ name['__class__'] }}", "`name.__class__` is no slot"),
    Edit(SOLVED, "Hi {{ name }}", "Hi {{ name|attr('__class__') }}", "`|attr` cannot stand here"),
    Edit(SOLVED, "Hi {{ name }}", "Hi {{ name.upper() }}", "nothing can be called here"),
    Edit(SOLVED, "Hi {{ name }}", "Hi {{ name|nicely }}", "`|nicely` cannot stand here"),
    Edit(SOLVED, "Hi {{ name }}", "{% include 'signature.j2' %}Hi {{ name }}", "cannot be taken in here"),
    Edit(
        f"{LETTERS}/answer_waiting.j2",
        "For your privacy",
        "It is about {{ summary }}. For your privacy",
        "`summary` is not filled in here",
    ),
    Edit(
        f"{LETTERS}/clock_told.j2",
        "{{ title }}",
        "{{ title }}: {{ description }}",
        "`description` is not filled in here",
    ),
    Edit(SOLVED, "Hi {{ name }}", "Hi {{ percent }}", "`percent` is not filled in here"),
    Edit(LINES, "{{ emergency_number }}", "{{ emergency_numbr }}", "nothing is ever called `emergency_numbr`"),
    Edit(LINES, "{{ number }}", "{{ number.__class__ }}", "`number.__class__` is no slot"),
    Edit("bot/languages/es.yml", "{{ number }}", "{{ numbr }}", "nothing is ever called `numbr`"),
]


def told_of(places: ContentPaths, file: str) -> list[Fault]:
    """What is wrong with one file."""
    return [fault for fault in slot_faults(places) if fault.file.endswith(file)]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: f"{Path(edit.file).stem}: {edit.new}")
def test_a_text_that_could_not_be_filled_or_tells_too_little_is_refused(tmp_path: Path, edit: Edit) -> None:
    places = a_copy(tmp_path)

    edit.made(tmp_path)

    assert any(edit.told in fault.message for fault in told_of(places, edit.file)), told_of(places, edit.file)


@pytest.mark.parametrize("name", sorted(CARRIES))
def test_a_letter_that_is_sent_can_be_neither_taken_away_nor_emptied(tmp_path: Path, name: str) -> None:
    places, file = a_copy(tmp_path), f"{LETTERS}/{name}.j2"

    (places.templates / f"{name}.j2").write_text(" \n", encoding="utf-8")
    emptied = told_of(places, file)
    (places.templates / f"{name}.j2").unlink()
    deleted = told_of(places, file)

    assert "is empty" in emptied[0].message and "cannot be taken away" in deleted[0].message


def test_every_letter_that_there_is_has_its_row_and_no_fault() -> None:
    assert {path.stem for path in (ROOT / LETTERS).glob("*.j2")} == CARRIES.keys()
    assert list(slot_faults(ContentPaths())) == []
