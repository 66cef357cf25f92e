"""Parts of what can be done with a ticket: what must hold, who has looked at it, what is promised again."""

from dataclasses import replace
from datetime import datetime

from handoff import on_call, sla
from handoff.lifecycle import CommandContext, NotAllowed, advance, move
from handoff.links import is_link
from handoff.policy.model import Policy
from handoff.policy.names import NAMES_NOTHING, URGENT, Priority
from handoff.ticket import Actor, Event, Notice, Request, Ticket, TicketChange
from handoff.ticket_events import Acknowledged, Assigned, Reviewed
from handoff.triage import EMERGENCY

CARD = Notice("team", "tier2_card")
"""The team sees the ticket as it stands now."""


def working(context: CommandContext, ticket: Ticket) -> tuple[Ticket, tuple[Event, ...]]:
    """The ticket in progress with an owner, and the events that brought it there."""
    must_be_open(ticket)
    ticket, events = reviewed(context, ticket)
    if ticket.owner is None:
        ticket, assigned = move(context, ticket, Assigned(ticket.status, context.by.id, context.by.name))
        ticket, events = replace(ticket, owner=context.by), (*events, assigned)
    ticket, moved = advance(context, ticket, "in_progress")
    ticket, answered = acknowledged(context, ticket)
    return ticket, (*events, *moved, *answered)


def owned(context: CommandContext, ticket: Ticket, owner: Actor) -> TicketChange:
    """The ticket with this owner, who is on it."""
    ticket, events = reviewed(context, ticket)
    ticket, assigned = move(context, ticket, Assigned(ticket.status, owner.id, owner.name))
    ticket, answered = acknowledged(context, replace(ticket, owner=owner))
    return TicketChange(ticket, (*events, assigned, *answered), (CARD,))


def nobodys(ticket: Ticket) -> Ticket:
    """The ticket without an owner; what somebody had in hand waits for a person again."""
    begun = ticket.status in ("assigned", "in_progress")
    return replace(ticket, owner=None, status="triaged" if begun else ticket.status)


def free(ticket: Ticket) -> Ticket:
    """The ticket as nobody's, with nobody on it."""
    return replace(nobodys(ticket), acknowledged_at=None, acknowledged_by=None)


def reviewed(context: CommandContext, ticket: Ticket) -> tuple[Ticket, tuple[Event, ...]]:
    """The ticket looked at by a person, and the events of that; as it was when somebody had looked before."""
    if ticket.reviewed_at is not None or not ticket.is_open:
        return ticket, ()
    ticket, moved = advance(context, ticket, "triaged") if ticket.status == "new" else (ticket, ())
    return replace(ticket, reviewed_at=context.now), (*moved, context.event(Reviewed()))


def acknowledged(context: CommandContext, ticket: Ticket) -> tuple[Ticket, tuple[Event, ...]]:
    """The ticket of which nobody is called any more, where somebody was; and the event of that."""
    if not on_call.is_paged(ticket):
        return ticket, ()
    return replace(ticket, acknowledged_at=context.now, acknowledged_by=context.by), (context.event(Acknowledged()),)


def announce(ticket: Ticket, due: datetime, now: datetime) -> Ticket:
    """A further update promised: a promise of its own, with its own warnings."""
    return replace(ticket, next_update_at=due, announced_at=now, announcement=ticket.announcement + 1)


def announce_answer(context: CommandContext, ticket: Ticket) -> Ticket:
    """An answer promised by the time in which a ticket of its priority is answered."""
    if ticket.first_response_at is not None:
        ticket = replace(ticket, owed_since=context.now, owed=ticket.owed + 1)
    return announce(ticket, context.now + context.policy.sla.response[ticket.priority].first_response, context.now)


def answered(ticket: Ticket, now: datetime) -> Ticket:
    """A person has answered: nothing is owed, and no update is promised."""
    first = ticket.first_response_at or now
    return replace(ticket, first_response_at=first, next_update_at=None, owed_since=None, wrote_at=None, updates_sent=0)


def promise_again(context: CommandContext, ticket: Ticket) -> Ticket:
    """The promised next update moved to the new due time, while an answer is owed; to a time that lies ahead, as nothing can be
    promised for the past."""
    owed = [clock.due_at for clock in sla.running(context.policy, ticket) if clock.kind in sla.ANSWERS]
    if ticket.next_update_at is None or not owed:
        return ticket
    due = min(owed)
    again = context.now + context.policy.sla.response[ticket.priority].first_response
    return replace(ticket, next_update_at=due if due > context.now else again)


def is_graver(policy: Policy, before: Priority, now: Priority) -> bool:
    """Raised to what people look at before anything else: an answer is promised anew."""
    return now in URGENT and policy.rank(now) < policy.rank(before)


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


def must_have(text: str, code: str) -> str:
    """The words, without what is blank around them; raises NotAllowed for words that are none."""
    if not text.strip():
        raise NotAllowed(code)
    return text.strip()


def must_be_link(text: str, code: str) -> None:
    """Raises NotAllowed for words that are there and are no address of a page."""
    if text and not is_link(text):
        raise NotAllowed(code)


def fuller(held: Request, told: Request) -> Request:
    """What a ticket holds with what is told now; what is not told again stays. What is an emergency now is told as one,
    with what it was about before beside it, and what had no name takes the one that is told."""
    told_now = {detail.id for detail in told.details}
    kept = tuple(detail for detail in held.details if detail.id not in told_now)
    about = told if told.reason == EMERGENCY or held.issue in NAMES_NOTHING else held
    same, also = told.issue == about.issue, told.also or held.also
    turned = told.reason == EMERGENCY and held.reason != EMERGENCY and held.title not in also
    return replace(
        held,
        issue=about.issue,
        title=told.title if same else about.title,
        details=(*told.details, *kept),
        tried=told.tried or held.tried,
        also=(held.title, *also) if turned else also,
        summary=told.summary or held.summary,
    )
