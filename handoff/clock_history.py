"""A ticket's events replayed: which clocks ran on it, when each was met or broken, and how it stood at the end."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import Literal

from handoff import sla
from handoff.events import Payload, Unknown
from handoff.policy.model import Policy
from handoff.policy.names import Priority
from handoff.ticket import Request, Ticket, User, Wait
from handoff.ticket_events import (
    Closed,
    Escalated,
    InProgress,
    PriorityChanged,
    Resolved,
    SignalsHeard,
    StaffReplied,
    TicketOpened,
    Triaged,
    UserAnswered,
    WaitBegan,
)

ReportedClock = Literal["first_response", "resolution", "tier"]


@dataclass(frozen=True)
class Happened:
    """One row of the event log, in the order of the log."""

    payload: Payload | Unknown
    at: datetime
    conversation: int | None = None
    ticket: int | None = None


@dataclass(frozen=True)
class ClockResult:
    """How a clock ended: when it was due, and the moment at which it was met, if it was."""

    kind: ReportedClock
    ticket: int
    priority: Priority
    tier: int
    started_at: datetime
    due_at: datetime
    kept_at: datetime | None = None

    @property
    def settled_at(self) -> datetime:
        """When it was met or broken, whichever came first: a clock counts once, then."""
        return min(self.kept_at, self.due_at) if self.kept_at else self.due_at

    @property
    def within(self) -> bool:
        """True when it was kept in time."""
        return self.kept_at is not None and self.kept_at <= self.due_at


@dataclass
class Replay:
    """A ticket being replayed. Lives for one call of `replay`."""

    policy: Policy
    ticket: Ticket
    results: list[ClockResult] = field(default_factory=list)

    def settle(self, kind: ReportedClock, at: datetime | None) -> None:
        """Put the clock as it stands now on the list; none while it is paused."""
        clock = _clock(self.policy, self.ticket, kind)
        if clock is not None:
            self.results.append(
                ClockResult(kind, self.ticket.number, self.ticket.priority, self.ticket.tier, *clock, kept_at=at)
            )


def _clock(policy: Policy, ticket: Ticket, kind: ReportedClock) -> tuple[datetime, datetime] | None:
    """Start and due time, by the very function that decides the breach (decision O2 for the first response)."""
    names = {"first_response": sla.RESPONSES, "resolution": ("resolution",), "tier": (sla.TIER_GOAL,)}[kind]
    found = [clock for clock in sla.clocks(policy, ticket) if clock.kind in names]
    if not found:
        return None
    soonest = min(found, key=attrgetter("due_at"))
    return soonest.started_at, soonest.due_at


def replay(policy: Policy, events: Iterable[Happened], channel: str) -> tuple[Ticket, tuple[ClockResult, ...]]:
    """The ticket as its events leave it, and how every clock on it ended; running ones have no `kept_at`. Raises ValueError
    when the first event is not its opening. Who the user is and what they said is not in the log and not in the ticket."""
    rows = iter(events)
    first = next(rows, None)
    if first is None or first.ticket is None or not isinstance(first.payload, TicketOpened):
        raise ValueError("the log of a ticket begins with its opening")
    told = Replay(policy, _opened(first, first.payload, channel))
    for event in rows:
        _take(told, event)
    ticket = told.ticket
    if ticket.is_open:
        if ticket.first_response_at is None:
            told.settle("first_response", None)
        told.settle("resolution", None)
        told.settle("tier", None)
    return ticket, tuple(told.results)


def _opened(event: Happened, opened: TicketOpened, channel: str) -> Ticket:
    request = Request(
        conversation_id=event.conversation or 0,
        channel=channel,
        user=User(),
        issue=opened.issue,
        title=opened.issue,
        summary="",
        reason=opened.reason,
        starts_at="low",
    )
    return Ticket(
        number=event.ticket or 0,
        opened_at=event.at,
        started_at=event.at,
        request=request,
        priority="low",
        priority_rule="",
        tier=2,
        team="support",
        reason=opened.reason,
    )


def _take(told: Replay, event: Happened) -> None:
    """What one event changes."""
    ticket, at = told.ticket, event.at
    match event.payload:
        case Triaged(priority=priority, tier=tier, team=team) if priority and tier and team:
            told.ticket = replace(ticket, status="triaged", priority=priority, tier=tier, team=team)
        case PriorityChanged(to=priority):
            told.ticket = replace(ticket, priority=priority)
        case SignalsHeard(anew=True):
            told.ticket = replace(ticket, raised_at=at)
        case StaffReplied():
            _answered(told, at)
        case WaitBegan() if not ticket.waiting:
            told.ticket = replace(ticket, waits=(*ticket.waits, Wait(at)))
        case UserAnswered():
            told.ticket = replace(ticket, waits=ticket.waits_ended(at))
        case Escalated() as escalated:
            _escalated(told, escalated, at)
        case Resolved():
            _resolved(told, at)
        case InProgress(came_from="resolved" | "closed", cycle=cycle):
            _reopened(told, cycle or ticket.cycle + 1, at)
        case Closed(how=how):
            told.ticket = replace(ticket, status="closed", closed_at=at, closed_as=how)


def _reopened(told: Replay, cycle: int, at: datetime) -> None:
    told.ticket = replace(
        told.ticket,
        status="in_progress",
        cycle=cycle,
        started_at=at,
        waits=(),
        resolved_at=None,
        closed_at=None,
        next_update_at=None,
    )


def _answered(told: Replay, at: datetime) -> None:
    if told.ticket.first_response_at is None:
        told.settle("first_response", at)
        told.ticket = replace(told.ticket, first_response_at=at)


def _escalated(told: Replay, escalated: Escalated, at: datetime) -> None:
    """The tier that gives it up has kept or missed its goal; the next one starts (decision O3)."""
    told.settle("tier", at)
    rule = told.policy.escalation.to_tier_3[escalated.reason]
    rank, ticket = told.policy.rank, told.ticket
    urgent = rule.priority if rule.priority and rank(rule.priority) < rank(ticket.priority) else ticket.priority
    told.ticket = replace(
        ticket, tier=rule.tier, team=escalated.team, reason=escalated.reason, escalated_at=at, priority=urgent
    )


def _resolved(told: Replay, at: datetime) -> None:
    _answered(told, at)
    told.ticket = replace(told.ticket, waits=told.ticket.waits_ended(at))
    told.settle("resolution", at)
    told.settle("tier", at)
    told.ticket = replace(told.ticket, status="resolved", resolved_at=at)
