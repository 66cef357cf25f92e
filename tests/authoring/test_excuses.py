"""No excuse of a rule excuses danger that is told beside an ordinary sentence about the app."""

from pathlib import Path

import pytest

from bot.authoring.content_paths import ContentPaths
from bot.authoring.excuses import excuse_faults
from bot.understanding.rules.rulebook import load_rules
from tests.authoring.copies import Edit, a_copy

FILE = "bot/understanding/rules/emergency.yml"
DIES = '"(?:cat|dog|battery|phone|app|plant) ‹", '
BROAD = [
    Edit(FILE, DIES, DIES + '"(?:app|code|login|sign in|password) [^‹]{0,60}‹", ', "wants_to_die"),
    Edit(FILE, DIES, DIES + '"(?:account|profile|e-?mail) [^‹]{0,80}‹", ', "wants_to_die"),
    Edit(FILE, DIES, DIES + '"‹[^›]{0,80}›[^‹]{0,60} (?:password|log in)", ', "wants_to_die"),
    Edit(
        FILE, '"(?:charged|billed|paid) <near>‹"', '"(?:charged|billed|paid|bill|link) [^‹]{0,60}‹"', "help_called_for"
    ),
    Edit(FILE, "|button|logo|icon) <near>‹", "|button|logo|icon|website) [^‹]{0,40}‹", "body_fails"),
    Edit(FILE, '"‹overdosed› on', '"prescription [^‹]{0,60}‹", "‹overdosed› on', "poison"),
]
OF_PEOPLE = [
    Edit(FILE, "|phone|app|plant) ‹", "|phone|app|plant|son|husband) <near>‹", "`son` excuses"),
    Edit(FILE, "|phone|app|plant) ‹", "|phone|app|plant|roommate) ‹", "`roommate` excuses"),
    Edit(FILE, "|logo|icon) <near>‹", "|logo|icon|grandma) <near>‹", "`grandma` excuses"),
    Edit(FILE, DIES, DIES + '"‹[^›]{0,80}›[^‹]{0,20} my (?:sister|cousin)", ', "`sister` excuses"),
]


@pytest.mark.parametrize("edit", OF_PEOPLE, ids=lambda edit: edit.told)
def test_that_it_is_about_a_certain_person_excuses_no_danger(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    told = list(excuse_faults(load_rules(places.rules)))
    assert [fault for fault in told if edit.told in fault.message], told


NARROW = [
    Edit(FILE, DIES, '"(?:cat|dog|hamster|battery|phone|app|plant) ‹", ', ""),
    Edit(FILE, "(?:coffee|sugar|", "(?:coffee|tea|sugar|", ""),
    Edit(FILE, "      - somebody call 911\n", "      - somebody call 911\n      - please dial 911 for me\n", ""),
]


@pytest.mark.parametrize("edit", BROAD, ids=lambda edit: edit.new[-30:])
def test_an_excuse_for_whoever_names_the_app_first_is_refused(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    told = list(excuse_faults(load_rules(places.rules)))
    assert [fault for fault in told if "would be excused" in fault.message], edit.told


def test_narrow_excuses_and_more_that_is_heard_pass(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *NARROW)
    book = load_rules(places.rules)
    assert (list(excuse_faults(book)), book.faults()) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "the app is broken and he is unconscious on the floor",
        "my code never came and somebody call 911",
        "the app is broken, mio padre non respira",
    ],
)
def test_danger_is_heard_beside_what_brought_somebody_here(text: str) -> None:
    assert load_rules(ContentPaths().rules).fired(text)
