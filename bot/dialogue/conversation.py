"""What a conversation remembers, and what one turn brings: plain frozen values."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Literal

from bot.dialogue import button_values
from bot.dialogue.button_values import ButtonValue
from bot.understanding.intents.names import MEDICAL
from handoff.events import Payload
from handoff.facts import OpenRequest
from handoff.ticket import Gathered, Matter, Request, Tried, User

State = Literal[
    "new",
    "answering",
    "choosing",
    "gathering",
    "waiting",
    "checking",
    "with_support",
    "with_staff",
    "resolved",
    "solved",
]
"""new: nothing said yet · answering: a step is before the user · choosing: which issue? · gathering: a question on the way
to a person · waiting: the user is asked to say more · checking: "is somebody in danger?" is before the user ·
with_support: a ticket is open · with_staff: a person has replied, the bot is silent · resolved: people have resolved the
ticket and asked whether it helped · solved: the user said that it helped."""
UNDER_WAY: tuple[State, ...] = ("answering", "choosing", "gathering")
"""An issue is being looked at."""
LOOKED_AT: tuple[State, ...] = ("answering", "gathering")
"""It is known which."""
NOT_HANDED_OVER: tuple[State, ...] = ("new", "waiting", "choosing", "answering")
"""Nothing is asked yet on the way to a person."""
NOTHING_BEGINS: tuple[State, ...] = ("checking", "with_staff")
"""It is asked whether somebody is in danger, or a person talks to the user."""


@dataclass(frozen=True)
class Source:
    """The approved text that a sentence came from: file, id inside it, hash."""

    file: str
    id: str
    hash: str


@dataclass(frozen=True)
class Button:
    """A reply button: what it shows, and the value that comes back."""

    label: str
    value: str

    @classmethod
    def that(cls, label: str, does: ButtonValue) -> "Button":
        """One that does this."""
        return cls(label, button_values.written(does))

    @property
    def does(self) -> ButtonValue | None:
        """What pressing it does; None where nothing is known to."""
        return button_values.read(self.value)


@dataclass(frozen=True)
class Say:
    """One message of the bot, with where every part of it comes from."""

    text: str
    sources: tuple[Source, ...]
    buttons: tuple[Button, ...] = ()
    page: tuple[str, str] | None = None
    """Title and address of the article behind it."""
    rating: Literal["bot"] | None = None


@dataclass(frozen=True)
class Parties:
    """Who talks to us, where, and in which language: the same from the first word to the last."""

    user: User
    channel: str
    _: KW_ONLY
    language: str = "en"

    @property
    def in_english(self) -> bool:
        """True where all our texts can be read."""
        return self.language == "en"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was told of an issue: it ends with it, and comes back with it."""

    words: tuple[str, ...] = ()
    """What the user said about the issue, in order."""
    signals: tuple[str, ...] = ()
    gathered: tuple[Gathered, ...] = ()
    tried: tuple[Tried, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)
    """Details heard in passing, by id."""


@dataclass(frozen=True, kw_only=True)
class Ended(Told):
    """What was known of an issue when it ended: it may come back."""

    issue: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """What is before the user: it moves with every turn."""

    state: State = "new"
    turn: int = 0
    issue: str | None = None
    step: str | None = None
    asking: str | None = None
    """Id of the question that is before the user."""
    reason: str | None = None
    """Why people will get this, once that is settled."""
    choices: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    """The buttons that are live."""
    gone: str = ""
    """The issue/step that was before the user when it left the catalogue."""
    unsaid: tuple[str, ...] = ()
    """Lines said since the present step was shown, so that none is said twice."""
    unclear: int = 0
    """Clarifying questions asked in a row."""
    guesses: tuple[str, ...] = ()
    """What the last words may be about, the likeliest first."""
    topic: str | None = None
    """What the last words were about that needed no issue of ours: small talk, facts, what we cannot do."""
    said_last: str = ""
    """What the user typed last, in whatever state."""
    angry: int = 0


@dataclass(frozen=True, kw_only=True)
class DangerAsked:
    """While it is asked whether somebody is in danger: how often, and what goes on afterwards."""

    before: State = "new"
    """What was before the user when danger was asked about."""
    checked: int = 0
    """How often danger was asked about in a row."""
    plan: tuple[str, ...] = ()
    """What goes on when nobody is in danger."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What was said and asked on the way, so that none of it comes twice."""

    offered: tuple[str, ...] = ()
    """Every step ever shown, as issue/step."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The hash of what was said: of an issue its title, of issue/step the step, of issue?question the question. By these they are
    known again when somebody gives them another name."""
    asked: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    """Sections that may help with what no known issue covers, the best first."""
    so_far: tuple[str, ...] = ()
    """What the user typed since the issue began, answers too: what it is about is read from all of it."""
    refused: tuple[str, ...] = ()
    """Issues of which the user said that they are not what is meant: none of them begins again by likeness alone."""


@dataclass(frozen=True, kw_only=True)
class Matters:
    """The user's requests and issues beside the one that is looked at: open, waiting, solved, closed."""

    ticket: int | None = None
    beside: int | None = None
    """An open request beside which another issue is being looked at."""
    also: tuple[str, ...] = ()
    """Other issues of the user's that are still to be looked at."""
    decided: Mapping[str, str] = field(default_factory=dict)
    """By which words each issue was told; nothing where a button began it."""
    solved: tuple[str, ...] = ()
    previous: int | None = None
    """The last ticket of this conversation that is closed."""
    ended: Ended | None = None
    """The issue that was solved, or whose request was closed, last."""
    closed: str | None = None
    """What the request was about that the user had closed last: they may say that it is not well after all."""


@dataclass(frozen=True)
class Conversation(Matters, Shown, DangerAsked, Told, Place, Parties):
    """Everything a conversation knows, so that nothing is asked twice and no step is offered twice."""

    def free_for_next(self, number: int) -> "Conversation":
        """After the request with this number is closed: who it is and what helped stays, and what was told of it is over."""
        kept = Conversation(self.user, self.channel, language=self.language, turn=self.turn, known=self.known)
        return replace(kept, state="solved", solved=self.solved, previous=number)

    def offers(self, does: ButtonValue) -> bool:
        """True where a live button does this."""
        return does in [button.does for button in self.buttons]

    @property
    def ticket_spoken_of(self) -> int | None:
        """The ticket that is spoken of; None beside one, and where nothing has led to one yet."""
        if self.beside is not None:
            return None
        is_over = self.state == "solved" and self.issue is None
        return self.ticket or (self.previous if is_over else None)

    @property
    def about(self) -> str | None:
        """The issue of the last words: a clinical question even in the midst of another; else the one that is looked at, was just
        solved, or needed nothing of ours."""
        if self.topic == MEDICAL:
            return self.topic
        solved = self.solved[-1:] if self.state == "solved" else ()
        return self.issue or next(iter(solved), self.topic)


@dataclass(frozen=True)
class Message:
    """What came in: typed text, or the value of a button that was pressed (its label is then the text)."""

    text: str
    pressed: str | None = None

    @property
    def presses(self) -> ButtonValue | None:
        """What the pressed button does; None for words."""
        return button_values.read(self.pressed) if self.pressed is not None else None

    incidents: frozenset[str] = frozenset()
    """Issues that are known to be a problem of many at this moment, confirmed by people."""
    device: str = ""
    """What the user's browser says it is, in two words; goes on a ticket only when they press its button (row EC5)."""
    request: OpenRequest | None = None
    others: tuple[OpenRequest, ...] = ()
    """Requests of this conversation that are open beside the one that was spoken of last, the newest first."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What can be told of how to reach people, now: phone, email, hours, waiting times."""


@dataclass(frozen=True)
class Outcome:
    """One turn: the conversation now, what is said, and perhaps a request for a ticket or news for the open one."""

    conversation: Conversation
    says: tuple[Say, ...] = ()
    then: tuple[Say, ...] = ()
    """What is said after the letters about a new request."""
    request: Request | None = None
    more: Request | None = None
    """What was told since a request was opened: its facts replace those of the open one."""
    withdrawn: bool = False
    """The user wants the open request closed."""
    closing_taken_back: bool = False
    """The user had the request closed that is spoken of again, and it shall stay open."""
    why: tuple[str, ...] = ()
    """The rules that decided, in order."""
    events: tuple[Payload, ...] = ()
    for_ticket: bool = False
    """The message belongs to the open ticket: people must see it."""
    thanks: bool = False
    new_signals: tuple[str, ...] = ()
    matter: Matter | None = None
    """A graver issue than that of the open ticket, told to the person who has it."""
