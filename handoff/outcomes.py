"""What became of each issue, from the event log: solved, silent, back within seven days, handed over. And the votes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from handoff.guide_figures import Satisfaction
from handoff.policy import Policy
from handoff.promises import Happened
from handoff.weeks import Span

RAISING = ("issue", "handing_over", "emergency", "new")
"""Each of these says that the conversation has raised an issue (the denominator of decision O10)."""


@dataclass(frozen=True)
class Talk:
    """A conversation: who, and on which channel."""

    user: str
    channel: str


@dataclass(frozen=True)
class Outcomes:
    """How issues ended, each counted when it ended; `came_back` counts the return, whatever was counted before it."""

    solved: int = 0
    silent: int = 0
    came_back: int = 0
    handed_over: int = 0


@dataclass(frozen=True)
class Votes:
    """Votes on answers or resolutions; `score` is None without a vote (decision O1)."""

    count: int = 0
    yes: int = 0
    score: float | None = None

    @property
    def share_of_yes(self) -> float | None:
        """0 to 1; None without a vote."""
        return self.yes / self.count if self.count else None


@dataclass
class Book:
    """The log being read in order. Lives for one call of `outcome_book`."""

    span: Span
    within: timedelta
    users: Mapping[int, Talk]
    live: dict[int, str] = field(default_factory=dict)
    """Conversation -> the issue that the assistant is at."""
    with_people: set[int] = field(default_factory=set)
    ended: dict[tuple[str, str], tuple[datetime, str]] = field(default_factory=dict)
    """User and issue -> when it last ended, and with whom."""
    of_ticket: dict[int, str] = field(default_factory=dict)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    back: Counter[str] = field(default_factory=Counter)
    """Issue -> how often it came back."""

    def count(self, who: str, what: str, at: datetime) -> None:
        """One more, when it fell into the span."""
        if self.span.has(at):
            self.counts[who, what] += 1

    def end(self, event: Happened, issue: str, who: str, what: str) -> None:
        """An issue is over for now."""
        self.count(who, what, event.at)
        self.ended[self.key(event, issue)] = (event.at, who)

    def raised(self, event: Happened, issue: str) -> None:
        """An issue is there; it came back when the same user had it end within the stated days."""
        at, who = self.ended.pop(self.key(event, issue), (None, ""))
        if at is not None and event.at - at <= self.within:
            self.came_back(who, issue, event.at)

    def came_back(self, who: str, issue: str, at: datetime) -> None:
        """One return."""
        self.count(who, "came_back", at)
        if self.span.has(at):
            self.back[issue] += 1

    def key(self, event: Happened, issue: str) -> tuple[str, str]:
        talk = self.users.get(event.conversation or 0)
        return (talk.user if talk else f"conversation {event.conversation}", issue)


def outcome_book(
    policy: Policy, events: Iterable[Happened], talks: Mapping[int, Talk], issues: Mapping[int, str], span: Span
) -> tuple[Outcomes, Outcomes, Mapping[str, int]]:
    """Outcomes of the bot, outcomes of people, and the issues that came back, all within `span`.
    `events` begin early enough to know what ended before it; `issues` names the issue of each ticket."""
    book = Book(span, policy.metrics.came_back_within, talks, of_ticket=dict(issues))
    for event in events:
        if event.ticket is not None and event.kind in ("new", "resolved", "closed", "in_progress"):
            _with_people(book, event)
        elif event.conversation is not None:
            _with_bot(book, event)
    bot = Outcomes(**{what: n for (who, what), n in book.counts.items() if who == "bot"})
    people = Outcomes(**{what: n for (who, what), n in book.counts.items() if who == "people"})
    return bot, people, dict(book.back)


def _with_bot(book: Book, event: Happened) -> None:
    conversation, issue = event.conversation or 0, event.data.get("issue") or ""
    if event.kind == "issue":
        book.raised(event, issue)
        book.live[conversation] = issue
    elif event.kind == "solved" and issue:
        book.live.pop(conversation, None)
        book.end(event, issue, "bot", "solved")
    elif event.kind == "conversation_closed" and conversation in book.live:
        book.end(event, book.live.pop(conversation), "bot", "silent")


def _with_people(book: Book, event: Happened) -> None:
    issue = book.of_ticket.get(event.ticket or 0, "")
    if event.kind == "new":
        issue = event.data["issue"]
        if book.live.pop(event.conversation or 0, None) != issue:
            book.raised(event, issue)
        book.count("bot", "handed_over", event.at)
    elif event.kind == "resolved":
        book.ended.pop(book.key(event, issue), None)
    elif event.kind == "closed":
        book.end(event, issue, "people", "solved" if event.data.get("how") == "confirmed" else "silent")
    elif event.data.get("from") == "resolved":
        book.came_back("people", issue, event.at)


def votes(rules: Satisfaction, rated: Iterable[Happened], span: Span) -> tuple[Votes, Votes, Votes]:
    """Votes of the span on the bot's answers, on people's resolutions, and on both. A vote that was changed counts
    once: when it was last changed, as it is then."""
    last: dict[tuple[Any, ...], Happened] = {}
    for event in rated:
        data = event.data
        key = (event.conversation, data["about"], event.ticket, data.get("cycle"))
        earlier = last.pop(key, None)
        same = earlier is not None and earlier.data["helpful"] == data["helpful"]
        if same and data.get("score") is None and earlier is not None:
            data = {**data, "score": earlier.data.get("score")}
        last[key] = Happened(event.kind, event.at, event.conversation, event.ticket, event.actor, data)
    counted = [event for event in last.values() if span.has(event.at)]
    bot = [event for event in counted if event.data["about"] == "bot"]
    people = [event for event in counted if event.data["about"] == "ticket"]
    return _votes(rules, bot), _votes(rules, people), _votes(rules, bot + people)


def _votes(rules: Satisfaction, rated: list[Happened]) -> Votes:
    if not rated:
        return Votes()
    yes = [event for event in rated if event.data["helpful"]]
    scores = [
        event.data.get("score") or (rules.yes_counts_as if event.data["helpful"] else rules.no_counts_as)
        for event in rated
    ]
    return Votes(len(rated), len(yes), sum(scores) / len(scores))
