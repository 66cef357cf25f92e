"""The format of one intents file: one known issue, its approved texts and its own tests."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from handoff.data_files import Strict
from handoff.policy.names import URGENT, Priority, Team
from handoff.text_files import Review

Sentence = Annotated[str, Field(min_length=2, max_length=300)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
IntentId = Annotated[str, Field(pattern=r"^[a-z]+\.[a-z0-9_]+$")]
Page = Annotated[str, Field(pattern=r"^[a-z-]+/[a-z-]+(#[a-z-]+)?$")]
Role = Literal["patient", "doctor", "staff"]
Route = Literal["answer", "handoff", "emergency", "decline", "smalltalk", "facts"]


class SignalPhrases(Strict):
    """Sentences that, when heard in this issue, mean a fact the guide has a rule for."""

    signal: Name
    """A fact of handoff/guide/priorities.yml; what follows from it stands there."""
    when: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    """Sentences that state the fact; others that mean the same are heard too."""
    unless_nearer: Name | None = None
    """Another fact of this file: where the words come nearer to that one, this one is not heard."""


class Option(Strict):
    """A reply button: where it leads, and what it tells."""

    label: Annotated[str, Field(min_length=1, max_length=40)]
    """What stands on the button. Yes and No need quotes."""
    go: Annotated[str, Field(pattern=r"^[a-z0-9_.]+$")]
    """Where it leads: a step of this file, `solved`, `handoff`, `emergency`, or the id of another issue."""
    signal: Name | None = None
    """A fact of handoff/guide/priorities.yml that pressing it states."""
    cannot: bool = False
    """Whether it says that the step cannot be taken at all; any other that does not lead to `solved` says that it did not help."""
    says: tuple[Sentence, ...] = ()
    """What people write who mean this button, in their own words."""


class Step(Strict):
    """One thing for the user to try: what to do, the question after it, and the answers."""

    id: Name
    """What the step is called in this file, in tests and on tickets."""
    say: Annotated[str, Field(min_length=10, max_length=1200)]
    """What to do, as it is said. Names of screens are in bold and stand in kb_articles/glossary.yml."""
    say_for: dict[Role, str] = Field(default_factory=dict)
    """The same for a role that needs other words; it is said instead."""
    ask: Annotated[str, Field(max_length=200)]
    """The question after it."""
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=4)]
    """The buttons under the question."""
    tried: tuple[Sentence, ...] = ()
    """How people say that they have already done this step; then it is not offered."""
    always: Annotated[str, Field(max_length=300)] = ""
    """What protects whoever has it: said also where the step itself is passed over."""

    @property
    def onward(self) -> Option:
        """The answer of somebody whom the step did not help."""
        others = [option for option in self.options if option.go != "solved"]
        plain = [option for option in others if option.signal is None and "." not in option.go]
        return (plain or others or list(self.options))[0]


class Detail(Strict):
    """A question asked only on the way to a person; it can always be skipped."""

    id: Name
    """What the answer is called in this file; one name for one meaning in all files."""
    ask: Annotated[str, Field(min_length=5, max_length=250)]
    """The question, as it is asked. Never for a password, a code or a card number."""
    label: Annotated[str, Field(min_length=2, max_length=40)]
    """What the answer is called on the ticket."""
    choices: Annotated[tuple[str, ...], Field(max_length=6)] = ()
    """Answers to press; without them the user writes."""
    optional: bool = False
    """A note for editors that little hangs on the answer. It changes nothing: every question can be skipped."""


class Explained(Strict):
    """A question about a step that an approved text answers, as people put it."""

    asks: Annotated[tuple[Sentence, ...], Field(min_length=2)]
    """How people ask it; questions that mean the same are answered too."""
    say: Annotated[str, Field(min_length=10, max_length=500)]
    """The answer. The step's own question follows it."""


class NearMiss(Strict):
    """A sentence that must not come back as this issue."""

    text: Sentence
    """The sentence."""
    expect: IntentId | None = None
    """The issue that must come first instead."""
    signal: Name | None = None
    """A fact that must be heard in it."""


class Turn(Strict):
    """One thing the user says or presses in a walk, and what the bot must then be doing."""

    user: str
    """What the user writes, or the label that they press."""
    step: Name | None = None
    """The step that must then be before the user."""
    asks: Name | None = None
    """The question on the way to a person that must then be before the user."""


class TicketFacts(Strict):
    """What the ticket at the end of a walk must say."""

    tier: Literal[2, 3] | None = None
    """Its tier."""
    priority: Priority | None = None
    """Its priority."""
    team: Team | None = None
    """The team that gets it."""
    reason: Name | None = None
    """Why it went to people, by the name in handoff/guide/escalation.yml."""
    issue: IntentId | None = None
    """Its issue, where that is not the one of this file."""


class Walk(Strict):
    """A whole conversation, turn by turn, that ends as said."""

    name: str
    """What happens in it, in a few words; the test is named after it."""
    role: Role = "patient"
    """Who writes."""
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]
    """What the user says, one after the other."""
    ends: Literal["solved", "handoff", "open"]
    """How it must end: solved, with a ticket, or neither yet."""
    ticket: TicketFacts | None = None
    """What the ticket must say; facts that are left out are not looked at."""


class GivesWay(Strict):
    """A neighbour that is meant where both are likely: slow for many is slow, and no outage."""

    to: IntentId
    """The neighbour."""
    likely: Annotated[float, Field(gt=0, lt=1)]
    """How likely it must be at least, from 0 to 1, as `ask` shows it."""


class Tests(Strict):
    """The tests that an issue carries. They never train."""

    match: Annotated[tuple[Sentence, ...], Field(min_length=4)]
    """Sentences that must be read as this issue."""
    near_miss: Annotated[tuple[NearMiss, ...], Field(min_length=2)]
    """Sentences that must not be answered with this issue."""
    known_gaps: tuple[Sentence, ...] = ()
    """Sentences that should be read as this issue and are not yet. One that works is a failure: move it to `match`."""
    walks: tuple[Walk, ...] = ()
    """Whole conversations."""


class Intent(Strict):
    """One known issue of the catalogue, as its file says it."""

    id: IntentId
    """The area and the name. The file is called the same, with _ for the dot."""
    title: Annotated[str, Field(min_length=3, max_length=60)]
    """What people call it: on buttons, tickets and in reports."""
    guide: str
    """Where it comes from: the table and row of the support guide, a decision, or a gap that was found."""
    rows: tuple[str, ...] = ()
    """Rows of handoff/guide/checklist.yml that the walks of this file prove."""
    tier: Literal[1, 2] | None = None
    """1: the assistant answers, with steps. 2: people answer. Without a tier, `route` says what happens."""
    route: Route
    """What becomes of it; follows from the tier where there is one. `facts` answers with the guide's own data."""
    priority: Priority = "low"
    """Where a ticket starts; the facts that are heard may raise it."""
    team: Team = "support"
    """Who gets the ticket, unless a fact that is heard says otherwise."""
    reason: Name | None = None
    """Why it goes to people at once, by the name in handoff/guide/escalation.yml."""
    flags: tuple[Name, ...] = ()
    """Remarks that every ticket of this issue carries, by the names in handoff/guide/words.yml."""
    kb: tuple[Page, ...] = ()
    """The help pages that belong to it, the best first."""
    review: Review
    """Who answers for the texts, and since when."""
    examples: Annotated[tuple[Sentence, ...], Field(min_length=30)]
    """What people write who have it. They teach; about forty telling ones are enough."""
    unlike: tuple[Sentence, ...] = ()
    """Sentences that only sound like it, for whoever edits the file. Nothing learns from them."""
    gives_way: tuple[GivesWay, ...] = ()
    """Neighbours that are meant where they are likely beside this one."""
    roles: tuple[Role, ...] = ()
    """Who has it: nobody else is answered with it, or offered it. Without any it is everybody's."""
    covers: tuple[IntentId, ...] = ()
    """Issues that are the same matter for whoever has this one; told together, they are looked at once."""
    keywords: tuple[Annotated[str, Field(min_length=2)], ...] = ()
    """Names of the matter. Those of several words teach like examples; single words only tell whoever edits the file."""
    signals: tuple[SignalPhrases, ...] = ()
    """Facts that people state in this issue, and how they put them."""
    one_signal_holds: bool = False
    """Whether one of the facts is always true of the issue: the likeliest is taken when none was stated."""
    tells_no_fault: bool = False
    """Whether it is a wish or a question, so that nothing said with it makes it urgent but danger."""
    answer: Annotated[str, Field(max_length=700)]
    """The first thing said, before the first step or question."""
    steps: Annotated[tuple[Step, ...], Field(max_length=6)] = ()
    """What to try, one at a time. The first one comes first; the buttons lead on. Tier 1 needs them."""
    details: Annotated[tuple[Detail, ...], Field(max_length=4)] = ()
    """What to ask on the way to a person."""
    glossary: tuple[Explained, ...] = ()
    """What people ask about the steps, and the approved answer."""
    gather: tuple[Name, ...] = ()
    """Questions of handoff/guide/escalation.yml that this issue needs too: error_message, steps_to_reproduce."""
    tests: Tests
    """Its own tests."""

    @model_validator(mode="before")
    @classmethod
    def _route_follows_from_the_tier(cls, data: object) -> object:
        if isinstance(data, dict) and "route" not in data and data.get("tier") in (1, 2):
            return {**data, "route": "answer" if data["tier"] == 1 else "handoff"}
        return data

    @property
    def is_grave(self) -> bool:
        """Security, privacy, lost data, an outage: what wakes people up, and is looked at before anything is tried."""
        special = self.team != "support" or "engineering" in self.flags
        return self.route == "handoff" and self.priority in URGENT and special

    def find_step(self, step_id: str | None) -> Step | None:
        """The step with this id; None where there is none."""
        return next((step for step in self.steps if step.id == step_id), None)

    def step(self, step_id: str) -> Step:
        """The step with this id; raises KeyError."""
        return {step.id: step for step in self.steps}[step_id]
