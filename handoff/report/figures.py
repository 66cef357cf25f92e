"""The weekly report: records in, every figure of the guide's "Metrics & Reporting" out. Nothing here reads a clock."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict

from handoff.clock_history import ClockResult, Happened, replay
from handoff.events import Corrected, HandoverBegun, IssueRaised
from handoff.policy.model import Policy
from handoff.policy.names import PRIORITIES, Priority
from handoff.report.outcomes import RAISING, Outcomes, Talk, Votes, outcome_book, votes
from handoff.report.times import Answered, Day, Times, bot_answers, days, of_each, self_service, times
from handoff.ticket import Ticket
from handoff.ticket_events import Escalated, TicketOpened, Triaged
from handoff.weeks import Span, span_of, weeks_shown

MOST_ISSUES = 10
WORDS_SHOWN = 3


@dataclass(frozen=True)
class Unclear:
    """A message that was not understood well enough: the nearest known issue (empty: none near) and safe words of it."""

    nearest: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Records:
    """What the report is made of. The log is in its own order and begins early enough (`records_from`)."""

    log: tuple[Happened, ...]
    """Conversations from `records_from` on, with the opening and triage of every ticket."""
    tickets: Mapping[int, tuple[Happened, ...]]
    """Ticket -> its whole log, for every ticket that was not over before the week."""
    talks: Mapping[int, Talk]
    issues: Mapping[int, str]
    """Ticket -> its issue, for every ticket in the log."""
    answers: tuple[Answered, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    stale: tuple[str, ...] = ()
    """Pages of the help center that are past their review date and no longer shown."""
    pages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Issue -> the pages that it sends people to."""


@dataclass(frozen=True)
class Cluster:
    """Messages that were not understood and lie near the same known issue (empty: near none)."""

    nearest: str
    count: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Escalations:
    """Decision O10: tickets that went from Tier 1 to Tier 2, of the conversations that raised an issue; Tier 3 apart."""

    to_tier_2: int
    conversations: int
    by_reason: Mapping[str, int]
    to_tier_3: int
    further: Mapping[str, int]

    @property
    def rate(self) -> float | None:
        """In percent; None when no conversation raised an issue."""
        return 100 * self.to_tier_2 / self.conversations if self.conversations else None


@dataclass(frozen=True)
class Report:
    """All figures of one week, from its log alone: the same records give the same report."""

    week: str
    start: datetime
    end: datetime
    until: datetime
    """The moment up to which the log was read: the end of the week, or earlier while it is running."""
    received: int
    by_priority: Mapping[Priority, int]
    volume: tuple[tuple[str, Mapping[Priority, int]], ...]
    first_response: Times
    first_by_priority: Mapping[Priority, Times]
    resolution: Times
    resolution_by_priority: Mapping[Priority, Times]
    goals: Mapping[int, Times]
    """Tier -> its own target (decision O3: a goal beside the SLA)."""
    bot_answers: Times
    self_service: Times
    days: tuple[Day, ...]
    open_tickets: Mapping[Priority, int]
    overdue: int
    bot_votes: Votes
    people_votes: Votes
    votes: Votes
    bot_outcomes: Outcomes
    people_outcomes: Outcomes
    issues: tuple[tuple[str, int], ...]
    """What people came with most often."""
    other_issues: int
    """How often they came with anything else."""
    came_back: Mapping[str, int]
    not_understood: int
    corrected: int
    clusters: tuple[Cluster, ...]
    escalations: Escalations
    stale: tuple[tuple[str, int], ...]
    """Stale page -> conversations of the week whose issue would have sent people there."""


class Timed(TypedDict):
    """The fields of the report that are about clocks."""

    first_response: Times
    first_by_priority: Mapping[Priority, Times]
    resolution: Times
    resolution_by_priority: Mapping[Priority, Times]
    goals: Mapping[int, Times]


def make_report(policy: Policy, week: str, records: Records, now: datetime) -> Report:
    """The figures of the week, from what had happened by its end (or by `now` while it is running)."""
    whole = span_of(policy, week)
    span = Span(whole.start, min(whole.end, max(now, whole.start)))
    log = tuple(event for event in records.log if event.at < span.end)
    lives = _lives(policy, records, span.end)
    results = [result for _, made in lives for result in made]
    received = list(_received(log, span))
    of_bot, of_people, together = votes(policy.metrics.satisfaction, log, span)
    bot, people, back = outcome_book(policy, log, records.talks, records.issues, span)
    return Report(
        week=week,
        start=whole.start,
        end=whole.end,
        until=span.end,
        received=len(received),
        by_priority=_by_priority(priority for _, priority in received),
        volume=_volume(policy, week, log),
        **_timed(results, span),
        bot_answers=bot_answers(policy, records.answers, span),
        self_service=self_service(policy, log, span),
        days=days(policy, whole, span, [event.at for event, _ in received], results),
        open_tickets=_by_priority(ticket.priority for ticket, _ in lives if ticket.is_open),
        overdue=sum(1 for ticket, made in lives if ticket.is_open and _has_missed(made, span.end)),
        bot_votes=of_bot,
        people_votes=of_people,
        votes=together,
        bot_outcomes=bot,
        people_outcomes=people,
        issues=_top_issues(log, span),
        other_issues=sum(1 for _ in _raised(log, span)) - sum(times for _, times in _top_issues(log, span)),
        came_back=back,
        not_understood=sum(1 for event in log if is_not_understood(event) and span.has(event.at)),
        corrected=sum(1 for event in log if isinstance(event.payload, Corrected) and span.has(event.at)),
        clusters=_clusters(records.unclear),
        escalations=_escalations(policy, log, span),
        stale=_stale(records, log, span),
    )


def is_not_understood(event: Happened) -> bool:
    """True where the assistant gave a conversation up to people because it did not understand."""
    return isinstance(event.payload, HandoverBegun) and event.payload.reason == "not_understood"


def _received(log: Iterable[Happened], span: Span) -> Iterator[tuple[Happened, Priority]]:
    """The tickets of the span, each with the priority that it began with."""
    for event in log:
        if isinstance(event.payload, Triaged) and event.payload.priority and span.has(event.at):
            yield event, event.payload.priority


def _timed(results: list[ClockResult], span: Span) -> Timed:
    """The fields of the report that are about clocks."""
    return {
        "first_response": times(results, "first_response", span),
        "first_by_priority": of_each(results, "first_response", span),
        "resolution": times(results, "resolution", span),
        "resolution_by_priority": of_each(results, "resolution", span),
        "goals": {tier: times([p for p in results if p.tier == tier], "tier", span) for tier in (2, 3)},
    }


def _has_missed(made: Iterable[ClockResult], end: datetime) -> bool:
    return any(not result.kept_at and result.due_at < end for result in made if result.kind != "tier")


def _lives(policy: Policy, records: Records, end: datetime) -> list[tuple[Ticket, tuple[ClockResult, ...]]]:
    lives = []
    for events in records.tickets.values():
        known = [event for event in events if event.at < end]
        if known:
            talk = records.talks.get(known[0].conversation or 0)
            lives.append(replay(policy, known, talk.channel if talk else ""))
    return lives


def _by_priority(found: Iterable[Priority]) -> dict[Priority, int]:
    counted = Counter(found)
    return {name: counted[name] for name in PRIORITIES}


def _volume(policy: Policy, week: str, log: tuple[Happened, ...]) -> tuple[tuple[str, Mapping[Priority, int]], ...]:
    weeks = {name: span_of(policy, name) for name in weeks_shown(policy, week)}
    return tuple((name, _by_priority(priority for _, priority in _received(log, span))) for name, span in weeks.items())


def _clusters(unclear: Iterable[Unclear]) -> tuple[Cluster, ...]:
    """Messages that lie near the same issue, biggest group first, with the words that most of them share."""
    groups: dict[str, list[Unclear]] = {}
    for message in unclear:
        groups.setdefault(message.nearest, []).append(message)
    clusters = []
    for nearest, messages in groups.items():
        shared = Counter(word for message in messages for word in dict.fromkeys(message.words))
        often = sorted((word for word, count in shared.items() if count > 1), key=lambda word: (-shared[word], word))
        clusters.append(Cluster(nearest, len(messages), tuple(often[:WORDS_SHOWN])))
    return tuple(sorted(clusters, key=lambda cluster: (-cluster.count, cluster.nearest)))


def _top_issues(log: tuple[Happened, ...], span: Span) -> tuple[tuple[str, int], ...]:
    raised = Counter(issue for _, issue in _raised(log, span))
    return tuple(raised.most_common(MOST_ISSUES))


def _raised(log: Iterable[Happened], span: Span) -> Iterator[tuple[Happened, str]]:
    for event in log:
        if isinstance(event.payload, IssueRaised) and span.has(event.at):
            yield event, event.payload.issue


def _escalations(policy: Policy, log: tuple[Happened, ...], span: Span) -> Escalations:
    now = [event for event in log if span.has(event.at)]
    reasons = Counter(event.payload.reason for event in now if isinstance(event.payload, TicketOpened))
    moved = [event.payload.reason for event in now if isinstance(event.payload, Escalated)]
    further = Counter(reason for reason in moved if policy.escalation.to_tier_3[reason].tier == 3)
    raised = {event.conversation for event in now if isinstance(event.payload, RAISING)}
    return Escalations(
        reasons.total(), len(raised), dict(reasons.most_common()), further.total(), dict(further.most_common())
    )


def _stale(records: Records, log: tuple[Happened, ...], span: Span) -> tuple[tuple[str, int], ...]:
    cost: dict[str, set[int | None]] = {page: set() for page in records.stale}
    for event, issue in _raised(log, span):
        for page in cost.keys() & records.pages.get(issue, ()):
            cost[page].add(event.conversation)
    return tuple((page, len(found)) for page, found in cost.items())
