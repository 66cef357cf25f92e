"""What became of each issue, from the event log: solved, silent, back within seven days, handed over. And the votes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from handoff.clock_history import Happened
from handoff.events import ConversationClosed, EmergencyHeard, HandoverBegun, IssueRaised, IssueSolved, Rated
from handoff.policy.metrics import Satisfaction
from handoff.policy.model import Policy
from handoff.ticket_events import Closed, InProgress, Resolved, TicketOpened
from handoff.weeks import Span

RAISING = (IssueRaised, HandoverBegun, EmergencyHeard, TicketOpened)
"""Each of these says that the conversation has raised an issue (the denominator of decision O10)."""


Who = Literal["bot", "people"]
Subject: TypeAlias = tuple[int | None, str, int | None, int | None]
"""What a vote is about: conversation, bot or ticket, the ticket and its resolution."""


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
    ended: dict[tuple[str, str], tuple[datetime, Who]] = field(default_factory=dict)
    """User and issue -> when it last ended, and with whom."""
    of_ticket: dict[int, str] = field(default_factory=dict)
    counts: dict[Who, Counter[str]] = field(default_factory=lambda: {"bot": Counter(), "people": Counter()})
    back: Counter[str] = field(default_factory=Counter)
    """Issue -> how often it came back."""

    def count(self, who: Who, what: str, at: datetime) -> None:
        """One more, when it fell into the span."""
        if self.span.has(at):
            self.counts[who][what] += 1

    def end(self, event: Happened, issue: str, who: Who, what: str) -> None:
        """An issue is over for now."""
        self.count(who, what, event.at)
        self.ended[self.key(event, issue)] = (event.at, who)

    def raised(self, event: Happened, issue: str) -> None:
        """An issue is there; it came back when the same user had it end within the stated days."""
        before = self.ended.pop(self.key(event, issue), None)
        if before is not None and event.at - before[0] <= self.within:
            self.came_back(before[1], issue, event.at)

    def came_back(self, who: Who, issue: str, at: datetime) -> None:
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
        _with_people(book, event)
        _with_bot(book, event)
    return Outcomes(**book.counts["bot"]), Outcomes(**book.counts["people"]), dict(book.back)


def _with_bot(book: Book, event: Happened) -> None:
    conversation = event.conversation
    if conversation is None:
        return
    match event.payload:
        case IssueRaised(issue=issue):
            book.raised(event, issue)
            book.live[conversation] = issue
        case IssueSolved(issue=issue) if issue:
            book.live.pop(conversation, None)
            book.end(event, issue, "bot", "solved")
        case ConversationClosed() if conversation in book.live:
            book.end(event, book.live.pop(conversation), "bot", "silent")


def _with_people(book: Book, event: Happened) -> None:
    if event.ticket is None:
        return
    issue = book.of_ticket.get(event.ticket, "")
    match event.payload:
        case TicketOpened(issue=opened):
            if book.live.pop(event.conversation or 0, None) != opened:
                book.raised(event, opened)
            book.count("bot", "handed_over", event.at)
        case Resolved():
            book.ended.pop(book.key(event, issue), None)
        case Closed(how=how):
            book.end(event, issue, "people", "solved" if how == "confirmed" else "silent")
        case InProgress(came_from="resolved"):
            book.came_back("people", issue, event.at)


def votes(rules: Satisfaction, log: Iterable[Happened], span: Span) -> tuple[Votes, Votes, Votes]:
    """Votes of the span on the bot's answers, on people's resolutions, and on both. A vote that was changed counts
    once: when it was last changed, as it is then."""
    last: dict[Subject, tuple[datetime, Rated]] = {}
    for event in log:
        if isinstance(event.payload, Rated):
            vote = event.payload
            subject = (event.conversation, vote.about, event.ticket, vote.cycle)
            _, earlier = last.pop(subject, (event.at, vote))
            same = earlier.helpful == vote.helpful
            last[subject] = (event.at, replace(vote, score=earlier.score) if same and vote.score is None else vote)
    counted = [vote for at, vote in last.values() if span.has(at)]
    bot = [vote for vote in counted if vote.about == "bot"]
    people = [vote for vote in counted if vote.about == "ticket"]
    return _votes(rules, bot), _votes(rules, people), _votes(rules, counted)


def _votes(rules: Satisfaction, rated: list[Rated]) -> Votes:
    if not rated:
        return Votes()
    yes = [vote for vote in rated if vote.helpful]
    scores = [vote.score or (rules.yes_counts_as if vote.helpful else rules.no_counts_as) for vote in rated]
    return Votes(len(rated), len(yes), sum(scores) / len(scores))
