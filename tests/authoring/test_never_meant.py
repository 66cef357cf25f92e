"""A grave fact goes on being heard, an issue stays as urgent as it is, and no button is meant by the contrary."""

from pathlib import Path

import pytest

from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy, faults_in, told_of

N = "intents"
WRONG, LINK, LOADING = (
    f"{N}/{name}.yml"
    for name in ("prescription_wrong_information", "prescription_share_link", "technical_page_not_loading")
)
SEEN = "          - he's seen it and will change it\n"
TAKEN = "".join(f"      - {one}\n" for one in ("i gave my daughter the wrong dose", "i gave my son the wrong dose"))
SICK = "".join(
    f"      - {one}\n"
    for one in (
        *("i feel unwell after taking it", "i feel sick since i took it", "i feel strange after the first tablet"),
        *("now i feel dizzy", "now i feel sick", "i don't feel well since then"),
    )
)
TOLD = [
    [
        Edit(
            WRONG,
            SEEN,
            f"{SEEN}          - she has had three of them and the doctor knows\n",
            "says what another button",
        ),
        Edit(WRONG, TAKEN, "", "`i gave my son the wrong dose` must make `medicine_taken` heard"),
        Edit(WRONG, SICK, "", "24 sentences at least must make `medicine_taken` heard"),
        Edit(
            LINK,
            "          - she got in\n",
            "          - she got in\n          - she can't read it yet\n",
            "`she can't read it yet`",
        ),
        Edit(LOADING, "priority: medium", "priority: low", "`priority` of technical.page_not_loading is `medium`"),
    ],
    [
        Edit(WRONG, SEEN, f"{SEEN}          - my son feels sick but he will call\n", "says what another button"),
        Edit(
            LINK,
            "          - she got in\n",
            "          - she got in\n          - he sees somebody else's one\n",
            "somebody else's",
        ),
    ],
]
HONEST = [
    Edit(WRONG, SEEN, f"{SEEN}          - yes he will look at it tonight\n", ""),
    Edit(WRONG, "      - now i feel sick\n", "      - now i feel really sick\n", ""),
    Edit(LINK, "          - she got in\n", "          - she got in\n          - she can read it now\n", ""),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    return told_of(TOLD, lambda: tmp_path_factory.mktemp("never"))


@pytest.mark.parametrize("edit", [edit for edits in TOLD for edit in edits], ids=lambda edit: edit.told[:40])
def test_an_edit_that_leaves_a_grave_fact_unheard_is_refused(edit: Edit, told: dict[Edit, list[Fault]]) -> None:
    assert edit.is_among(told[edit]), told[edit]


def test_more_ways_to_mean_a_button_pass(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert faults_in(places) == []
