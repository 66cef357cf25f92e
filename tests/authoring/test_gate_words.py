"""Blame and promises of a time are found in many words; facts, questions and steps are not taken for them."""

from pathlib import Path

import pytest

from tests.authoring.copies import wording

HERE = Path(__file__).parent
BLAMES = (HERE / "blames.txt").read_text(encoding="utf-8").splitlines()
PROMISES = (HERE / "promises.txt").read_text(encoding="utf-8").splitlines()
PASSES = (HERE / "neither.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.guide("CX4")
@pytest.mark.parametrize("text", BLAMES)
def test_a_text_that_blames_who_reads_it_is_found(text: str) -> None:
    assert any("sounds like blame" in fault for fault in wording().faults(text))


@pytest.mark.guide("CX2")
@pytest.mark.parametrize("text", PROMISES)
def test_a_text_that_promises_a_time_is_found(text: str) -> None:
    assert any("makes a promise" in fault for fault in wording().faults(text))


@pytest.mark.parametrize("text", PASSES)
def test_a_fact_a_question_and_a_step_pass(text: str) -> None:
    assert list(wording().faults(text)) == []


def test_a_blame_over_two_lines_and_with_bold_letters_is_found() -> None:
    assert any("sounds like blame" in fault for fault in wording().faults("This was your **own**\nmistake."))
