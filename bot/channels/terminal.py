"""A conversation in the terminal: the same actions, storage and tickets as in the app."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NotRequired, TypedDict
from uuid import uuid4

from rich.console import Console
from rich.markdown import Markdown

from bot.actions.deps import Deps
from bot.actions.receive import MOST_CHARACTERS, Incoming, TextTooLong, open_conversation, receive
from bot.storage import conversations, tickets
from bot.storage.tables import ConversationRow, MessageRow
from handoff import ticket_card
from handoff.policy.names import StepOutcome
from handoff.ticket import Ticket, User

CHANNEL = "terminal"


class StepShown(TypedDict):
    """A step that was tried."""

    step: str
    outcome: StepOutcome
    issue: str


class TicketShown(TypedDict):
    """A ticket as `talk --jsonl` gives it."""

    number: int
    issue: str
    priority: str
    tier: int
    team: str
    status: str
    reason: str
    steps_tried: list[StepShown]
    details: dict[str, str]
    summary: str
    said: list[str]
    contact: str | None


class Turn(TypedDict):
    """What came of one turn."""

    messages: list[str]
    buttons: list[str]
    state: str
    ticket: TicketShown | None
    issue: str | None
    step: str | None
    page: str | None
    language: str
    why: NotRequired[list[str]]


@dataclass
class Terminal:
    """One user in one terminal."""

    deps: Deps
    user: User
    clock: Callable[[], datetime]
    why: bool = False
    """Tell with every turn the rules that decided it."""

    def turn(self, row: Mapping[str, object]) -> Turn:
        """What comes of `{"user": text}` or `{"press": label}`: messages, live buttons, state and ticket."""
        now = self.clock()
        if row.get("new"):
            self.user = a_new_user(str(row.get("role", "patient")))
            greeting = open_conversation(self.deps, self.user, CHANNEL, now)
            return self._state(greeting, [self.greeting()], [])
        known = open_conversation(self.deps, self.user, CHANNEL, now)
        memory = conversations.memory_of(known)
        if "press" in row:
            pressed = self._value(known, str(row["press"]))
            incoming = Incoming(self.user, CHANNEL, text=str(row["press"]), pressed=pressed)
        else:
            incoming = Incoming(self.user, CHANNEL, text=str(row.get("user", "")))
        line = self.deps.assistant().script.lines.line
        try:
            if incoming.pressed is None and not incoming.text.strip():
                return self._state(known, [line("empty")[0]], [button.label for button in memory.buttons])
            received = receive(self.deps, incoming, now)
        except TextTooLong:
            text = line("too_long", limit=f"{MOST_CHARACTERS:,}")[0]
            return self._state(known, [text], [button.label for button in memory.buttons])
        told = self._state(
            received.conversation, [answer.body for answer in received.answers], self._labels(received.answers)
        )
        if self.why:
            told["why"] = rules_of(received.answers)
        return told

    def _value(self, row: ConversationRow, label: str) -> str | None:
        """The value behind a live button's label; None when there is no such button: then the label counts as typed."""
        wanted = label.strip().lower()
        with self.deps.reading.begin() as db:
            buttons = conversations.recent_buttons(db, row)
            return next((one["value"] for one in buttons if one["label"].strip().lower() == wanted), None)

    def _labels(self, answers: tuple[MessageRow, ...]) -> list[str]:
        return [button["label"] for button in answers[-1].buttons] if answers else []

    def _state(self, row: ConversationRow, messages: list[str], buttons: list[str]) -> Turn:
        with self.deps.reading.begin() as db:
            memory = conversations.memory_of(db.get(ConversationRow, row.id) or row)
            number = memory.ticket or memory.previous
            found = tickets.get(db, number) if number else None
            lines = conversations.transcript(db, row.id) if found else []
        said = [line.body for line in lines if line.by_user and not (line.source or {}).get("pressed")]
        ticket = ticket_as_json(self.deps, tickets.ticket_of(found), said, memory.known) if found else None
        intent = self.deps.assistant().script.catalog.intents.get(memory.issue or "")
        page = intent.kb[:1] if intent else ()
        return {
            "messages": messages,
            "buttons": buttons,
            "state": memory.state,
            "ticket": ticket,
            "issue": memory.about,
            "step": memory.step,
            "page": page[0] if page else None,
            "language": memory.language,
        }

    def greeting(self) -> str:
        """What the assistant says first."""
        row = open_conversation(self.deps, self.user, CHANNEL, self.clock())
        with self.deps.reading.begin() as db:
            return str(conversations.transcript(db, row.id)[0].body)

    def converse(self) -> None:
        """Talk with a person at the keyboard until they leave."""
        screen = Console()
        screen.print(Markdown(self.greeting()))
        while True:
            try:
                typed = screen.input("[bold]> [/bold]")
            except (EOFError, KeyboardInterrupt):
                return
            labels = {label.lower() for label in self._live()}
            came = self.turn({"press": typed} if typed.strip().lower() in labels else {"user": typed})
            for rule in came.get("why", ()):
                screen.print(f"[dim]because: {rule}[/dim]")
            for message in came["messages"]:
                screen.print(Markdown(message))
            if came["buttons"]:
                screen.print("  ".join(f"[reverse] {label} [/reverse]" for label in came["buttons"]))

    def _live(self) -> list[str]:
        row = open_conversation(self.deps, self.user, CHANNEL, self.clock())
        return [button.label for button in conversations.memory_of(row).buttons]


def rules_of(answers: Sequence[MessageRow]) -> list[str]:
    """The rules that decided a turn, in order, as its answers keep them."""
    return list(dict.fromkeys(rule for answer in answers for rule in (answer.source or {}).get("why", ())))


def a_new_user(role: str = "patient") -> User:
    """Somebody signed in whom no earlier conversation in the terminal knows."""
    return User(id=f"terminal-{uuid4().hex[:12]}", role=role, verified=True)


def contact_of(known: Mapping[str, str]) -> str | None:
    """How the user wants to be answered, with the address or number they gave."""
    told = [known[name] for name in ("contact_wish", "contact_phone", "contact_email") if known.get(name)]
    return " · ".join(told) or None


def ticket_as_json(deps: Deps, ticket: Ticket, said: Sequence[str], known: Mapping[str, str]) -> TicketShown:
    """A ticket as `talk --jsonl` gives it; `said` is everything the user typed, in order."""
    policy = deps.policy
    return {
        "number": ticket.number,
        "issue": ticket.request.issue,
        "priority": ticket.priority,
        "tier": ticket.tier,
        "team": ticket.team,
        "status": policy.lifecycle.states[ticket.status].name,
        "reason": ticket.reason,
        "steps_tried": [{"step": t.step, "outcome": t.outcome, "issue": t.issue} for t in ticket.request.tried],
        "details": {d.id: ticket_card.shown_detail(policy, d.value) for d in ticket.request.details},
        "summary": ticket.request.summary,
        "said": list(said),
        "contact": contact_of(known),
    }
