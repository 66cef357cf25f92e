"""A file is edited while people are in the middle of it: nobody gets an error, no button means another, no step is said twice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.actions.clocks import sweep
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, open_conversation, receive
from bot.channels.terminal import CHANNEL, Terminal, Turn
from bot.dialogue.conversation import Button, Conversation
from bot.mind import Mind
from bot.storage import conversations
from bot.storage.database import open_database, reading_sessions_of, sessions_of
from bot.storage.tables import ConversationRow
from bot.understanding.intents.intent_file import Intent, Option
from handoff.policy import Policy
from handoff.ticket import User
from tests.dialogue.turns import PDF
from tests.makers import MARIA, NINE

BROWSER, CACHE = "other_browser", "clear_cache"
FILE = "my prescription pdf will not download"
SAYS = ("yes that worked", "no", "I want a person", "my code for signing in never arrives", "somebody collapsed here")
Edit = Callable[[Intent], Intent | None]


def with_steps(intent: Intent, *steps: object) -> Intent:
    """The issue with these steps."""
    return intent.model_copy(update={"steps": steps})


def leading(step, **to: str):
    """The step, with its buttons leading elsewhere."""
    options = tuple(one.model_copy(update={"go": to.get(one.go, one.go)}) for one in step.options)
    return step.model_copy(update={"options": options})


def step_renamed(intent: Intent) -> Intent:
    """Both steps get another name, and say the same."""
    first, second = intent.steps
    first = leading(first, clear_cache="empty_cache").model_copy(update={"id": "second_browser"})
    return with_steps(intent, first, second.model_copy(update={"id": "empty_cache"}))


def step_dropped(intent: Intent) -> Intent:
    """The first step is gone."""
    return with_steps(intent, intent.steps[1])


def steps_swapped(intent: Intent) -> Intent:
    """The second step comes first."""
    first, second = intent.steps
    return with_steps(intent, leading(second, handoff=BROWSER), leading(first, clear_cache="handoff"))


def names_swapped(intent: Intent) -> Intent:
    """Each step has the name that the other one had."""
    first, second = intent.steps
    return with_steps(
        intent,
        leading(first, clear_cache=BROWSER).model_copy(update={"id": CACHE}),
        second.model_copy(update={"id": BROWSER}),
    )


def buttons_turned(intent: Intent) -> Intent:
    """The question is put the other way round, so that Yes is what No was."""
    first, second = intent.steps
    turned = (Option(label="Yes", go=CACHE), Option(label="No", go="solved"), first.options[2])
    return with_steps(intent, first.model_copy(update={"ask": "Is it still failing?", "options": turned[::-1]}), second)


def button_dropped(intent: Intent) -> Intent:
    """The third button is gone, and the labels are others."""
    first, second = intent.steps
    left = (Option(label="It opens", go="solved"), Option(label="It still fails", go=CACHE))
    return with_steps(intent, first.model_copy(update={"options": left}), second)


def question_renamed(intent: Intent) -> Intent:
    """Every question has another name, and asks the same."""
    details = tuple(one.model_copy(update={"id": f"{one.id}_anew"}) for one in intent.details)
    return intent.model_copy(update={"details": details})


def questions_dropped(intent: Intent) -> Intent:
    """Only the last question is left."""
    return intent.model_copy(update={"details": intent.details[-1:]})


def issue_renamed(intent: Intent) -> Intent:
    """The issue has another id, and is the same."""
    return intent.model_copy(update={"id": "prescription.file"})


def issue_split(intent: Intent) -> Intent:
    """The issue is gone, and another one has its first step."""
    return step_dropped(intent).model_copy(update={"id": "prescription.print", "title": "Printing a prescription"})


def issue_retired(_: Intent) -> None:
    """The issue is gone."""


EDITS: Mapping[str, Edit] = {
    one.__name__: one
    for one in (
        *(step_renamed, step_dropped, steps_swapped, names_swapped, buttons_turned, button_dropped),
        *(question_renamed, questions_dropped, issue_renamed, issue_split, issue_retired),
    )
}
STATES: Mapping[str, tuple[str, ...]] = {
    "answering": (FILE,),
    "second step": (FILE, "[No]"),
    "gathering": (FILE, "[No]", "[No]"),
    "second question": (FILE, "[No]", "[No]", "[The file is blank]"),
    "with support": (FILE, "[No]", "[No]", "[The file is blank]", "[Computer]", "[Chrome]"),
    "solved": (FILE, "[Yes]"),
    "asked about danger": (FILE, "I can't breathe well"),
    "asked to say more": ("something is wrong with my prescription",),
}


@dataclass
class Talk:
    """A conversation through the door, whose files can be edited in its midst."""

    deps: Deps
    mind: Mind

    def __post_init__(self) -> None:
        self.assistant = self.mind.assistant
        self.deps = replace(self.deps, assistant=lambda: self.assistant)
        self.terminal = Terminal(self.deps, MARIA, lambda: NINE)

    def says(self, *turns: str) -> Turn:
        """Type, or press `[what a button says]`."""
        return [self.terminal.turn({"press": one[1:-1]} if one[0] == "[" else {"user": one}) for one in turns][-1]

    def memory(self) -> Conversation:
        """What is remembered of it."""
        with self.deps.reading.begin() as db:
            return conversations.memory_of(db.scalars(select(ConversationRow)).one())

    def is_again(self, user: User, memory: Conversation) -> None:
        """Somebody else is in a conversation that has come as far; who is on the way to people is waited for."""
        row = open_conversation(self.deps, user, CHANNEL, NINE)
        with self.deps.sessions.begin() as db:
            row = db.merge(row)
            conversations.keep_memory(row, replace(memory, user=user))
            row.hand_over_at = NINE if memory.state == "gathering" and memory.ticket is None else None

    def edit(self, change: Edit, issue: str = PDF) -> None:
        """A lead saves the file; nothing is learnt anew, which is what all states have in common with an edit."""
        script = self.assistant.script
        intents, files = dict(script.catalog.intents), dict(script.catalog.files)
        made = change(intents.pop(issue))
        if made is not None:
            intents[made.id], files[made.id] = made, files[issue]
        catalog = replace(script.catalog, intents=intents, files=files)
        script = replace(script, catalog=catalog)

        def read(text: str):
            read = self.mind.assistant.read(text)
            left = tuple(one for one in read.candidates if one.issue in intents)
            gone = len(left) < len(read.candidates) and read.issue == issue
            return (
                replace(read, candidates=left, sure=False, decision="choose")
                if gone
                else replace(read, candidates=left)
            )

        self.assistant = replace(self.assistant, script=script, read=read)


@pytest.fixture
def talk(sqlite: str, policy: Policy, mind: Mind) -> Iterator[Talk]:
    """Maria's conversation; one database is enough, for what is stored is one value."""
    engine = open_database(sqlite)
    yield Talk(Deps(sessions_of(engine), reading_sessions_of(engine), policy, lambda: mind.assistant), mind)
    engine.dispose()


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("state", STATES)
def test_whatever_is_edited_in_whatever_state_every_turn_is_answered_and_no_step_comes_twice(
    talk: Talk, state: str, edit: str
) -> None:
    shown = [message for one in STATES[state] for message in talk.says(one)["messages"]]
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
