"""A conversation whose files can be edited in its midst, the edits, and the states in which they come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from bot.actions import staff
from bot.actions.deps import Deps
from bot.actions.receive import Incoming, open_conversation, receive
from bot.actions.staff import Command
from bot.channels.terminal import CHANNEL, Terminal, Turn
from bot.dialogue.conversation import Button, Conversation
from bot.mind import Mind
from bot.storage import conversations, tickets
from bot.storage.tables import ConversationRow, TicketRow
from bot.storage.unit_of_work import UnitOfWork
from bot.understanding.intents.intent_file import Intent, Option
from bot.understanding.reading import Reading
from handoff.ticket import User
from tests.dialogue.turns import PDF
from tests.makers import ALEX, DONE, MARIA, NINE

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


def choices_turned(intent: Intent) -> Intent:
    """The choices of every question stand the other way round."""
    details = tuple(one.model_copy(update={"choices": one.choices[::-1]}) for one in intent.details)
    return intent.model_copy(update={"details": details})


def choice_dropped(intent: Intent) -> Intent:
    """The first choice of every question is gone."""
    details = tuple(one.model_copy(update={"choices": one.choices[1:]}) for one in intent.details)
    return intent.model_copy(update={"details": details})


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
        *(
            question_renamed,
            questions_dropped,
            choices_turned,
            choice_dropped,
            issue_renamed,
            issue_split,
            issue_retired,
        ),
    )
}
ON_PAPER = "I need my prescription on paper"
TO_PEOPLE = (FILE, "[No]", "[No]", "[The file is blank]", "[Computer]", "[Chrome]")
REPLIES, RESOLVES = "(a person replies)", "(a person resolves it)"
STATES: Mapping[str, tuple[str, ...]] = {
    "answering": (FILE,),
    "second step": (FILE, "[No]"),
    "gathering": (FILE, "[No]", "[No]"),
    "second question": (FILE, "[No]", "[No]", "[The file is blank]"),
    "with support": TO_PEOPLE,
    "with a person": (*TO_PEOPLE, REPLIES),
    "resolved": (*TO_PEOPLE, RESOLVES),
    "beside a request": ("my code for signing in never arrives", "I want a person", "skip", "skip", "skip", FILE),
    "choosing": (ON_PAPER,),
    "solved": (FILE, "[Yes]"),
    "asked about danger": (FILE, "I can't breathe well"),
    "asked to say more": ("something is wrong with my prescription",),
}
_readings: dict[str, Reading] = {}
"""How texts are read: the same each time, and looked up hundreds of times here."""


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

    def comes_to(self, state: str) -> list[str]:
        """Maria's conversation comes to this state; what she was told on the way."""
        told: list[str] = []
        for one in STATES[state]:
            if one in (REPLIES, RESOLVES):
                self._a_person(one)
            else:
                told += self.says(one)["messages"]
        return told

    def _a_person(self, deed: str) -> None:
        command = Command(self.deps, self.memory().ticket or 0, ALEX, NINE)
        if deed == REPLIES:
            staff.reply(command, "Which phone do you have?")
        else:
            staff.resolve(command, DONE)

    def choice(self, label: str) -> Button:
        """The live button with this label."""
        return next(button for button in self.memory().buttons if button.label == label)

    def presses_the_old(self, button: Button) -> None:
        """Press a button that a channel left live, though the question was asked anew since."""
        receive(self.deps, Incoming(MARIA, CHANNEL, button.label, pressed=button.value), NINE)

    def memory(self) -> Conversation:
        """What is remembered of it."""
        with self.deps.reading.begin() as db:
            return conversations.memory_of(db.scalars(select(ConversationRow)).one())

    def is_again(self, user: User, memory: Conversation) -> None:
        """Somebody else is in a conversation that has come as far, with a request of their own where there is one; who is on the way
        to people is waited for."""
        row = open_conversation(self.deps, user, CHANNEL, NINE)
        with self.deps.sessions.begin() as db:
            row = db.merge(row)
            number = self._own_request(UnitOfWork(db, NINE), row, memory.ticket) if memory.ticket else None
            beside = number if memory.beside else None
            conversations.keep_memory(row, replace(memory, user=user, ticket=number, beside=beside))
            row.hand_over_at = NINE if memory.state == "gathering" and memory.ticket is None else None

    def _own_request(self, work: UnitOfWork, row: ConversationRow, number: int) -> int:
        ticket = tickets.ticket_of(work.db.get_one(TicketRow, number))
        request = replace(ticket.request, conversation_id=row.id)
        own = replace(ticket, number=tickets.next_number(work.db), request=request)
        tickets.save(work, self.deps.policy, own)
        return own.number

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
            if text not in _readings:
                _readings[text] = self.mind.assistant.read(text)
            read = _readings[text]
            left = tuple(one for one in read.candidates if one.issue in intents)
            gone = len(left) < len(read.candidates) and read.issue == issue
            return (
                replace(read, candidates=left, sure=False, decision="choose")
                if gone
                else replace(read, candidates=left)
            )

        self.assistant = replace(self.assistant, script=script, read=read)
