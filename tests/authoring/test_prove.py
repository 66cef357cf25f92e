"""The guide weighs its proofs: every row can be taken away, and a test counts only when it notices."""

import subprocess
from pathlib import Path

import pytest

from bot.authoring import guide_rows
from bot.authoring.guide_rows import HERE, Proof, load_rows, shown_rows
from bot.authoring.mutations import FILE, Mutation, load_mutations
from handoff.data_files import DataFaults
from tools.prove import Weighed, chosen_rows, weighed

TESTS = """
import rule

def test_notices():
    assert rule.within(4)

def test_sleeps():
    assert rule.LIMIT is not None

def test_breaks_down():
    rule.within(1)
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny repository: one rule, and three tests that name it. They need none of the plugins that ours do."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (tmp_path / "rule.py").write_text("LIMIT = 4\n\n\ndef within(hours):\n    return hours <= LIMIT\n")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_rule.py").write_text(TESTS)
    (tmp_path / "untracked.txt").write_text("stays where it is")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "rule.py", "tests"], cwd=tmp_path, check=True)
    return tmp_path


def came_of(house: Path, put: str, test: str) -> Weighed:
    """What comes of a change of the limit for a row that this test names."""
    node = f"tests/test_rule.py::{test}"
    mutation = Mutation(file="rule.py", take="LIMIT = 4", put=put)
    (result,) = weighed(house, {"R1": [mutation]}, {"R1": [Proof(test, "tests/test_rule.py", node)]})
    return result


def test_a_test_that_fails_by_an_assertion_proves_its_row_and_the_house_stays_as_it_is(house: Path) -> None:
    result = came_of(house, "LIMIT = 3", "test_notices")

    assert "test_notices" in result.run.noticed[0].node and str(result).startswith("proven")
    assert "LIMIT = 4" in (house / "rule.py").read_text()


@pytest.mark.parametrize(
    ("put", "test", "why"),
    [
        ("LIMIT = 3", "test_sleeps", "still passes"),
        ("LIMIT = None", "test_breaks_down", "TypeError"),
        ("LIMIT = (", "test_notices", "no test ran"),
    ],
)
def test_a_test_that_passes_or_breaks_down_proves_nothing(house: Path, put: str, test: str, why: str) -> None:
    result = came_of(house, put, test)

    assert not result.run.noticed and str(result).startswith("NOT PROVEN") and why in str(result)


REFUSED = """
import pathlib

import pytest


class DataFaults(ValueError):
    __module__ = "handoff.data_files"


@pytest.fixture
def limit():
    text = pathlib.Path(__file__).parents[1].joinpath("rule.py").read_text()
    if "LIMIT = 9" in text:
        raise DataFaults("{named}:1: nobody waits for nine hours")


def test_loads(limit):
    pass
"""


@pytest.mark.parametrize(("named", "held"), [("rule.py", True), ("another.py", False)])
def test_a_change_that_the_product_refuses_is_held_when_the_refusal_names_its_file(
    house: Path, named: str, held: bool
) -> None:
    (house / "tests" / "test_rule.py").write_text(REFUSED.replace("{named}", named))

    result = came_of(house, "LIMIT = 9", "test_loads")

    assert result.held is held and str(result).startswith("refused" if held else "NOT PROVEN")


def test_a_test_that_fails_with_nothing_taken_away_too_proves_nothing(house: Path) -> None:
    (house / "rule.py").write_text("LIMIT = 4\n\n\ndef within(hours):\n    return False\n")

    with pytest.raises(RuntimeError, match=r"nothing taken away.*test_notices"):
        came_of(house, "LIMIT = 3", "test_notices")


def test_rows_are_named_or_drawn_by_a_seed() -> None:
    rows = list(load_rows())

    assert chosen_rows(rows, ["TE2"], None, "") == ["TE2"] and chosen_rows(rows, [], None, "") == rows
    drawn = chosen_rows(rows, [], 4, "2026-11-28")
    assert len(set(drawn)) == 4 and drawn == chosen_rows(rows, [], 4, "2026-11-28") != chosen_rows(rows, [], 4, "x")
    with pytest.raises(ValueError, match="XX9"):
        chosen_rows(rows, ["XX9"], None, "")


def test_every_row_can_be_taken_away() -> None:
    assert set(load_mutations(load_rows(), HERE)) == set(load_rows())


def test_each_change_changes_its_file() -> None:
    for row, mutations in load_mutations(load_rows(), HERE).items():
        for place in (place for mutation in mutations for place in mutation.places()):
            assert place.changed(HERE) != (HERE / place.file).read_text(encoding="utf-8"), row


WRONG = """\
rows:
  R1:
    - {file: a.txt, take: one, put: two}
    - {file: a.txt, take: twice, put: once}
    - {file: none.txt, take: one, put: two}
  R2: [{file: a.txt, take: one, put: one}]
  R3: [{file: a.txt, take: gone, put: here, also: [{file: a.txt, take: one, put: two}]}]
"""


def test_every_fault_of_the_mutations_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text(WRONG, encoding="utf-8")
    (tmp_path / "a.txt").write_text("one, twice, twice")

    with pytest.raises(DataFaults) as caught:
        load_mutations(["R1", "R2"], tmp_path)

    assert [str(fault).removeprefix(f"{FILE}:") for fault in caught.value.faults] == [
        "4: `twice` stands 2 times in a.txt, not once",
        "5: there is no file `none.txt`",
        "6: `one` is changed to itself",
        "7: `R3` is no row of the guide",
        "7: `gone` stands 0 times in a.txt, not once",
    ]


def test_the_guide_says_how_many_rows_can_be_weighed_and_which_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    text, missing = shown_rows()
    assert f"{len(load_rows())} of them can be taken away" in text.splitlines()[-1] and missing == []

    fewer = {row: about for row, about in load_rows().items() if row != "TE2"}
    monkeypatch.setattr(guide_rows, "load_rows", lambda: fewer)
    text, missing = shown_rows()
    assert "`TE2` is no row of the guide" in text and any("TE2" in fault for fault in missing)
