"""New -> Triaged -> Assigned -> In Progress -> Resolved -> Closed: which moves are allowed."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from handoff.guide_names import Status
from handoff.policy import Policy
from handoff.ticket import Actor, Event, Ticket


class NotAllowed(Exception):
    """A thing that the ticket's state does not allow; `code` names the approved sentence that says so."""

    def __init__(self, code: str, **facts: str) -> None:
        self.code = code
        self.facts = facts
        super().__init__(f"{code} {facts}")


def move(policy: Policy, ticket: Ticket, to: Status, by: Actor, at: datetime, **data: Any) -> tuple[Ticket, Event]:
    """The ticket in its new state and the event that says so; raises NotAllowed for a move the guide does not have."""
    if to not in policy.lifecycle.moves[ticket.status]:
        states = policy.lifecycle.states
        raise NotAllowed("move_not_allowed", is_now=states[ticket.status].name, wanted=states[to].name)
    return replace(ticket, status=to), Event(to, by, at, {"from": ticket.status, **data})


def advance(policy: Policy, ticket: Ticket, to: Status, by: Actor, at: datetime) -> tuple[Ticket, tuple[Event, ...]]:
    """The ticket moved forward to a state through every state between, one event each; nothing when it is there already."""
    order: tuple[Status, ...] = ("new", "triaged", "assigned", "in_progress", "resolved", "closed")
    events: list[Event] = []
    while order.index(ticket.status) < order.index(to):
        ticket, event = move(policy, ticket, order[order.index(ticket.status) + 1], by, at)
        events.append(event)
    return ticket, tuple(events)
