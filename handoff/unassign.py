"""Giving up a ticket: back into the queue, or back to the team that has every ticket first. Values in, values out."""

from dataclasses import replace

from handoff.desk_parts import CARD, free, must_be_open, reviewed
from handoff.lifecycle import CommandContext, NotAllowed, move
from handoff.policy.names import Team
from handoff.ticket import Ticket, TicketChange
from handoff.ticket_events import Assigned, HandedBack

FIRST_TEAM: Team = "support"
"""Who has every ticket that no rule gives to another team."""


def let_go(context: CommandContext, ticket: Ticket) -> TicketChange:
    """The ticket in the queue again, without an owner; who is called about a Critical one is called again. Raises NotAllowed when
    nobody has it, or it is over."""
    must_be_open(ticket)
    if ticket.owner is None:
        raise NotAllowed("nobody_has_it")
    ticket, unowned = move(context, ticket, Assigned(ticket.status))
    return TicketChange(free(ticket), (unowned,), (CARD,))


def hand_back(context: CommandContext, ticket: Ticket) -> TicketChange:
    """The ticket with the team that has every ticket first, without an owner; reason, priority and clocks stay as they are, and the
    user is told nothing. Raises NotAllowed when that team has it, or it is over."""
    must_be_open(ticket)
    if ticket.team == FIRST_TEAM:
        raise NotAllowed("is_there_already")
    ticket, events = reviewed(context, ticket)
    back = context.event(HandedBack(FIRST_TEAM, ticket.team))
    return TicketChange(replace(free(ticket), team=FIRST_TEAM), (*events, back), (CARD,))
