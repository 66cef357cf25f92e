"""What can be done with a ticket: opening, taking, answering, escalating, resolving, closing. Values in, values out."""

from dataclasses import replace
from datetime import datetime

from handoff import sla, ticket_events
from handoff.desk_parts import (
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
from handoff.lifecycle import Act, NotAllowed, advance, move
from handoff.policy import Policy, Priority
from handoff.ticket import BOT, CLOCK, Actor, Event, Handled, Notice, Request, Resolution, Ticket, Wait
from handoff.triage import triage

LETTERS = ("initial_response", "escalation_notice")


class NotATicket(ValueError):
    """A request that lacks something every ticket must have (guide, "Escalation Process")."""


def open_ticket(policy: Policy, number: int, request: Request, now: datetime) -> Handled:
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
    act = Act(policy, BOT, now)
    opened = act.event(ticket_events.TicketOpened(request.issue, result.reason, ticket.guide_version))
    ticket = replace(ticket, next_update_at=sla.promised_response(policy, ticket))
    decided = ticket_events.Triaged(ticket.status, result.priority, result.rule, result.tier, result.team)
    ticket, triaged = move(act, ticket, decided)
    notices = tuple(Notice("user", kind) for kind in _opening(policy, ticket))
    return Handled(ticket, (opened, triaged), (*notices, Notice("team", "tier2_card")))


def _opening(policy: Policy, ticket: Ticket) -> tuple[str, ...]:
    """What the user is told of a new ticket: the guide's two letters by mail, one card in a chat (decision O24)."""
    if is_emergency(policy, ticket):
        return ("emergency_opened",)
    return LETTERS if ticket.request.channel in policy.channels.letters else ("ticket_opened",)


def take(act: Act, ticket: Ticket) -> Handled:
    """The ticket with `by` as its owner; raises NotAllowed when somebody else has it or it is over."""
    must_be_open(ticket)
    if ticket.owner is not None and ticket.owner.id != act.by.id:
        raise NotAllowed("already_taken", owner=ticket.owner.name)
    if ticket.owner is not None:
        return Handled(ticket)
    return owned(act, ticket, act.by)


def assign(act: Act, ticket: Ticket, to: Actor) -> Handled:
    """The ticket with another owner, whoever had it; raises NotAllowed when it is over."""
    must_be_open(ticket)
    return owned(act, ticket, to)


def acknowledge(act: Act, ticket: Ticket) -> Handled:
    """Somebody has seen the page about a Critical ticket and is on it: nobody is paged any more. Who and when is kept."""
    must_be_open(ticket)
    ticket, seen = reviewed(act, ticket)
    ticket, answered = acknowledged(act, ticket)
    return Handled(ticket, (*seen, *answered), (Notice("team", "tier2_card"),) if seen or answered else ())


def review(act: Act, ticket: Ticket) -> Handled:
    """A person has looked at the ticket: the triage clock stops. Nothing else changes."""
    ticket, events = reviewed(act, ticket)
    return Handled(ticket, events, (Notice("team", "tier2_card"),) if events else ())


def staff_reply(act: Act, ticket: Ticket, text: str) -> Handled:
    """The answer of a member of staff on its way to the user; stops the first-response clock."""
    must_have(text, "reply_empty")
    ticket, events = working(act, ticket)
    replied = act.event(ticket_events.StaffReplied(first=ticket.first_response_at is None))
    ticket = answered(ticket, act.now)
    said = Notice("user", "staff_reply", text=text.strip())
    return Handled(ticket, (*events, replied), (said, Notice("team", "tier2_card")))


def ask_user(act: Act, ticket: Ticket, question: str) -> Handled:
    """A question to the user: counts as an answer, and the resolution clock waits until the user writes."""
    handled = staff_reply(act, ticket, question)
    if handled.ticket.waiting:
        return handled
    waiting = replace(handled.ticket, waits=(*handled.ticket.waits, Wait(act.now)))
    return replace(handled, ticket=waiting, events=(*handled.events, act.event(ticket_events.WaitBegan())))


def note(act: Act, ticket: Ticket, text: str) -> Handled:
    """An internal note: never reaches the user."""
    must_have(text, "note_empty")
    ticket, events = reviewed(act, ticket)
    told = Notice("team", "note", text=text.strip())
    return Handled(ticket, (*events, act.event(ticket_events.NoteAdded())), (told,))


def set_priority(act: Act, ticket: Ticket, to: Priority, why: str) -> Handled:
    """The ticket at another priority, with who, when and why; every due time follows from it, and a user who waits for an answer
    hears of a lower one. Raises NotAllowed without a reason, and for the priority that it has."""
    must_be_open(ticket)
    why = must_have(why, "why_missing")
    if to == ticket.priority:
        raise NotAllowed("same_priority", priority=act.policy.words.priorities[to])
    ticket, events = reviewed(act, ticket)
    changed = act.event(ticket_events.PriorityChanged(ticket.priority, to, why))
    held, before = ticket.priority, ticket.next_update_at
    anew = ticket.first_response_at is not None and is_graver(act.policy, ticket.priority, to)
    ticket = replace(ticket, priority=to, priority_rule=why)
    ticket = announce_answer(act, ticket) if anew else promise_again(act, ticket)
    lowered = act.policy.rank(to) > act.policy.rank(held) and ticket.next_update_at is not None
    letters = (Notice("user", "promise_moved"),) if lowered else moved_promise(before, ticket)
    return Handled(ticket, (*events, changed), (*letters, Notice("team", "tier2_card")))


def withdraw(policy: Policy, ticket: Ticket, now: datetime) -> Handled:
    """The user no longer needs it: through every state to Closed, as their own word, with no letter to them."""
    if not ticket.is_open:
        return Handled(ticket)
    act = Act(policy, the_user(ticket), now)
    ticket, moved = advance(act, ticket, "resolved")
    waits = tuple(wait if wait.end else replace(wait, end=now) for wait in ticket.waits)
    ticket = replace(ticket, resolved_at=now, next_update_at=None, waits=waits)
    handled = close(act, ticket, "withdrawn")
    return replace(handled, events=(*moved, *handled.events))


def escalate(act: Act, ticket: Ticket, reason: str) -> Handled:
    """The ticket with the team that a reason of the guide calls for; the user is told (guide, "Escalation Procedures")."""
    must_be_open(ticket)
    rule = act.policy.escalation.to_tier_3.get(reason)
    if rule is None:
        raise NotAllowed("no_such_reason", reason=reason)
    ticket, events = reviewed(act, ticket)
    team = rule.team or "engineering"
    handed_on = ticket_events.Escalated(reason, team, from_team=ticket.team, from_tier=ticket.tier)
    rank = act.policy.rank
    urgent = rule.priority if rule.priority and rank(rule.priority) < rank(ticket.priority) else None
    moved = replace(
        free(ticket),
        tier=rule.tier,
        team=team,
        reason=reason,
        escalated_at=act.now,
        priority=urgent or ticket.priority,
        priority_rule=f"{rule.means} ({rule.row})" if urgent else ticket.priority_rule,
    )
    moved = announce_answer(act, replace(moved, updates_sent=0))
    told = (Notice("user", "escalation_notice"), Notice("team", "tier2_card"))
    return Handled(moved, (*events, act.event(handed_on)), told)


def resolve(act: Act, ticket: Ticket, resolution: Resolution) -> Handled:
    """The ticket resolved with what was done and what was found (rows LC5, WF3.4, TR5); the user is asked whether it helped."""
    must_have(resolution.done, "resolution_missing")
    must_have(resolution.findings.strip() or resolution.root_cause, "findings_missing")
    must_be_link(resolution.logs.strip(), "logs_no_link")
    ticket, events = working(act, ticket)
    found = ticket_events.Resolved(
        ticket.status, resolution.reproduced, logs=bool(resolution.logs), known_issue=resolution.known_issue or None
    )
    ticket, resolved = move(act, ticket, found)
    waits = tuple(wait if wait.end else replace(wait, end=act.now) for wait in ticket.waits)
    ticket = replace(answered(ticket, act.now), resolved_at=act.now, resolution=resolution, waits=waits)
    told = (Notice("user", "resolution_response", rating=True), Notice("team", "tier2_card"))
    return Handled(ticket, (*events, resolved), told)


def keep_informed(policy: Policy, ticket: Ticket, now: datetime) -> Handled | None:
    """The update that was announced, honest where there is no news; None when it is not due or somebody has answered."""
    due = ticket.next_update_at
    if due is None or due > now or not ticket.is_open or ticket.waiting:
        return None
    further = now + sla.until_next_update(policy, ticket)
    told = Event(ticket_events.UpdateSent(due, further), CLOCK, now)
    ticket = announce(replace(ticket, updates_sent=ticket.updates_sent + 1), further, now)
    return Handled(ticket, (told,), (Notice("user", "next_update"),))


def may_reopen(policy: Policy, ticket: Ticket, now: datetime) -> bool:
    """True while an answer of the user still puts the ticket back to work (decision O6)."""
    return ticket.resolved_at is not None and now - ticket.resolved_at <= policy.lifecycle.reopen_within


def reopen(act: Act, ticket: Ticket) -> Handled:
    """The ticket back In Progress with a fresh resolution clock; raises NotAllowed when it is closed, or after too long (O6)."""
    if ticket.resolved_at is not None and not may_reopen(act.policy, ticket, act.now):
        raise NotAllowed("too_late_to_reopen")
    ticket, reopened = move(act, ticket, ticket_events.InProgress(ticket.status, ticket.cycle + 1))
    ticket = replace(
        ticket,
        resolved_at=None,
        cycle=ticket.cycle + 1,
        started_at=act.now,
        waits=(),
        acknowledged_at=None,
        acknowledged_by=None,
        updates_sent=0,
    )
    ticket = announce_answer(act, ticket)
    return Handled(ticket, (reopened,), (Notice("user", "reopened"), Notice("team", "tier2_card")))


def confirm(policy: Policy, ticket: Ticket, satisfied: bool, now: datetime) -> Handled:
    """The user's own word on a resolution: yes closes the ticket, no puts it back to work."""
    act = Act(policy, the_user(ticket), now)
    if satisfied:
        return close(act, ticket, "confirmed")
    return reopen(act, ticket)


def close(act: Act, ticket: Ticket, how: ticket_events.Ending) -> Handled:
    """The ticket closed; `how` is `confirmed`, or `silent` when nobody answered in time (O16)."""
    ticket, closed = move(act, ticket, ticket_events.Closed(ticket.status, how))
    return Handled(replace(ticket, closed_at=act.now, closed_as=how), (closed,), (Notice("team", "tier2_card"),))


def close_if_silent(policy: Policy, ticket: Ticket, now: datetime) -> Handled:
    """A resolved ticket closes after the stated wait, as silent and never as satisfied (O16)."""
    resolved = ticket.resolved_at
    if not ticket.is_resolved or resolved is None or now - resolved < policy.lifecycle.close_silently_after:
        return Handled(ticket)
    return close(Act(policy, CLOCK, now), ticket, "silent")
