"""What a button does is written and read in one place, and a button of before does what it did."""

import pytest

from bot.dialogue.button_values import (
    Answer,
    ButtonValue,
    ChooseOption,
    CloseRequest,
    GoOn,
    InArea,
    InDanger,
    NoneOfThese,
    NotAlso,
    TakeUp,
    TalkToPerson,
    Works,
    read,
    written,
)

STORED: dict[str, ButtonValue] = {
    "person": TalkToPerson(),
    "go_on": GoOn(),
    "issue:account.locked": TakeUp("account.locked"),
    "issue:none": NoneOfThese(),
    "also:no": NotAlso(),
    "area:account": InArea("account"),
    "step:account.locked/wait/solved#Yes / now": ChooseOption("account.locked", "wait", "solved", "Yes / now"),
    "detail:browser/0a1b2c3d4e5f": Answer("browser", "0a1b2c3d4e5f"),
    "detail:browser/2": Answer("browser", "2"),
    "detail:browser/skip": Answer("browser", "skip"),
    "danger:yes": InDanger(yes=True),
    "danger:no": InDanger(yes=False),
    "close:yes": CloseRequest(yes=True),
    "works:no": Works(yes=False),
}


@pytest.mark.parametrize("value", STORED)
def test_a_stored_button_is_read_as_what_it_does_and_written_as_it_stood(value: str) -> None:
    assert read(value) == STORED[value] and written(STORED[value]) == value


def test_a_button_of_before_kept_its_label_alone() -> None:
    assert read("step:account.locked/wait/Yes, it works") == ChooseOption("account.locked", "wait", "", "Yes, it works")


@pytest.mark.parametrize("value", ["", "step:account.locked", "nothing", "nothing:yes"])
def test_what_no_button_ever_said_does_nothing(value: str) -> None:
    assert read(value) is None
