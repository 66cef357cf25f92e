"""What a lead in a hurry, or a hostile one, took out of texts or turned round (`harmful.jsonl`, set lead3), and is refused since."""

import json

import pytest

from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy, apart, faults_in, told_of
from tools.harmful_edits import EDITS

TOLD = {
    "L27": "that what was found stays with our people",
    "L28": "is no longer heard as an emergency",
    "L35": "clear all that a browser keeps",
    "L45": "change the password now",
    "L46": "that a person gets it",
    "L47": "that we comply with the law",
    "L48": "that we are sorry",
    "L56": "what somebody has",
    "L57": "nothing is passed on against their will",
    "L58": "have somebody near call",
    "L70": "`summary` is not filled in here",
    "L71": "when it is over",
    "L73": "no mail of a person",
    "L78": "seems to hold something secret",
    "L81": "change nothing else yet",
    "L85": "a ticket closes only from `resolved`",
}
"""The edits that passed when they were first tried, and what is told of each now."""
ROWS = {row["id"]: row for row in map(json.loads, EDITS.read_text("utf-8").splitlines()) if row["set"] == "lead3"}
WEAKENED = {name: Edit(ROWS[name]["file"], ROWS[name]["old"], ROWS[name]["new"], says) for name, says in TOLD.items()}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    return told_of(apart([*WEAKENED.values()]), lambda: tmp_path_factory.mktemp("weakened"))


@pytest.mark.parametrize("name", sorted(TOLD))
def test_a_text_that_was_weakened_or_turned_round_is_refused(name: str, told: dict[Edit, list[Fault]]) -> None:
    edit = WEAKENED[name]
    assert edit.is_among(told[edit]), told[edit]


HONEST = [
    Edit(
        "intents/chat_frustration.yml",
        "and I'm sorry for the trouble it has caused you.",
        "and I'm sorry about all the trouble. That sounds like a lot of stress.",
        "",
    ),
    Edit(
        "docs/incident-response.md",
        "Change nothing else yet.",
        "Change nothing else yet. Do not delete messages or logs: they are evidence.",
        "",
    ),
    Edit("bot/channels/email/markers.yml", "away_subjects:\n", "away_subjects:\n  - Help desk automatic reply\n", ""),
    Edit("intents/escalate_security.yml", "on a device that only you use", "on a device that nobody else uses", ""),
]


def test_honest_wordings_beside_them_pass(tmp_path_factory: pytest.TempPathFactory) -> None:
    before = {fault.message for fault in faults_in(a_copy(tmp_path_factory.mktemp("before")))}
    told = told_of(apart(HONEST), lambda: tmp_path_factory.mktemp("honest"))
    assert not {fault.message for found in told.values() for fault in found} - before
