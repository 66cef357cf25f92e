"""What can be done with a ticket: opening, taking, answering, escalating, resolving, closing. Values in, values out."""

from dataclasses import replace
from datetime import datetime

from handoff import sla, ticket_events
from handoff.desk_parts import (
    CARD,
    acknowledged,
    announce,
    announce_answer,
    answered,
    free,
    is_graver,
    moved_promise,
    must_be_link,
    must_be_open,
    must_have,
    owned,
    promise_again,
    reviewed,
    the_user,
    working,
)
from handoff.kinds import is_emergency
from handoff.lifecycle import CommandContext, NotAllowed, advance, move
from handoff.policy.model import Policy
from handoff.policy.names import Priority
from handoff.ticket import BOT, CLOCK, Actor, Event, Notice, NoticeKind, Request, Resolution, Ticket, TicketChange, Wait
from handoff.triage import triage

LETTERS: tuple[NoticeKind, ...] = ("initial_response", "escalation_notice")


class NotATicket(ValueError):
    """A request that lacks something every ticket must have (guide, "Escalation Process")."""


def open_ticket(policy: Policy, number: int, request: Request, now: datetime) -> TicketChange:
    """A new ticket, already triaged (O7), with its acknowledgement and its card; raises NotATicket when facts are missing."""
    if not request.issue or not request.summary.strip():
        raise NotATicket(
            f"a ticket needs an issue and a summary, not issue={request.issue!r} summary={request.summary!r}"
        )
    result = triage(policy, request)
    ticket = Ticket(
        number=number,
        opened_at=now,
        started_at=now,
        request=request,
        priority=result.priority,
        priority_rule=result.rule,
        tier=result.tier,
        team=result.team,
        reason=result.reason,
        flags=result.flags,
        signals=request.signals,
    )
    context = CommandContext(policy, BOT, now)
    opened = context.event(ticket_events.TicketOpened(request.issue, result.reason, ticket.guide_version))
    ticket = replace(ticket, next_update_at=sla.promised_response(policy, ticket))
    decided = ticket_events.Triaged(ticket.status, result.priority, result.rule, result.tier, result.team)
    ticket, triaged = move(context, ticket, decided)
    notices = tuple(Notice("user", kind) for kind in _opening(policy, ticket))
    return TicketChange(ticket, (opened, triaged), (*notices, CARD))


def _opening(policy: Policy, ticket: Ticket) -> tuple[NoticeKind, ...]:
    """What the user is told of a new ticket: the guide's two letters by mail, one card in a chat (decision O24)."""
    if is_emergency(policy, ticket):
        return ("emergency_opened",)
    return LETTERS if ticket.request.channel in policy.channels.letters else ("ticket_opened",)


def take(context: CommandContext, ticket: Ticket) -> TicketChange:
    """The ticket with `by` as its owner; raises NotAllowed when somebody else has it or it is over."""
    must_be_open(ticket)
    if ticket.owner is not None and ticket.owner.id != context.by.id:
        raise NotAllowed("already_taken", owner=ticket.owner.name)
    if ticket.owner is not None:
        return TicketChange(ticket)
    return owned(context, ticket, context.by)


def assign(context: CommandContext, ticket: Ticket, to: Actor) -> TicketChange:
    """The ticket with another owner, whoever had it; raises NotAllowed when it is over."""
    must_be_open(ticket)
    return owned(context, ticket, to)


def acknowledge(context: CommandContext, ticket: Ticket) -> TicketChange:
    """Somebody has seen the page about a Critical ticket and is on it: nobody is paged any more. Who and when is kept."""
    must_be_open(ticket)
    ticket, seen = reviewed(context, ticket)
    ticket, answered = acknowledged(context, ticket)
    return TicketChange(ticket, (*seen, *answered), (CARD,) if seen or answered else ())


def review(context: CommandContext, ticket: Ticket) -> TicketChange:
    """A person has looked at the ticket: the triage clock stops. Nothing else changes."""
    ticket, events = reviewed(context, ticket)
    return TicketChange(ticket, events, (CARD,) if events else ())


def staff_reply(context: CommandContext, ticket: Ticket, text: str) -> TicketChange:
    """The answer of a member of staff on its way to the user; stops the first-response clock."""
    must_have(text, "reply_empty")
    ticket, events = working(context, ticket)
    replied = context.event(ticket_events.StaffReplied(first=ticket.first_response_at is None))
    ticket = answered(ticket, context.now)
    said = Notice("user", "staff_reply", text=text.strip())
    return TicketChange(ticket, (*events, replied), (said, CARD))


def ask_user(context: CommandContext, ticket: Ticket, question: str) -> TicketChange:
    """A question to the user: counts as an answer, and the resolution clock waits until the user writes."""
    handled = staff_reply(context, ticket, question)
    if handled.ticket.waiting:
        return handled
    waiting = replace(handled.ticket, waits=(*handled.ticket.waits, Wait(context.now)))
    return replace(handled, ticket=waiting, events=(*handled.events, context.event(ticket_events.WaitBegan())))


def note(context: CommandContext, ticket: Ticket, text: str) -> TicketChange:
    """An internal note: never reaches the user."""
    must_have(text, "note_empty")
    ticket, events = reviewed(context, ticket)
    told = Notice("team", "note", text=text.strip())
    return TicketChange(ticket, (*events, context.event(ticket_events.NoteAdded())), (told,))


def set_priority(context: CommandContext, ticket: Ticket, to: Priority, why: str) -> TicketChange:
    """The ticket at another priority, with who, when and why; every due time follows from it, and a user who waits for an answer
    hears of a lower one. Raises NotAllowed without a reason, and for the priority that it has."""
    must_be_open(ticket)
    why = must_have(why, "why_missing")
    if to == ticket.priority:
        raise NotAllowed("same_priority", priority=context.policy.words.priorities[to])
    ticket, events = reviewed(context, ticket)
    changed = context.event(ticket_events.PriorityChanged(ticket.priority, to, why))
    held, before = ticket.priority, ticket.next_update_at
    anew = ticket.first_response_at is not None and is_graver(context.policy, ticket.priority, to)
    ticket = replace(ticket, priority=to, priority_rule=why)
    ticket = announce_answer(context, ticket) if anew else promise_again(context, ticket)
    lowered = context.policy.rank(to) > context.policy.rank(held) and ticket.next_update_at is not None
    letters = (Notice("user", "promise_moved"),) if lowered else moved_promise(before, ticket)
    return TicketChange(ticket, (*events, changed), (*letters, CARD))


def withdraw(policy: Policy, ticket: Ticket, now: datetime) -> TicketChange:
    """The user no longer needs it: through every state to Closed, as their own word, with no letter to them."""
    if not ticket.is_open:
        return TicketChange(ticket)
    context = CommandContext(policy, the_user(ticket), now)
    ticket, moved = advance(context, ticket, "resolved")
    ticket = replace(ticket, resolved_at=now, next_update_at=None, waits=ticket.waits_ended(now))
    handled = close(context, ticket, "withdrawn")
    return replace(handled, events=(*moved, *handled.events))


def take_back_closing(policy: Policy, ticket: Ticket, now: datetime) -> TicketChange:
    """The user had it closed and says that it stays: with people again under its number, as if nothing had been said; nothing for
    whatever was not closed by their own word."""
    if ticket.closed_as != "withdrawn":
        return TicketChange(ticket)
    context = CommandContext(policy, the_user(ticket), now)
    ticket, again = move(context, ticket, ticket_events.InProgress(ticket.status, ticket.cycle + 1))
    ticket = ticket if ticket.owner else free(ticket)
    ticket = replace(ticket, resolved_at=None, closed_at=None, closed_as="", cycle=ticket.cycle + 1, started_at=now)
    return TicketChange(announce_answer(context, ticket), (again,), (CARD,))


def escalate(context: CommandContext, ticket: Ticket, reason: str) -> TicketChange:
    """The ticket with the team that a reason of the guide calls for; the user is told (guide, "Escalation Procedures")."""
    must_be_open(ticket)
    rule = context.policy.escalation.to_tier_3.get(reason)
    if rule is None:
        raise NotAllowed("no_such_reason", reason=reason)
    ticket, events = reviewed(context, ticket)
    team = rule.team or "engineering"
    handed_on = ticket_events.Escalated(reason, team, from_team=ticket.team, from_tier=ticket.tier)
    rank = context.policy.rank
    urgent = rule.priority if rule.priority and rank(rule.priority) < rank(ticket.priority) else None
    moved = replace(
        free(ticket),
        tier=rule.tier,
        team=team,
        reason=reason,
        escalated_at=context.now,
        priority=urgent or ticket.priority,
        priority_rule=f"{rule.means} ({rule.row})" if urgent else ticket.priority_rule,
    )
    moved = announce_answer(context, replace(moved, updates_sent=0))
    told = (Notice("user", "escalation_notice"), CARD)
    return TicketChange(moved, (*events, context.event(handed_on)), told)


def resolve(context: CommandContext, ticket: Ticket, resolution: Resolution) -> TicketChange:
    """The ticket resolved with what was done and what was found (rows LC5, WF3.4, TR5); the user is asked whether it helped."""
    must_have(resolution.done, "resolution_missing")
    must_have(resolution.findings.strip() or resolution.root_cause, "findings_missing")
    must_be_link(resolution.logs.strip(), "logs_no_link")
    ticket, events = working(context, ticket)
    found = ticket_events.Resolved(
        ticket.status, resolution.reproduced, logs=bool(resolution.logs), known_issue=resolution.known_issue or None
    )
    ticket, resolved = move(context, ticket, found)
    waits = ticket.waits_ended(context.now)
    ticket = replace(answered(ticket, context.now), resolved_at=context.now, resolution=resolution, waits=waits)
    told = (Notice("user", "resolution_response", rating=True), CARD)
    return TicketChange(ticket, (*events, resolved), told)


def keep_informed(policy: Policy, ticket: Ticket, now: datetime) -> TicketChange | None:
    """The update that was announced, honest where there is no news; None when it is not due or somebody has answered."""
    due = ticket.next_update_at
    if due is None or due > now or not ticket.is_open or ticket.waiting:
        return None
    further = now + sla.until_next_update(policy, ticket)
    told = Event(ticket_events.UpdateSent(due, further), CLOCK, now)
    ticket = announce(replace(ticket, updates_sent=ticket.updates_sent + 1), further, now)
    return TicketChange(ticket, (told,), (Notice("user", "next_update"),))


def may_reopen(policy: Policy, ticket: Ticket, now: datetime) -> bool:
    """True while an answer of the user still puts the ticket back to work (decision O6)."""
    return ticket.resolved_at is not None and now - ticket.resolved_at <= policy.lifecycle.reopen_within


def reopen(context: CommandContext, ticket: Ticket) -> TicketChange:
    """The ticket back In Progress with a fresh resolution clock; raises NotAllowed when it is closed, or after too long (O6)."""
    late = ticket.resolved_at is not None and not may_reopen(context.policy, ticket, context.now)
    if late or not (ticket.is_open or ticket.is_resolved):
        raise NotAllowed("too_late_to_reopen")
    ticket, reopened = move(context, ticket, ticket_events.InProgress(ticket.status, ticket.cycle + 1))
    ticket = replace(
        ticket,
        resolved_at=None,
        cycle=ticket.cycle + 1,
        started_at=context.now,
        waits=(),
        acknowledged_at=None,
        acknowledged_by=None,
        updates_sent=0,
    )
    ticket = announce_answer(context, ticket)
    return TicketChange(ticket, (reopened,), (Notice("user", "reopened"), CARD))


def confirm(policy: Policy, ticket: Ticket, satisfied: bool, now: datetime) -> TicketChange:
    """The user's own word on a resolution: yes closes the ticket, no puts it back to work."""
    context = CommandContext(policy, the_user(ticket), now)
    if satisfied:
        return close(context, ticket, "confirmed")
    return reopen(context, ticket)


def close(context: CommandContext, ticket: Ticket, how: ticket_events.Ending) -> TicketChange:
    """The ticket closed; `how` is `confirmed`, or `silent` when nobody answered in time (O16)."""
    ticket, closed = move(context, ticket, ticket_events.Closed(ticket.status, how))
    return TicketChange(replace(ticket, closed_at=context.now, closed_as=how), (closed,), (CARD,))


def close_if_silent(policy: Policy, ticket: Ticket, now: datetime) -> TicketChange:
    """A resolved ticket closes after the stated wait, as silent and never as satisfied (O16)."""
    resolved = ticket.resolved_at
    if not ticket.is_resolved or resolved is None or now - resolved < policy.lifecycle.close_silently_after:
        return TicketChange(ticket)
    return close(CommandContext(policy, CLOCK, now), ticket, "silent")
