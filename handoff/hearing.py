"""What the user tells of an open ticket: it ends a wait, reopens, is owed an answer, and may make the ticket graver."""

from dataclasses import replace
from datetime import datetime

from handoff import ticket_events
from handoff.desk import may_reopen, reopen
from handoff.desk_parts import (
    CARD,
    announce_answer,
    fuller,
    is_graver,
    moved_promise,
    nobodys,
    promise_again,
    the_user,
)
from handoff.kinds import is_emergency
from handoff.lifecycle import CommandContext
from handoff.policy.model import Policy
from handoff.ticket import BOT, Event, Matter, Notice, Request, Ticket, TicketChange
from handoff.triage import EMERGENCY, Triaged, triage


def user_wrote(policy: Policy, ticket: Ticket, now: datetime, *, thanks: bool = False) -> TicketChange:
    """What a further message of the user means: it ends a wait, reopens (O6: within 7 days, and never by a thank-you), and is owed an
    answer by the time of its priority; a thank-you that answers nothing is owed none."""
    user = the_user(ticket)
    wrote = Event(ticket_events.UserWrote(), user, now)
    if ticket.is_resolved and not thanks and may_reopen(policy, ticket, now):
        reopened = reopen(CommandContext(policy, user, now), ticket)
        return replace(reopened, ticket=replace(reopened.ticket, wrote_at=now))
    if not ticket.waiting:
        owed = ticket if thanks else _owed(policy, ticket, now)
        return TicketChange(owed, (wrote,), (Notice("team", "user_message"),))
    waits = (*ticket.waits[:-1], replace(ticket.waits[-1], end=now))
    answered = Event(ticket_events.UserAnswered(), user, now)
    owed = _owed(policy, replace(ticket, waits=waits), now)
    return TicketChange(owed, (wrote, answered), (Notice("team", "user_message"), CARD))


def _owed(policy: Policy, ticket: Ticket, now: datetime) -> Ticket:
    """An answer is owed from the first words on that nobody has answered; further words do not put it off."""
    if not ticket.is_open:
        return ticket
    wrote = replace(ticket, wrote_at=ticket.wrote_at or now)
    if ticket.owes_answer:
        return wrote
    return announce_answer(CommandContext(policy, BOT, now), wrote)


def tell_more(ticket: Ticket, request: Request, now: datetime) -> TicketChange:
    """What was gathered after the ticket was opened (O30): its facts, steps and summary are the fuller ones from now on; what it
    holds already and is not told again stays."""
    if not ticket.is_open:
        return TicketChange(ticket)
    told = Event(ticket_events.DetailsAdded(tuple(detail.id for detail in request.details)), the_user(ticket), now)
    return TicketChange(replace(ticket, request=fuller(ticket.request, request)), (told,), (CARD,))


def hear(
    policy: Policy, ticket: Ticket, signals: tuple[str, ...], now: datetime, matter: Matter | None = None
) -> TicketChange:
    """What the user says later may raise the priority or bring in another team; it never lowers anything. What is grave starts the
    clock of the answer anew, whoever has the ticket and whatever was answered before. `matter`: a graver issue than the ticket's."""
    new = tuple(name for name in signals if name in policy.priorities.signals and _is_news(ticket, name, now))
    if not ticket.is_open or not (new or matter):
        return TicketChange(ticket)
    result = _triaged(policy, ticket, new, matter)
    context = CommandContext(policy, BOT, now)
    same = (result.priority, result.team) == (ticket.priority, ticket.team)
    anew = is_graver(policy, ticket.priority, result.priority) or _wakes(policy, new)
    told = context.event(ticket_events.SignalsHeard(new, anew=anew or None))
    heard = replace(
        ticket, signals=tuple(dict.fromkeys([*ticket.signals, *new])), flags=result.flags, reason=result.reason
    )
    if same and not anew:
        return TicketChange(
            replace(heard, reason=ticket.reason), (told,), (CARD,) if heard.flags != ticket.flags else ()
        )
    heard = replace(heard, priority=result.priority, team=result.team)
    if not same:
        heard = replace(heard, priority_rule=result.rule)
    if result.team != ticket.team:
        heard = nobodys(heard)
    heard = _promised_anew(context, heard) if anew else promise_again(context, heard)
    changed = (
        () if same else (context.event(ticket_events.PriorityChanged(ticket.priority, result.priority, result.rule)),)
    )
    return TicketChange(heard, (told, *changed), (*moved_promise(ticket.next_update_at, heard), CARD))


def _is_news(ticket: Ticket, name: str, now: datetime) -> bool:
    """A fact that was not heard before; danger that is told again after somebody has answered is news too."""
    return name not in ticket.signals or (name == EMERGENCY and ticket.owed_since == now)


def _wakes(policy: Policy, new: tuple[str, ...]) -> bool:
    """A fact that makes a ticket Critical by itself: also one that is Critical already."""
    return any(policy.priorities.signals[name].priority == "critical" for name in new)


def _triaged(policy: Policy, ticket: Ticket, new: tuple[str, ...], matter: Matter | None) -> Triaged:
    """The priority, team and reason by what was heard now; an emergency stays with those who act on it."""
    held = ticket.request
    graver = matter is not None and is_graver(policy, ticket.priority, matter.priority)
    request = replace(
        held,
        title=matter.title if matter is not None and graver else held.title,
        starts_at=matter.priority if matter is not None and graver else ticket.priority,
        signals=new,
        team=ticket.team,
        flags=ticket.flags,
        reason=EMERGENCY if is_emergency(policy, ticket) else ticket.reason,
    )
    result = triage(policy, request)
    return result if result.priority != ticket.priority else replace(result, rule=ticket.priority_rule)


def _promised_anew(context: CommandContext, ticket: Ticket) -> Ticket:
    """Answer and resolution are promised from now on, and people are called again."""
    raised = replace(ticket, raised_at=context.now, acknowledged_at=None, acknowledged_by=None)
    return announce_answer(context, raised) if raised.first_response_at is not None else promise_again(context, raised)
