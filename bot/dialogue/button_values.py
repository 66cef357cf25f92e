"""What a button does, as a value: written into the button when it is shown, and read when it is pressed. Buttons of before stay
live, so that what was written once is read for good."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TalkToPerson:
    """A person takes over."""


@dataclass(frozen=True)
class GoOn:
    """The steps go on, without a person."""


@dataclass(frozen=True)
class TakeUp:
    """An issue begins."""

    issue: str


@dataclass(frozen=True)
class NoneOfThese:
    """Nothing that was offered."""


@dataclass(frozen=True)
class NotAlso:
    """What else was named is left."""


@dataclass(frozen=True)
class InArea:
    """The issues of one of the four areas."""

    area: str


@dataclass(frozen=True)
class ChooseOption:
    """An answer to a step: where it stands, where it led when it was shown, and what it says; one of long ago kept its label alone."""

    issue: str
    step: str
    go: str
    label: str


@dataclass(frozen=True)
class Answer:
    """An answer to a question on the way to a person: a choice by its words (one of long ago by its place), or nothing."""

    question: str
    choice: str

    @property
    def passes(self) -> bool:
        """The question is passed over."""
        return self.choice == SKIP


@dataclass(frozen=True)
class InDanger:
    """Somebody is in danger, or nobody is."""

    yes: bool


@dataclass(frozen=True)
class CloseRequest:
    """The request is closed, or kept."""

    yes: bool


@dataclass(frozen=True)
class Works:
    """It works now, or people shall have it."""

    yes: bool


ButtonValue = (
    TalkToPerson
    | GoOn
    | TakeUp
    | NoneOfThese
    | NotAlso
    | InArea
    | ChooseOption
    | Answer
    | InDanger
    | CloseRequest
    | Works
)
SKIP = "skip"
_NONE, _YES, _NO = "none", "yes", "no"


def written(does: ButtonValue) -> str:
    """As it stands in a button."""
    match does:
        case TalkToPerson():
            return "person"
        case GoOn():
            return "go_on"
        case TakeUp(issue=issue):
            return f"issue:{issue}"
        case NoneOfThese():
            return f"issue:{_NONE}"
        case NotAlso():
            return f"also:{_NO}"
        case InArea(area=area):
            return f"area:{area}"
        case ChooseOption(issue=issue, step=step, go=go, label=label):
            return f"step:{issue}/{step}/{go}#{label}"
        case Answer(question=question, choice=choice):
            return f"detail:{question}/{choice}"
        case InDanger(yes=yes):
            return f"danger:{_word(yes)}"
        case CloseRequest(yes=yes):
            return f"close:{_word(yes)}"
        case Works(yes=yes):
            return f"works:{_word(yes)}"


def read(value: str) -> ButtonValue | None:
    """What a button does, by what stands in it; None where that is nothing that a button ever did."""
    kind, _, rest = value.partition(":")
    match kind:
        case "person":
            return TalkToPerson()
        case "go_on":
            return GoOn()
        case "issue":
            return NoneOfThese() if rest == _NONE else TakeUp(rest)
        case "also":
            return NotAlso()
        case "area":
            return InArea(rest)
        case "step" if rest.count("/") > 1:
            return _option(rest)
        case "detail":
            question, _, choice = rest.partition("/")
            return Answer(question, choice)
        case "danger":
            return InDanger(rest == _YES)
        case "close":
            return CloseRequest(rest == _YES)
        case "works":
            return Works(rest == _YES)
    return None


def _option(rest: str) -> ChooseOption:
    issue, step, answer = rest.split("/", 2)
    go, kept, label = answer.partition("#")
    return ChooseOption(issue, step, go if kept else "", label if kept else answer)


def _word(yes: bool) -> str:
    return _YES if yes else _NO
