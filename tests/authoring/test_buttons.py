"""What hangs on a button is tried by a walk of its file, and its words say what it does."""

import os
from dataclasses import replace
from datetime import date

import pytest

from bot.authoring import buttons, walks
from bot.authoring.content_paths import ContentPaths
from bot.mind import HELP, Mind, build_mind, open_the_encoder
from bot.understanding.intents.intent_file import Intent, Option
from handoff.data_files import Fault, cache_folder
from handoff.policy.model import Policy
from tests.authoring.copies import Edit, apart, told_of

EDITS = [
    Edit(
        "intents/appointment_cancel.yml",
        "      ticket: {tier: 2, priority: high, team: support, reason: not_resolved_by_documentation}\n",
        "",
        "does not tell what must follow: write the `ticket`",
    ),
    Edit(
        "intents/prescription_wrong_information.yml",
        "{user: Somebody feels unwell}",
        "{user: somebody feels quite unwell}",
        "no walk presses `Somebody feels unwell`",
    ),
    Edit(
        "intents/account_forgot_password.yml",
        '{label: "No", go: handoff',
        '{label: "I give up", go: solved',
        "`I give up` would close it as solved",
    ),
    Edit(
        "intents/prescription_wrong_information.yml",
        'label: "Somebody feels unwell"\n        go: emergency',
        'label: "Somebody feels unwell"\n        go: solved',
        "would close it as solved",
    ),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Edit, list[Fault]]:
    return told_of(apart(EDITS), lambda: tmp_path_factory.mktemp("buttons"))


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.told[:40])
def test_a_button_on_which_much_hangs_and_that_no_walk_tries_is_refused(
    edit: Edit, told: dict[Edit, list[Fault]]
) -> None:
    assert edit.is_among(told[edit]), told[edit]


@pytest.mark.parametrize("label", ["Yes", "It works now", "That helped", "Done", "All fine", "Yes, it's cancelled"])
def test_a_button_that_says_that_it_is_well_may_close(label: str) -> None:
    assert buttons._ends_well(Option(label=label, go="solved")) is None


@pytest.fixture(scope="module")
def mind(policy: Policy) -> Mind:
    """What stands in the files, as it reads and speaks."""
    places, (encoder, _) = ContentPaths(), open_the_encoder(os.environ)
    folders = (places.intents, places.articles)
    return build_mind(policy, *folders, encoder, cache_folder(os.environ), HELP, date(2026, 11, 20))


def turned(intent: Intent, label: str, **changed: str) -> Intent:
    """The issue, with one button changed."""
    steps = [
        step.model_copy(
            update={
                "options": tuple(
                    option.model_copy(update=changed) if option.label == label else option for option in step.options
                )
            }
        )
        for step in intent.steps
    ]
    return intent.model_copy(update={"steps": tuple(steps)})


def test_a_button_that_leads_to_an_issue_its_words_are_not_about_is_refused(mind: Mind) -> None:
    registration = mind.catalog.intents["account.registration"]
    missing = "The confirmation didn't come"

    told = list(buttons.read_faults(mind.assistant, turned(registration, missing, go="technical.slow_performance")))

    assert [place for place, _ in told] == [("steps", 0, "options", 2)]
    assert "leads to technical.slow_performance and is read as" in told[0][1]
    assert not list(buttons.read_faults(mind.assistant, registration))


def test_a_walk_whose_label_is_no_button_any_more_says_just_that(mind: Mind, policy: Policy) -> None:
    walk = mind.catalog.intents["account.manage_profile"].tests.walks[1]
    turns = [
        turn.model_copy(update={"user": turn.user.replace("Phone or address", "Telephone")}) for turn in walk.turns
    ]

    told = walks.walked(mind.assistant, policy, walk.model_copy(update={"turns": tuple(turns), "ends": "solved"}))

    assert told is not None and told.startswith(
        "`Telephone` is no button there: there are `Name or date of birth`, `Phone"
    )


def test_a_walk_that_asks_for_the_phone_line_is_told_it_as_users_are(mind: Mind, policy: Policy) -> None:
    walk = mind.catalog.intents["account.manage_profile"].tests.walks[0]
    asked = walk.turns[0].model_copy(update={"user": "what is your phone number", "step": None})
    assert walks.walked(mind.assistant, policy, walk.model_copy(update={"turns": (asked,), "ends": "open"})) is None


def test_whatever_an_edit_makes_raise_is_a_fault_of_the_walk_in_which_it_does(mind: Mind, policy: Policy) -> None:
    walk = mind.catalog.intents["account.manage_profile"].tests.walks[0]

    def broken(text: str) -> object:
        raise KeyError(text)

    told = walks.walked(replace(mind.assistant, read=broken), policy, walk)  # type: ignore[arg-type]

    assert told is not None and "it breaks off" in told and "KeyError" in told
