"""What was understood of one message: plain frozen values that the dialogue decides on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.understanding.intents.names import GREETING

Decision = Literal["answer", "choose", "handoff", "emergency", "safety_check", "decline", "smalltalk"]
DANGEROUS: tuple[Decision, ...] = ("emergency", "safety_check")
"""What is danger, and what may be: it is never passed over."""
OPENS_MATTER: tuple[Decision, ...] = ("answer", "handoff")
"""What is one of our issues, and surely so."""
MAY_OPEN_MATTER: tuple[Decision, ...] = (*OPENS_MATTER, "choose")
"""What is one of our issues, or one of a few."""
NO_MATTER: tuple[Decision, ...] = ("decline", "smalltalk")
"""What is none of them."""
Act = Literal[
    "helped", "not_helped", "button", "cannot", "did_before", "question", "later", "details", "unclear", "issue",
    "person", "stop", "emergency", "medical",
    "answer", "skip", "unsure", "other", "correction", "frustration", "solved", "none", "yes", "no", "thanks", "status",
    "close", "add", "contact", "about_bot",
]  # fmt: skip
"""What a reply does. To a step: the first two lines; to any other question of ours: the rest too."""
NO_HELP: tuple[Act, ...] = ("not_helped", "cannot")
"""A step that led nowhere, or that could not be done."""


LIKELY, SURELY_GRAVE = 0.5, 0.65
"""From which chance on an issue is likely; and a grave one in English, which is read more surely: of 30 first messages between the
two that seemed grave 12 were (docs/reader.md), so that it is asked first."""


def likely_at(language: str) -> float:
    """From which chance on what would be grave is taken to its team, though it is not certain."""
    return SURELY_GRAVE if language == "en" else LIKELY


@dataclass(frozen=True)
class Phrase:
    """An example sentence of an issue, and where it stands."""

    text: str
    label: str
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class Candidate:
    """An issue that the message may be about; confidence is a probability from 0 to 1."""

    issue: str
    confidence: float


@dataclass(frozen=True)
class Closest:
    """An example that lies near the message; likeness from 0 to 1."""

    phrase: Phrase
    likeness: float


@dataclass(frozen=True)
class Ranked:
    """What the statistics say: candidates best first, and how likely the best one is right (0 to 1)."""

    candidates: tuple[Candidate, ...]
    confidence: float
    answer_at: float
    """From this confidence on, the best candidate is answered."""
    offer_at: float
    """From this confidence on, the best two or three are offered; below it, a person takes over."""
    closest: tuple[Closest, ...] = ()
    danger: float = 0.0
    """The chance that somebody may be in danger (0 to 1)."""
    all: tuple[Candidate, ...] = ()
    """Every issue with its chance, while two judgements are joined."""


@dataclass(frozen=True)
class Heard:
    """What the rules heard in a message, whatever issue it is about."""

    signals: tuple[str, ...] = ()
    """Names of handoff/guide/priorities.yml, such as `emergency`, `data_loss`, `angry`, `multiple_users_affected`."""
    issue: str | None = None
    """An issue that a rule is certain of (safety, security, privacy, data loss, a person asked for)."""
    details: Mapping[str, str] = field(default_factory=dict)
    """Detail id -> the words of the user: device, browser, app_version, error_message, when_started, doctor_name ..."""
    rules: tuple[str, ...] = ()
    """Names of the rules that fired, as file/id."""
    language: str = "en"
    """ISO 639-1 code, `en` also when it cannot be told."""
    told: bool = False
    """True when the words are enough to tell the language by."""

    @property
    def in_english(self) -> bool:
        """True for English, and where the language cannot be told."""
        return self.language == "en"


@dataclass(frozen=True)
class Meant:
    """What a reply does, read with the question before it; `button` is the label of the button that is meant."""

    act: Act
    chance: float
    button: str | None = None


@dataclass(frozen=True)
class Parted:
    """A reply to a step in its parts: what came of the step, and what else is told."""

    result: Meant
    told: str
    """The clause that tells it."""
    rest: str = ""
    """The words behind it; nothing where all the others only tell more of the result."""
    rest_meant: Meant = Meant("unclear", 0.0)
    """What those do to the step."""
    told_read: "Reading | None" = None
    """The clause as a message of its own."""
    rest_read: tuple["Reading", ...] = ()
    """The words behind it as such a message, then each clause of them."""


@dataclass(frozen=True)
class Reading:
    """Everything understood of one message, and why."""

    text: str
    decision: Decision
    candidates: tuple[Candidate, ...]
    confidence: float
    heard: Heard = Heard()
    also: tuple[str, ...] = ()
    """Further issues that the same message names."""
    signals: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    """Steps that the user says they have done, as issue/step."""
    told: tuple[tuple[str, str], ...] = ()
    """Facts of the intents files that the words match, as (issue, signal): they count for that issue alone."""
    articles: tuple[str, ...] = ()
    ranked: Ranked | None = None
    sure: bool = False
    """True when the best issue is certain enough to act on."""
    matter: tuple[Candidate, ...] = ()
    """What all that was said so far may be about, the likeliest first, within a conversation."""
    put_right: bool = False
    """True where the words put right what the matter is: it is read from the earlier words with what is meant in its place."""
    parted: Parted | None = None
    """What came of the step that is before the user and what else is told, where a reply to it tells both."""
    catalog_version: str = ""
    """Which state of the intents files it was read by: kept with the message, for whoever must tell why it was read so."""

    @property
    def issue(self) -> str:
        """The best issue, also when the decision is not to answer."""
        return self.candidates[0].issue


NOTHING_READ = Reading("", "smalltalk", (Candidate(GREETING, 0.0),), 0.0)
"""For what was pressed or sent as a file: there are no words to read."""


Read = Callable[[str], Reading]
"""What makes a reading of a text."""
