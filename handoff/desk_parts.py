"""Parts of what can be done with a ticket: what must hold, who has looked at it, what is promised again."""

from dataclasses import replace
from datetime import datetime

from handoff import ladder, sla
from handoff.lifecycle import NotAllowed, advance, move
from handoff.policy import Policy
from handoff.ticket import Actor, Event, Handled, Notice, Ticket
from handoff.ticket_events import Acknowledged, Assigned, Reviewed


def working(policy: Policy, ticket: Ticket, by: Actor, now: datetime) -> tuple[Ticket, tuple[Event, ...]]:
    """The ticket in progress with an owner, and the events that brought it there."""
    must_be_open(ticket)
    ticket, events = reviewed(policy, ticket, by, now)
    if ticket.owner is None:
        ticket, assigned = move(policy, ticket, Assigned(ticket.status, by.id, by.name), by, now)
        ticket, events = replace(ticket, owner=by), (*events, assigned)
    ticket, moved = advance(policy, ticket, "in_progress", by, now)
    ticket, answered = acknowledged(ticket, by, now)
    return ticket, (*events, *moved, *answered)


def owned(policy: Policy, ticket: Ticket, owner: Actor, by: Actor, now: datetime) -> Handled:
    """The ticket with this owner, who is on it."""
    ticket, events = reviewed(policy, ticket, by, now)
    ticket, assigned = move(policy, ticket, Assigned(ticket.status, owner.id, owner.name), by, now)
    ticket, answered = acknowledged(replace(ticket, owner=owner), by, now)
    return Handled(ticket, (*events, assigned, *answered), (Notice("team", "tier2_card"),))


def reviewed(policy: Policy, ticket: Ticket, by: Actor, now: datetime) -> tuple[Ticket, tuple[Event, ...]]:
    """The ticket looked at by a person, and the events of that; as it was when somebody had looked before."""
    if ticket.reviewed_at is not None or not ticket.is_open:
        return ticket, ()
    ticket, moved = advance(policy, ticket, "triaged", by, now) if ticket.status == "new" else (ticket, ())
    return replace(ticket, reviewed_at=now), (*moved, Event(Reviewed(), by, now))


def acknowledged(ticket: Ticket, by: Actor, now: datetime) -> tuple[Ticket, tuple[Event, ...]]:
    """The ticket of which nobody is called any more, where somebody was; and the event of that."""
    if not ladder.is_paged(ticket):
        return ticket, ()
    return replace(ticket, acknowledged_at=now, acknowledged_by=by), (Event(Acknowledged(), by, now),)


def announce(ticket: Ticket, due: datetime, now: datetime) -> Ticket:
    """A further update promised: a promise of its own, with its own warnings."""
    return replace(ticket, next_update_at=due, announced_at=now, announcement=ticket.announcement + 1)


def promise_again(policy: Policy, ticket: Ticket, now: datetime) -> Ticket:
    """The promised next update moved to the new due time, while the first answer is still owed; to a time that lies ahead,
    as nothing can be promised for the past."""
    if ticket.next_update_at is None or ticket.first_response_at is not None:
        return ticket
    due = sla.promised_response(policy, ticket)
    return replace(
        ticket, next_update_at=due if due > now else now + policy.sla.response[ticket.priority].first_response
    )


def moved_promise(before: datetime | None, ticket: Ticket) -> tuple[Notice, ...]:
    """The user is told of the time that counts now, so that no two promises stand beside each other."""
    return (Notice("user", "promise_moved"),) if ticket.next_update_at != before else ()


def the_user(ticket: Ticket) -> Actor:
    """Who asked, as somebody who does something."""
    return Actor("user", ticket.request.user.id, ticket.request.user.name)


def must_be_open(ticket: Ticket) -> None:
    """Raises NotAllowed for a ticket that is over."""
    if not ticket.is_open:
        raise NotAllowed("ticket_is_over", number=str(ticket.number))


def must_have(text: str, code: str) -> None:
    """Raises NotAllowed for words that are none."""
    if not text.strip():
        raise NotAllowed(code)
