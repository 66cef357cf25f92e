"""The format of one intents file: one known issue, its approved texts and its own tests."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from handoff.data_files import Strict

Sentence = Annotated[str, Field(min_length=2, max_length=300)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
IntentId = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z0-9_]+$")]
Page = Annotated[str, Field(pattern=r"^[a-z-]+/[a-z-]+(#[a-z-]+)?$")]
Role = Literal["patient", "doctor", "staff"]
Route = Literal["answer", "handoff", "emergency", "decline", "smalltalk", "facts"]
PriorityName = Literal["critical", "high", "medium", "low"]
Team = Literal["support", "security", "compliance", "engineering"]


class Review(Strict):
    """Who answers for the text, and when it was last checked."""

    owner: str
    checked: date


class SignalPhrases(Strict):
    """Sentences that, when heard in this issue, mean a fact the guide has a rule for."""

    signal: Name
    when: Annotated[tuple[Sentence, ...], Field(min_length=1)]


class Option(Strict):
    """A reply button: where it leads (a step, solved, handoff, or another issue's id), and what it tells."""

    label: Annotated[str, Field(min_length=1, max_length=40)]
    go: Annotated[str, Field(pattern=r"^[a-z0-9_.]+$")]
    signal: Name | None = None
    says: tuple[Sentence, ...] = ()
    """What people write who mean this button, in their own words."""


class Step(Strict):
    """One thing for the user to try: what to do, the question after it, and the answers."""

    id: Name
    say: Annotated[str, Field(min_length=10, max_length=1200)]
    say_for: dict[Role, str] = Field(default_factory=dict)
    ask: Annotated[str, Field(max_length=200)]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=4)]
    tried: tuple[Sentence, ...] = ()
    """How people say that they have already done this step."""


class Detail(Strict):
    """A question asked only on the way to a person; it can always be skipped."""

    id: Name
    ask: Annotated[str, Field(min_length=5, max_length=250)]
    label: Annotated[str, Field(min_length=2, max_length=40)]
    """What the answer is called on the ticket."""
    choices: Annotated[tuple[str, ...], Field(max_length=6)] = ()
    optional: bool = False


class Explained(Strict):
    """A question about a step that an approved text answers, as people put it."""

    asks: Annotated[tuple[Sentence, ...], Field(min_length=2)]
    say: Annotated[str, Field(min_length=10, max_length=500)]


class NearMiss(Strict):
    """A sentence that must not come back as this issue."""

    text: Sentence
    expect: IntentId | None = None
    signal: Name | None = None


class Turn(Strict):
    """One thing the user says or presses in a walk, and what the bot must then be doing."""

    user: str
    step: Name | None = None
    asks: Name | None = None


class TicketFacts(Strict):
    """What the ticket at the end of a walk must say."""

    tier: Literal[2, 3] | None = None
    priority: PriorityName | None = None
    team: Team | None = None
    reason: Name | None = None
    issue: IntentId | None = None


class Walk(Strict):
    """A whole conversation, turn by turn, that ends as said."""

    name: str
    role: Role = "patient"
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]
    ends: Literal["solved", "handoff", "open"]
    ticket: TicketFacts | None = None


class Tests(Strict):
    """The tests that an issue carries. They never train."""

    match: Annotated[tuple[Sentence, ...], Field(min_length=4)]
    near_miss: Annotated[tuple[NearMiss, ...], Field(min_length=2)]
    known_gaps: tuple[Sentence, ...] = ()
    walks: tuple[Walk, ...] = ()


class Intent(Strict):
    """One known issue of the catalogue, as its file says it."""

    id: IntentId
    title: Annotated[str, Field(min_length=3, max_length=60)]
    guide: str
    rows: tuple[str, ...] = ()
    """Rows of handoff/guide/checklist.yml that the walks of this file prove."""
    tier: Literal[1, 2] | None = None
    route: Route
    priority: PriorityName = "low"
    team: Team = "support"
    reason: Name | None = None
    flags: tuple[Name, ...] = ()
    kb: tuple[Page, ...] = ()
    review: Review
    examples: Annotated[tuple[Sentence, ...], Field(min_length=30)]
    unlike: tuple[Sentence, ...] = ()
    """Sentences that only sound like it: idiom, somebody's past, a form to fill in."""
    keywords: tuple[Annotated[str, Field(min_length=2)], ...] = ()
    signals: tuple[SignalPhrases, ...] = ()
    answer: Annotated[str, Field(max_length=700)]
    steps: Annotated[tuple[Step, ...], Field(max_length=6)] = ()
    details: Annotated[tuple[Detail, ...], Field(max_length=4)] = ()
    glossary: tuple[Explained, ...] = ()
    """What people ask about the steps, and the approved answer."""
    gather: tuple[Name, ...] = ()
    """Questions of handoff/guide/escalation.yml that this issue needs too: error_message, steps_to_reproduce."""
    tests: Tests

    @model_validator(mode="before")
    @classmethod
    def _route_follows_from_the_tier(cls, data: object) -> object:
        if isinstance(data, dict) and "route" not in data and data.get("tier") in (1, 2):
            return {**data, "route": "answer" if data["tier"] == 1 else "handoff"}
        return data

    def step(self, step_id: str) -> Step:
        """The step with this id; raises KeyError."""
        return {step.id: step for step in self.steps}[step_id]
