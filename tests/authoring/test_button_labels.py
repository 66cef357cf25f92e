"""A button that the code presses says what is done: a yes agrees, a no declines."""

from pathlib import Path

import pytest

from bot.authoring.button_labels import label_faults
from bot.authoring.content_paths import ContentPaths
from tests.authoring.copies import Edit, a_copy

L, MAIL, SLACK = "bot/dialogue/lines.yml", "bot/channels/email/texts.yml", "bot/channels/slack/texts.yml"
WORDS = "handoff/guide/words.yml"
OPPOSITE, LOST = "says the opposite of what the button does", "no longer says what the button does"
TURNED = [
    Edit(L, 'close_yes: "Yes, close it"', 'close_yes: "Yes, do not close it"', OPPOSITE),
    Edit(L, 'close_yes: "Yes, close it"', 'close_yes: "Yes, it works, so leave it open"', OPPOSITE),
    Edit(L, 'close_no: "No, keep it open"', 'close_no: "No, drop it now"', LOST),
    Edit(L, 'works_no: "No, please pass it on"', 'works_no: "No, it has settled itself"', LOST),
    Edit(L, 'works_no: "No, please pass it on"', 'works_no: "No help needed, it is solved"', OPPOSITE),
    Edit(L, 'works_yes: "Yes, it works now"', 'works_yes: "Yes, it still doesn\'t work"', OPPOSITE),
    Edit(L, 'settled_yes: "Yes, it\'s settled"', 'settled_yes: "Yes, a person should look"', OPPOSITE),
    Edit(L, 'also_yes: "Yes, please"', 'also_yes: "Yes, never mind that, nothing more"', OPPOSITE),
    Edit(L, 'also_no: "No, thank you"', 'also_no: "No, start with it"', OPPOSITE),
    Edit(L, 'danger_yes: "Yes, right now"', 'danger_yes: "Yes, but it is over"', OPPOSITE),
    Edit(L, 'danger_no: "No"', 'danger_no: "No, but soon"', OPPOSITE),
    Edit(L, "talk_to_person: Talk to a person", "talk_to_person: Go on without a person", OPPOSITE),
    Edit(L, "keep_going: Keep going", "keep_going: Keep this for a person", OPPOSITE),
    Edit(L, "  skip: Skip\n", "  skip: Next, and answer\n", OPPOSITE),
    Edit(L, "none_of_these: None of these", "none_of_these: All of these, or other ones", OPPOSITE),
    Edit(MAIL, 'vote_yes: "Yes, it is solved"', 'vote_yes: "Yes, I still need help"', OPPOSITE),
    Edit(MAIL, 'button_no: "No, I still need help"', 'button_no: "No, all fine"', OPPOSITE),
    Edit(
        MAIL, 'ask_no: "You are about to tell us that you still need help', 'ask_no: "You say that it is solved', LOST
    ),
    Edit(SLACK, 'rate_no: "No"', 'rate_no: "Yes"', LOST),
    Edit(WORDS, 'buttons: {yes: "Yes"', 'buttons: {yes: "No"', LOST),
]
HONEST = [
    Edit(L, 'close_yes: "Yes, close it"', 'close_yes: "Yes, it is solved"', ""),
    Edit(L, 'close_no: "No, keep it open"', 'close_no: "No, leave it open"', ""),
    Edit(L, 'works_no: "No, please pass it on"', 'works_no: "No, I would like a person to look"', ""),
    Edit(L, 'works_yes: "Yes, it works now"', 'works_yes: "Yes, all well now"', ""),
    Edit(L, 'danger_yes: "Yes, right now"', 'danger_yes: "Yes, somebody is"', ""),
    Edit(L, "talk_to_person: Talk to a person", "talk_to_person: Ask somebody on our team", ""),
    Edit(MAIL, 'vote_no: "No, I still need help"', 'vote_no: "No, please help me further"', ""),
]


@pytest.mark.parametrize("edit", TURNED, ids=lambda edit: edit.new[:40])
def test_a_button_whose_words_do_the_opposite_is_refused(edit: Edit, tmp_path: Path) -> None:
    places = a_copy(tmp_path, edit)
    found = [fault for fault in label_faults(places) if edit.told in fault.message]
    assert [Path(fault.file).name for fault in found] == [Path(edit.file).name]


def test_the_same_in_other_words_passes(tmp_path: Path) -> None:
    places = a_copy(tmp_path, *HONEST)
    assert list(label_faults(places)) == []


def test_the_buttons_as_they_are_pass() -> None:
    assert list(label_faults(ContentPaths())) == []
