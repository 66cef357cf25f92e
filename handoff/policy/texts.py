"""What is said, and how: words, kinds, rules of communication, and the pages of the help center."""

from datetime import date
from typing import Literal, get_args

from pydantic import Field, model_validator

from handoff.data_files import Strict
from handoff.durations import Duration
from handoff.policy.names import KindName, Priority
from handoff.safe import Approved
from handoff.text_files import TextFile


class UpkeepTask(Strict):
    row: str
    task: str
    every: Literal["month", "week", "release", "as_needed"]
    owner: str


class KnowledgeBase(Strict):
    host: str
    review_every: Duration
    tasks: dict[str, UpkeepTask]
    sections: dict[str, tuple[str, ...]]
    only_for: dict[str, tuple[str, ...]]

    def pages(self) -> tuple[str, ...]:
        """Every page of the help center as section/page, in the guide's order."""
        return tuple(f"{section}/{page}" for section, pages in self.sections.items() for page in pages)


class WordRule(Strict):
    row: str
    say: str
    do: str
    parts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Lists that stand in the words as `<name>`. One may use those above it."""
    words: tuple[str, ...]
    fails: tuple[str, ...]
    passes: tuple[str, ...]


class SecretsRule(Strict):
    """How a text would ask for a secret. `<thing>`, `<give>` and `<us>` in a pattern stand for the lists of that name."""

    row: str
    things: tuple[str, ...]
    in_other_languages: tuple[str, ...]
    """Secrets by their names in the languages that short texts are written in: none of them is ever mentioned."""
    give: tuple[str, ...]
    us: tuple[str, ...]
    never: tuple[str, ...]
    """What turns an asking into a warning; taken out of the text before it is looked at."""
    asks: tuple[str, ...]
    refers: tuple[str, ...]
    """Askings over two sentences: `it` in the second stands for the secret of the first."""
    outright: tuple[str, ...]
    """Askings that name no secret and mean one: `what was your first pet called?`"""
    fails: tuple[str, ...]
    passes: tuple[str, ...]


class LinksRule(Strict):
    """Where a text may send people."""

    row: str
    hosts: tuple[str, ...]
    """Our own: each of them, and what ends with a dot and one of them."""
    telephones: tuple[str, ...]
    """Numbers that may be called besides that of channels.yml."""
    fails: tuple[str, ...]
    passes: tuple[str, ...]


class LookedAt(Strict):
    """A sentence, word for word, that somebody looked at and found right: who, and on which day."""

    sentence: str
    owner: str = Field(pattern=r"[^\W\d_]{2}")
    on: date


class JudgedRule(Strict):
    """What is told of a sentence that the rules let pass and that sounds wrong all the same, and from which chance on (0 to 1)."""

    row: str
    sure: float = Field(gt=0.5, lt=1)
    says: dict[Literal["secret", "promise", "blame", "clinical", "unsafe"], str]
    looked_at: tuple[LookedAt, ...] = Field((), max_length=12)
    """A short list: it lifts what sounds like a promise or like blame, and never what is secret, clinical or unsafe."""


class Communication(Strict):
    rules: dict[str, WordRule]
    asks_for_secrets: SecretsRule
    judged: JudgedRule
    links: LinksRule


class Kind(Strict):
    """What is at stake in a ticket, and the words that go with it in everything that is said (guide/kinds.yml)."""

    row: str
    signals: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    care: str = ""
    care_clinic: str = ""
    """The same for a doctor or clinic staff, where it is somebody else who must be told."""
    afterwards_clinic: str = ""
    meanwhile: str
    updates: tuple[str, ...] = Field(min_length=2)
    solved: str
    afterwards: str = ""
    subject: str = ""
    staff: Approved | None = None


class Kinds(TextFile):
    kinds: dict[KindName, Kind]

    @model_validator(mode="after")
    def _is_whole(self) -> "Kinds":
        missing = set(get_args(KindName)) - set(self.kinds)
        if missing:
            raise ValueError(f"no words for {', '.join(sorted(missing))}")
        return self


class Words(TextFile):
    """Words that the templates need: names of priorities, outcomes of steps."""

    priorities: dict[Priority, Approved]
    priority_means: dict[Priority, str]
    """A priority in plain words."""
    outcomes: dict[str, Approved]
    said_by: dict[str, Approved]
    clocks: dict[str, Approved]
    buttons: dict[str, str]
    nobody: Approved
    paused: Approved
    name_unknown: str
    user_unknown: Approved
    skipped: Approved
    answered: Approved
    by: str
    away: str
    away_then: str
    emergency_number: str
    crisis_number: str
    withheld: Approved
    nothing_asked: Approved
    signed_in: Approved
    roles: dict[str, Approved]
    """What somebody who writes is to us."""
    flags: dict[str, Approved]
    report: dict[str, str]
    """Names of the figures in reports."""
