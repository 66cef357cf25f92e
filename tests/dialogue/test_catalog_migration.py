"""A file is edited while people are in the middle of it: nobody gets an error, no button means another, no step is said twice."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.actions.deps import Deps
from bot.actions.receive import Incoming, receive
from bot.actions.sweep.sweep import sweep
from bot.channels.terminal import CHANNEL
from bot.dialogue.conversation import Button
from bot.mind import Mind
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.tables import TicketRow
from handoff.policy.model import Policy
from tests.dialogue.edited import (
    CACHE,
    EDITS,
    FILE,
    SAYS,
    STATES,
    Edit,
    Talk,
    button_dropped,
    buttons_turned,
    choice_dropped,
    choices_turned,
    issue_renamed,
    issue_retired,
    issue_split,
    names_swapped,
    question_renamed,
    questions_dropped,
    step_dropped,
    step_renamed,
    steps_swapped,
)
from tests.dialogue.turns import PDF
from tests.makers import MARIA, NINE

Reached = tuple[Path, list[str]]
"""A database with Maria's conversation in a state, and what she was told on the way."""


@contextmanager
def talk_at(path: Path, policy: Policy, mind: Mind) -> Iterator[Talk]:
    engine = open_database(f"sqlite:///{path}")
    yield Talk(Deps(sessions_of(engine), reading_sessions_of(engine), policy, lambda: mind.assistant), mind)
    engine.dispose()


@pytest.fixture
def talk(sqlite: str, tmp_path: Path, policy: Policy, mind: Mind) -> Iterator[Talk]:
    """Maria's conversation; one database is enough, for what is stored is one value."""
    with talk_at(tmp_path / "test.db", policy, mind) as made:
        yield made


@pytest.fixture(scope="session")
def reached(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, policy: Policy, mind: Mind
) -> Callable[[str], Reached]:
    """Gives Maria's conversation in a state, to be copied: she comes there once."""

    @cache
    def made(state: str) -> Reached:
        path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("state") / "reached.db"))
        with talk_at(path, policy, mind) as talk:
            return path, talk.comes_to(state)

    return made


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("state", STATES)
def test_whatever_is_edited_in_whatever_state_every_turn_is_answered_and_no_step_comes_twice(
    reached: Callable[[str], Reached], tmp_path: Path, policy: Policy, mind: Mind, state: str, edit: str
) -> None:
    path, shown = reached(state)
    with talk_at(Path(shutil.copy(path, tmp_path / "test.db")), policy, mind) as talk:
        _every_turn_is_answered(talk, shown, edit)


def _every_turn_is_answered(talk: Talk, shown: list[str], edit: str) -> None:
    memory = talk.memory()
    steps = [step.say.strip() for step in talk.mind.catalog.intents[PDF].steps]
    talk.edit(EDITS[edit])

    for number, turn in enumerate((*SAYS, *memory.buttons[:3])):
        user = replace(MARIA, id=f"u-{number}")
        talk.is_again(user, memory)
        pressed, text = (turn.value, turn.label) if isinstance(turn, Button) else (None, turn)
        came = receive(talk.deps, Incoming(user, CHANNEL, text, pressed=pressed), NINE)
        after = receive(talk.deps, Incoming(user, CHANNEL, "no"), NINE)
        said = "\n".join([*shown, *(line.body for line in (*came.answers, *after.answers))])
        assert came.answers, turn
        assert all(said.count(step) <= 1 for step in steps), turn
    talk.is_again(replace(MARIA, id="u-silent"), memory)
    sweep(talk.deps, NINE + timedelta(minutes=11))


@pytest.mark.parametrize(
    ("state", "is_in"),
    [
        *(("choosing", "choosing"), ("resolved", "resolved"), ("with a person", "with_staff")),
        *(("beside a request", "answering"), ("gathering", "gathering"), ("with support", "with_support")),
    ],
)
def test_each_state_is_what_it_is_called(talk: Talk, state: str, is_in: str) -> None:
    talk.comes_to(state)

    assert talk.memory().state == is_in
    assert (talk.memory().beside is not None) == (state == "beside a request")


@pytest.mark.parametrize("edit", EDITS)
def test_the_choice_that_was_pressed_is_what_it_said_or_people_are_offered(talk: Talk, edit: str) -> None:
    talk.comes_to("choosing")
    (chosen,) = [button for button in talk.memory().buttons if button.value == f"issue:{PDF}"]
    talk.edit(EDITS[edit])
    catalog = talk.assistant.script.catalog.intents

    came = talk.says(f"[{chosen.label}]")

    present = [issue for issue in catalog.values() if issue.title == talk.mind.catalog.intents[PDF].title]
    assert came["issue"] == (present[0].id if present else None)
    if not present:
        assert "Our help for this has just been changed" in came["messages"][0]
        assert came["buttons"] == ["Talk to a person"]


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize(("vote", "status"), [("confirm:yes", "closed"), ("confirm:no", "in_progress")])
def test_a_vote_on_a_resolution_counts_as_it_was_pressed_whatever_was_edited(
    talk: Talk, edit: str, vote: str, status: str
) -> None:
    talk.comes_to("resolved")
    talk.edit(EDITS[edit])

    receive(talk.deps, Incoming(MARIA, CHANNEL, "Yes", pressed=vote), NINE)

    with talk.deps.reading.begin() as db:
        (row,) = db.scalars(select(TicketRow))
        assert row.status == status and row.issue == PDF


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_written_after_a_resolution_opens_it_again_whatever_was_edited(talk: Talk, edit: str) -> None:
    talk.comes_to("resolved")
    talk.edit(EDITS[edit])

    talk.says("no, it still does not open")

    with talk.deps.reading.begin() as db:
        (row,) = db.scalars(select(TicketRow))
        assert row.status == "in_progress"


def test_a_step_with_another_name_is_the_same_step(talk: Talk) -> None:
    talk.says(FILE)
    talk.edit(step_renamed)

    came = talk.says("[No]")

    assert came["step"] == "empty_cache"
    assert [
        (one["step"], one["outcome"])
        for one in talk.says("I want a person", "skip", "skip", "skip")["ticket"]["steps_tried"]
    ][:1] == [("second_browser", "did_not_help")]


@pytest.mark.parametrize(
    "edit", [step_dropped, issue_retired, issue_split, buttons_turned, button_dropped, names_swapped]
)
def test_the_yes_that_was_pressed_ends_it_whatever_yes_means_now(talk: Talk, edit: Edit) -> None:
    talk.says(FILE)
    talk.edit(edit)

    assert talk.says("[Yes]")["state"] == "solved"


@pytest.mark.parametrize(
    "edit", [step_dropped, buttons_turned, button_dropped, names_swapped, steps_swapped, step_renamed]
)
def test_the_no_that_was_pressed_leads_to_the_step_that_was_not_said_yet(talk: Talk, edit: Edit) -> None:
    talk.says(FILE)
    talk.edit(edit)

    said = "\n".join(talk.says("[No]")["messages"])

    assert "clear your browser's cache" in said and "try a different browser" not in said


@pytest.mark.parametrize("words", ["yes that worked", "that did it, it opens now, thank you"])
@pytest.mark.parametrize("edit", [step_dropped, issue_retired])
def test_who_says_that_it_works_is_believed_though_the_step_is_gone(talk: Talk, edit: Edit, words: str) -> None:
    talk.says(FILE)
    talk.edit(edit)

    assert talk.says(words)["state"] == "solved"


def test_where_the_issue_is_gone_it_is_said_and_people_are_offered(talk: Talk) -> None:
    talk.says(FILE)
    talk.edit(issue_retired)

    came = talk.says("[No]")

    assert "Our help for this has just been changed" in came["messages"][0] and came["buttons"] == ["Talk to a person"]
    assert talk.says("[Talk to a person]")["state"] == "gathering"


def test_an_issue_with_another_id_goes_on_where_it_was(talk: Talk) -> None:
    talk.says(FILE)
    talk.edit(issue_renamed)

    came = talk.says("[No]")

    assert (came["issue"], came["step"]) == ("prescription.file", CACHE)


def test_a_question_with_another_name_is_not_asked_twice_and_its_answer_counts(talk: Talk) -> None:
    talk.says(FILE, "[No]", "[No]")
    talk.edit(question_renamed)

    came = talk.says("[The file is blank]")
    assert came["messages"][-1].endswith("What are you using?")
    assert talk.says("[Computer]", "[Chrome]")["ticket"]["details"]["page_or_feature_anew"] == "The file is blank"


@pytest.mark.parametrize("label", ["Computer", "Android phone or tablet", "Something else"])
@pytest.mark.parametrize("edit", [choices_turned, choice_dropped])
def test_a_choice_of_the_first_message_is_what_it_says_or_nothing_though_the_question_was_edited_and_asked_again(
    talk: Talk, edit: Edit, label: str
) -> None:
    talk.comes_to("second question")
    shown = talk.choice(label)
    talk.edit(edit)
    talk.says("why do you ask?")
    is_live = label in [button.label for button in talk.memory().buttons]

    talk.presses_the_old(shown)

    told = [one.value for one in talk.memory().gathered if one.id == "device"]
    assert is_live == (edit is choices_turned or label != "Computer")
    assert told == ([label] if is_live else [])


def test_this_device_is_the_one_that_was_shown_though_the_question_was_asked_again_on_another(talk: Talk) -> None:
    talk.comes_to("second question")
    receive(talk.deps, Incoming(MARIA, CHANNEL, "Computer", pressed=talk.choice("Computer").value, device="A"), NINE)
    shown = talk.memory().buttons[0]
    receive(talk.deps, Incoming(MARIA, CHANNEL, "what do you mean?", device="B"), NINE)

    talk.presses_the_old(shown)

    assert "B" not in [one.value for one in talk.memory().gathered]
    assert shown.label != talk.memory().buttons[0].label


def test_an_answer_to_a_question_that_is_gone_is_no_answer_to_another(talk: Talk) -> None:
    talk.says(FILE, "[No]", "[No]")
    talk.edit(questions_dropped)

    came = talk.says("[The file is blank]")

    assert came["messages"][-1].endswith("Which browser do you use?")
    assert talk.says("[Chrome]")["ticket"]["details"] == {"browser": "Chrome"}


def test_silence_on_the_way_to_people_opens_the_ticket_of_an_issue_that_is_gone(talk: Talk) -> None:
    talk.says(FILE, "[No]", "[No]")
    talk.edit(issue_retired)

    sweep(talk.deps, NINE + timedelta(minutes=11))

    assert talk.says("how far is it?")["ticket"]


def test_the_ticket_of_an_issue_that_is_gone_is_as_it_was(talk: Talk) -> None:
    before = talk.says(*STATES["with support"])["ticket"]
    talk.edit(issue_retired)

    after = talk.says("how far is it?")["ticket"]

    assert {**after, "said": []} == {**before, "said": []}
    assert talk.assistant.script.catalog.title(PDF) == "Pdf download"
