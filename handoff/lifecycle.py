"""New -> Triaged -> Assigned -> In Progress -> Resolved -> Closed: which moves are allowed."""

from dataclasses import dataclass, replace
from datetime import datetime

from handoff.events import Payload
from handoff.policy.model import Policy
from handoff.policy.names import Status
from handoff.ticket import Actor, Event, Ticket
from handoff.ticket_events import Assigned, Closed, InProgress, Moved, Resolved, Triaged

STATES: tuple[type[Moved], ...] = (Triaged, Assigned, InProgress, Resolved, Closed)
"""What a ticket goes through after it was opened, in order."""


@dataclass(frozen=True)
class CommandContext:
    """That somebody does something: by which policy, who, and when."""

    policy: Policy
    by: Actor
    now: datetime

    def event(self, payload: Payload) -> Event:
        """What happened by it, for the record."""
        return Event(payload, self.by, self.now)


class NotAllowed(Exception):
    """A thing that the ticket's state does not allow; `code` names the approved sentence that says so."""

    def __init__(self, code: str, **facts: str) -> None:
        self.code = code
        self.facts = facts
        super().__init__(f"{code} {facts}")


def move(context: CommandContext, ticket: Ticket, to: Moved) -> tuple[Ticket, Event]:
    """The ticket in its new state and the event that says so; raises NotAllowed for a move the guide does not have."""
    if to.kind not in context.policy.lifecycle.moves[ticket.status]:
        states = context.policy.lifecycle.states
        raise NotAllowed("move_not_allowed", is_now=states[ticket.status].name, wanted=states[to.kind].name)
    return replace(ticket, status=to.kind), context.event(to)


def advance(context: CommandContext, ticket: Ticket, to: Status) -> tuple[Ticket, tuple[Event, ...]]:
    """The ticket moved forward to a state through every state between, one event each; nothing when it is there already."""
    order = ["new", *(state.kind for state in STATES)]
    events: list[Event] = []
    for state in STATES[order.index(ticket.status) : order.index(to)]:
        ticket, event = move(context, ticket, state(ticket.status))
        events.append(event)
    return ticket, tuple(events)
