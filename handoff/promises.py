"""A ticket's events replayed: what was promised on it, when that was met or broken, and how it stood at the end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter
from typing import Any, Literal

from handoff import sla
from handoff.policy import Policy, Priority
from handoff.ticket import EMPTY, Request, Ticket, User, Wait

PromiseKind = Literal["first_response", "resolution", "tier"]
OPEN_AGAIN = "resolved"


@dataclass(frozen=True)
class Happened:
    """One row of the event log, in the order of the log; `actor` is `user`, `bot`, `staff` or `clock`."""

    kind: str
    at: datetime
    conversation: int | None = None
    ticket: int | None = None
    actor: str = "bot"
    data: Mapping[str, Any] = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True)
class Promise:
    """A promise of time that was due at `due_at`, and the moment it was kept, if it was."""

    kind: PromiseKind
    ticket: int
    priority: Priority
    tier: int
    started_at: datetime
    due_at: datetime
    kept_at: datetime | None = None

    @property
    def settled_at(self) -> datetime:
        """When it was kept or broken, whichever came first: a promise counts once, then."""
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
    promises: list[Promise] = field(default_factory=list)

    def settle(self, kind: PromiseKind, at: datetime | None) -> None:
        """Put the promise as it stands now on the list; none while its clock is paused."""
        clock = _clock(self.policy, self.ticket, kind)
        if clock is not None:
            self.promises.append(
                Promise(kind, self.ticket.number, self.ticket.priority, self.ticket.tier, *clock, kept_at=at)
            )


def _clock(policy: Policy, ticket: Ticket, kind: PromiseKind) -> tuple[datetime, datetime] | None:
    """Start and due time, by the very function that decides the breach (decision O2 for the first response)."""
    names = {"first_response": sla.RESPONSES, "resolution": ("resolution",), "tier": ("tier_target",)}[kind]
    found = [clock for clock in sla.clocks(policy, ticket) if clock.kind in names]
    if not found:
        return None
    soonest = min(found, key=attrgetter("due_at"))
    return soonest.started_at, soonest.due_at


def replay(policy: Policy, events: Iterable[Happened], channel: str) -> tuple[Ticket, tuple[Promise, ...]]:
    """The ticket as its events leave it, and every promise on it; open ones have no `kept_at`. Raises ValueError
    when the first event is not `new`. Who the user is and what they said is not in the log and not in the ticket."""
    rows = iter(events)
    first = next(rows, None)
    if first is None or first.kind != "new" or first.ticket is None:
        raise ValueError("the log of a ticket begins with `new`")
    told = Replay(policy, _opened(first, channel))
    for event in rows:
        _take(told, event)
    ticket = told.ticket
    if ticket.is_open:
        if ticket.first_response_at is None:
            told.settle("first_response", None)
        told.settle("resolution", None)
        told.settle("tier", None)
    return ticket, tuple(told.promises)


def _opened(event: Happened, channel: str) -> Ticket:
    data = event.data
    request = Request(
        conversation_id=event.conversation or 0,
        channel=channel,
        user=User(),
        issue=data["issue"],
        title=data["issue"],
        summary="",
        reason=data["reason"],
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
        reason=data["reason"],
    )


def _take(told: Replay, event: Happened) -> None:
    """What one event changes."""
    ticket, at, data = told.ticket, event.at, event.data
    if event.kind == "triaged" and "priority" in data:
        told.ticket = replace(ticket, status="triaged", priority=data["priority"], tier=data["tier"], team=data["team"])
    elif event.kind == "priority":
        told.ticket = replace(ticket, priority=data["to"])
    elif event.kind == "staff_reply":
        _answered(told, at)
    elif event.kind == "waiting_for_user" and not ticket.waiting:
        told.ticket = replace(ticket, waits=(*ticket.waits, Wait(at)))
    elif event.kind == "user_answered":
        told.ticket = replace(ticket, waits=_ended(ticket, at))
    elif event.kind == "escalated":
        _escalated(told, event)
    elif event.kind == "resolved":
        _resolved(told, at)
    elif event.kind == "in_progress" and data.get("from") == OPEN_AGAIN:
        cycle = data.get("cycle", ticket.cycle + 1)
        told.ticket = replace(
            ticket, status="in_progress", cycle=cycle, started_at=at, waits=(), resolved_at=None, next_update_at=None
        )
    elif event.kind == "closed":
        told.ticket = replace(ticket, status="closed", closed_at=at, closed_as=data.get("how", ""))


def _ended(ticket: Ticket, at: datetime) -> tuple[Wait, ...]:
    return tuple(wait if wait.end else replace(wait, end=at) for wait in ticket.waits)


def _answered(told: Replay, at: datetime) -> None:
    if told.ticket.first_response_at is None:
        told.settle("first_response", at)
        told.ticket = replace(told.ticket, first_response_at=at)


def _escalated(told: Replay, event: Happened) -> None:
    """The tier that gives it up has kept or missed its goal; the next one starts (decision O3)."""
    told.settle("tier", event.at)
    rule = told.policy.escalation.to_tier_3[event.data["reason"]]
    rank, ticket = told.policy.rank, told.ticket
    urgent = rule.priority if rule.priority and rank(rule.priority) < rank(ticket.priority) else ticket.priority
    told.ticket = replace(
        ticket,
        tier=rule.tier,
        team=event.data["team"],
        reason=event.data["reason"],
        escalated_at=event.at,
        priority=urgent,
    )


def _resolved(told: Replay, at: datetime) -> None:
    _answered(told, at)
    told.ticket = replace(told.ticket, waits=_ended(told.ticket, at))
    told.settle("resolution", at)
    told.settle("tier", at)
    told.ticket = replace(told.ticket, status="resolved", resolved_at=at)
