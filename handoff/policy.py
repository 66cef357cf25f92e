"""handoff/guide/*.yml -> one frozen Policy: every table, rule and number of the support guide."""

from datetime import date
from pathlib import Path
from typing import Any, Literal, cast, get_args

from pydantic import Field, model_validator

from handoff.bounds import table_faults
from handoff.data_files import DataFaults, Document, Fault, Strict, read_yaml, validated
from handoff.durations import Duration
from handoff.safe import Approved

Priority = Literal["critical", "high", "medium", "low"]
Status = Literal["new", "triaged", "assigned", "in_progress", "resolved", "closed"]
Team = Literal["support", "engineering", "security", "compliance"]
KindName = Literal["emergency", "privacy", "security", "data_loss", "usual"]
StaffRoute = Literal["chat", "email", "phone", "phone_unknown"]
RouteWords = Literal["chat", "email", "email_not_possible", "phone", "phone_unknown"]

PRIORITIES: tuple[Priority, ...] = ("critical", "high", "medium", "low")
HERE = Path(__file__).parent
GUIDE_VERSION = "1.0"


class Channel(Strict):
    row: str
    name: str
    contact: str
    response: str
    counted_in: Literal["clock", "business", "none"]
    best_for: str


class Channels(Strict):
    channels: dict[str, Channel]
    letters: tuple[str, ...]
    """Channels in which the guide's letters are sent as they are; in a chat one card stands for the first two."""
    also: dict[str, str]


class ResponseTarget(Strict):
    row: str
    means: str
    first_response: Duration
    resolution: Duration


class Triage(Strict):
    row: str
    within: Duration


class Sla(Strict):
    response: dict[Priority, ResponseTarget]
    further_update: dict[Priority, Duration]
    triage: Triage
    warnings: tuple[int, ...]


class SignalRule(Strict):
    """What follows when a fact is observed."""

    row: str
    means: Approved
    priority: Priority | None = None
    team: Team | None = None
    reason: str | None = None
    flags: tuple[str, ...] = ()
    by_staff: bool = False
    lowers: bool = False
    """True for what is Low whatever its issue starts at, as long as nothing else that was heard says more."""


class Priorities(Strict):
    signals: dict[str, SignalRule]


class Tier(Strict):
    name: str
    handled_by: tuple[str, ...]
    scope: tuple[str, ...]
    target: dict[Priority, Duration]


class TeamRow(Strict):
    name: Approved
    tier: Literal[2, 3]
    channel_setting: str
    withhold_words: bool = False
    hold_on_purge: bool = False
    checklist: str | None = None


class Tiers(Strict):
    tiers: dict[int, Tier]
    teams: dict[Team, TeamRow]


class State(Strict):
    row: str
    name: Approved


class Lifecycle(Strict):
    states: dict[Status, State]
    moves: dict[Status, tuple[Status, ...]]
    reopen_within: Duration
    close_silently_after: Duration
    idle_conversation_after: Duration
    hand_over_after: Duration
    waiting_pauses: tuple[str, ...]


class Holidays(Strict):
    country: str
    also_closed: dict[date, str] = Field(default_factory=dict)
    open_on: tuple[date, ...] = ()


class PhoneHours(Strict):
    always: bool


class Hours(Strict):
    confirmed: bool
    zone: str
    on_call_for: tuple[Priority, ...] = ()
    """Priorities for which somebody is called while support is closed."""
    week: dict[str, tuple[str, ...]]
    holidays: Holidays
    phone: PhoneHours


class Reason(Strict):
    row: str
    means: Approved


class FurtherReason(Strict):
    """Why a ticket leaves Tier 2, where it goes, and the priority it has there at least."""

    row: str
    means: Approved
    team: Team | None = None
    tier: Literal[2, 3] = 3
    priority: Priority | None = None


class Gather(Strict):
    """A detail that every ticket needs, and when it is asked for."""

    id: str
    row: str
    label: str
    ask: str
    when: Literal["no_user_id", "issue_asks", "nothing_told"]


class Escalation(Strict):
    of_no_issue: tuple[str, ...]
    """Issues whose title tells nothing of the matter: there the user's own summary names it."""
    to_tier_2: dict[str, Reason]
    to_tier_3: dict[str, FurtherReason]
    gather: tuple[Gather, ...]


class Contact(Strict):
    row: str
    role: Approved
    name: Approved
    email: str
    slack: str
    needed_in_production: bool


class RotaWeek(Strict):
    start: date
    end: date
    name: Approved
    email: str = ""
    slack: str = ""


class Ladder(Strict):
    again_after: Duration
    order: tuple[str, ...]
    first_of_team: dict[Team, str]


class Contacts(Strict):
    contacts: dict[str, Contact]
    rota: tuple[RotaWeek, ...]
    critical_ladder: Ladder


class Metric(Strict):
    row: str
    name: str
    target: Literal["within_sla", "above", "below", "trend"]
    every: Literal["day", "week"]
    value: float | None = None
    out_of: int | None = None
    unit: str | None = None
    weeks_shown: int | None = None


class Satisfaction(Strict):
    yes_counts_as: int
    no_counts_as: int
    lowest: int
    highest: int


class Metrics(Strict):
    metrics: dict[str, Metric]
    satisfaction: Satisfaction
    weekly_report: tuple[str, ...]
    report_to: tuple[str, ...]
    """Contacts who get the weekly report by mail."""
    came_back_within: Duration
    immediate: Duration
    """What counts as an immediate answer of the assistant (row T1.7)."""


class Outage(Strict):
    """When like issues of several people raise a suspected incident."""

    window: Duration
    fewest_users: int = Field(ge=2)
    unlikely: float = Field(gt=0, lt=1)
    usual_over_weeks: int = Field(ge=1)
    usual_at_least: float = Field(gt=0)
    quiet_after: Duration
    not_again_for: Duration
    issues: tuple[str, ...]


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


class Communication(Strict):
    rules: dict[str, WordRule]
    asks_for_secrets: SecretsRule
    links: LinksRule


class Kind(Strict):
    """What is at stake in a ticket, and the words that go with it in everything that is said (guide/kinds.yml)."""

    row: str
    signals: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    care: str = ""
    meanwhile: str
    updates: tuple[str, ...] = Field(min_length=2)
    solved: str
    afterwards: str = ""
    subject: str = ""
    staff: Approved | None = None


class Kinds(Strict):
    kinds: dict[KindName, Kind]

    @model_validator(mode="after")
    def _is_whole(self) -> "Kinds":
        missing = set(get_args(KindName)) - set(self.kinds)
        if missing:
            raise ValueError(f"no words for {', '.join(sorted(missing))}")
        return self


class Wish(Strict):
    """Which question asks how the user wants to be answered, and what its choices mean."""

    detail: str
    by_email: tuple[str, ...]
    by_phone: tuple[str, ...]
    number_in: tuple[str, ...]


class Reach(Strict):
    """How people who are not looking are reached (decision O27)."""

    unread_for: Duration
    quiet: str = Field("", pattern=r"^(\d\d:\d\d-\d\d:\d\d)?$")
    answers: tuple[str, ...]
    wish: Wish
    routes: dict[RouteWords, str]
    staff: dict[StaffRoute, Approved]


class Words(Strict):
    """Words that the templates need: names of priorities, outcomes of steps, lengths of time."""

    priorities: dict[Priority, Approved]
    priority_means: dict[Priority, str]
    """A priority in plain words."""
    outcomes: dict[str, Approved]
    said_by: dict[str, Approved]
    length: dict[str, str]
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


class Policy(Strict):
    """The support guide as one frozen value."""

    channels: Channels
    sla: Sla
    priorities: Priorities
    tiers: Tiers
    lifecycle: Lifecycle
    hours: Hours
    escalation: Escalation
    contacts: Contacts
    metrics: Metrics
    knowledge_base: KnowledgeBase
    outage: Outage
    communication: Communication
    words: Words
    kinds: Kinds
    reach: Reach

    def rank(self, priority: Priority) -> int:
        """0 for the most urgent priority; a smaller number is more urgent."""
        return PRIORITIES.index(priority)


_PARTS: dict[str, type[Strict]] = {
    name: cast("type[Strict]", field.annotation) for name, field in Policy.model_fields.items()
}


def load_policy(folder: Path = HERE / "guide") -> Policy:
    """The guide's data as one policy; raises DataFaults with every fault of every file."""
    parts: dict[str, Any] = {}
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    for name, model in _PARTS.items():
        try:
            documents[name] = read_yaml(folder / f"{name}.yml", folder.parent.parent)
            parts[name] = validated(model, documents[name])
        except DataFaults as error:
            faults += error.faults
    if not faults:
        whole = Policy.model_construct(**parts)
        faults = table_faults(whole, documents) or _contradictions(whole, documents)
    if faults:
        raise DataFaults(faults)
    return Policy(**parts)


def _contradictions(policy: Policy, documents: dict[str, Document]) -> list[Fault]:
    """Names that one file uses and another does not know."""
    faults = []
    reasons = policy.escalation.to_tier_2
    for name, rule in policy.priorities.signals.items():
        if rule.reason is not None and rule.reason not in reasons:
            faults.append(
                documents["priorities"].fault(f"reason `{rule.reason}` is not in escalation.yml", "signals", name)
            )
    known = {*reasons, *policy.escalation.to_tier_3}
    for name, kind in policy.kinds.kinds.items():
        wrong = [*(set(kind.signals) - set(policy.priorities.signals)), *(set(kind.reasons) - known)]
        faults += [documents["kinds"].fault(f"`{one}` is no signal and no reason", "kinds", name) for one in wrong]
    ladder = policy.contacts.critical_ladder
    for place, names in (("order", ladder.order), ("first_of_team", tuple(ladder.first_of_team.values()))):
        for name in names:
            if name not in policy.contacts.contacts:
                faults.append(documents["contacts"].fault(f"`{name}` is not a contact", "critical_ladder", place))
    for state, moves in policy.lifecycle.moves.items():
        if not set(moves) <= set(policy.lifecycle.states):
            faults.append(documents["lifecycle"].fault(f"a move from {state} leads nowhere", "moves", state))
    return faults
