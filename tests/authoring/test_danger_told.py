"""Who may be in danger is told whom to call, wherever it matters, and nobody is told to wait first."""

from pathlib import Path

import pytest

from handoff.data_files import Fault
from tests.authoring.copies import Edit, a_copy, faults_in, told_of

L, WRONG = "bot/dialogue/lines.yml", "intents/prescription_wrong_information.yml"
FORGOT = "intents/account_forgot_password.yml"
LETTER, KINDS = "handoff/templates/emergency_opened.j2", "handoff/guide/kinds.yml"
ALWAYS = (
    '    always: "**Please make sure that nobody takes it or changes it before the doctor who wrote it has confirmed what'
    ' is right.**"\n'
)
CALL = "If you think it is an emergency, call your emergency number now."
FIRST = "Please do not wait for them: call {{ emergency_number }} first."
NOW = "**If somebody may be in danger, please call 911 now**"
STAY = "numbers_stay: |\n    Thank you for telling me. If anything changes, call **9"
TOLD = [
    [
        Edit(
            LETTER, FIRST, "Stay on this page until they write, and call {{ emergency_number }} if they don't.", "stay"
        ),
        Edit(L, f"{STAY}11**", f"{STAY}99**", "`numbers_stay` must tell people to call 911"),
        Edit(L, "was taken, call 911 now**", "was taken, call 999 now**", "`emergency_poison` must"),
        Edit(L, "**Please call or text 988 now**", "**Please call or text 987 now**", "`emergency_self_harm` must"),
        Edit(WRONG, ALWAYS, "", "`always` must tell every reader"),
        Edit(FORGOT, " Please never share a password with anybody, not even with us.", "", "never to share a password"),
        Edit(WRONG, CALL, "If it does not pass by tomorrow, ring the clinic.", "to call the emergency number now"),
        Edit(
            KINDS,
            "Please do not wait for an answer here.\n    mean",
            "Wait for our answer first.\n    mean",
            "wait for our",
        ),
    ],
    [
        Edit(LETTER, FIRST, "Please write to them first, then call {{ emergency_number }}.", "`write to them first`"),
        Edit(L, "hurt, call 911 now**", "hurt, call the police**", "`emergency_violence` must"),
        Edit(
            L, "don't wait for us: call **911** now", "wait for us, and call **911** if nobody answers", "wait for us"
        ),
        Edit(WRONG, "nobody takes it or changes it before", "everybody asks before", "`always` must tell"),
        Edit(WRONG, f"patient feels unwell, choose that below. {CALL}", "patient feels unwell, wait.", "every reader"),
        Edit(L, f"emergency_body: |\n    {NOW}", "emergency_body: |\n    **Call 911 tomorrow**", "at once"),
    ],
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    """What is told of the copy in which each edit was made."""
    return told_of(TOLD, lambda: tmp_path_factory.mktemp("edited"))


@pytest.mark.parametrize("edit", [edit for edits in TOLD for edit in edits], ids=lambda edit: edit.told)
def test_a_text_that_has_people_in_danger_wait_or_names_no_number_is_refused(
    edit: Edit, told: dict[Edit, list[Fault]]
) -> None:
    assert edit.is_among(told[edit]), told[edit]


HONEST = [
    Edit(FORGOT, "Please never share a password with anybody, not", "Please never tell anybody your password, not", ""),
    Edit(LETTER, FIRST, "Please don't wait for them: call {{ emergency_number }} now.", ""),
    Edit(L, f"{STAY}11**", f"{STAY.replace('Thank you', 'Thanks')}11**", ""),
    Edit(L, "and keep the package at hand. This", "and keep the box at hand. This", ""),
    Edit(WRONG, "Please make sure that nobody takes it", "Please see to it that nobody takes it", ""),
    Edit(WRONG, f"feels unwell, choose that below. {CALL}", f"feels unwell, choose it below. {CALL}", ""),
    Edit(WRONG, "and say what looks wrong. Ask", "and tell them what looks wrong. Ask", ""),
    Edit(KINDS, "ask somebody near you to call.", "have somebody near you call.", ""),
]


def test_honest_edits_of_the_same_places_pass(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert faults_in(places) == []
