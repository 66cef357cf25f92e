"""Clocks: which times run on a ticket, and when each is due. One function decides the promise and the breach."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Final

from handoff.durations import parse_duration
from handoff.hours import add_business_time
from handoff.policy.model import Policy
from handoff.policy.names import ClockKind
from handoff.ticket import Ticket, Wait

RESPONSES = ("first_response", "channel_response")
ANSWERS = (*RESPONSES, "answer")
"""The clocks that an answer of a person meets."""
TIER_GOAL: Final = "tier_target"
"""A clock of our own: nobody was promised it (decision O3)."""


@dataclass(frozen=True)
class Clock:
    """A time that runs on a ticket: of which kind, since when, and the moment (UTC) at which it is broken."""

    kind: ClockKind
    started_at: datetime
    due_at: datetime
    cycle: int = 1

    def passed(self, percent: int) -> datetime:
        """The moment at which so many percent of the time have gone."""
        return self.started_at + (self.due_at - self.started_at) * percent / 100


def clocks(policy: Policy, ticket: Ticket) -> list[Clock]:
    """Every clock of the ticket's present cycle, met or not, soonest first. A paused one is left out while it is paused."""
    target = policy.sla.response[ticket.priority]
    asked = ticket.raised_at or ticket.opened_at
    begun = max(ticket.started_at or ticket.opened_at, asked)
    found = [
        Clock("triage", ticket.opened_at, ticket.opened_at + policy.sla.triage.within),
        Clock("first_response", asked, asked + target.first_response),
        Clock("resolution", begun, begun + target.resolution, ticket.cycle),
    ]
    channel = channel_response(policy, ticket)
    if channel is not None:
        found.append(Clock("channel_response", ticket.opened_at, channel))
    if ticket.owed_since is not None and ticket.first_response_at is not None:
        found.append(Clock("answer", ticket.owed_since, ticket.owed_since + target.first_response, ticket.owed))
    tier_from = ticket.escalated_at or begun
    found.append(
        Clock(TIER_GOAL, tier_from, tier_from + policy.tiers.tiers[ticket.tier].target[ticket.priority], ticket.cycle)
    )
    if ticket.next_update_at is not None:
        announced = ticket.announced_at or ticket.opened_at
        found.append(Clock("next_update", announced, ticket.next_update_at, ticket.announcement))
    moved = (_without_waits(policy, clock, ticket.waits) for clock in found)
    return sorted((clock for clock in moved if clock is not None), key=attrgetter("due_at", "kind"))


def channel_response(policy: Policy, ticket: Ticket) -> datetime | None:
    """When the channel's own response time is over (guide, Support Channels; in-app chat counts business hours)."""
    names = policy.channels
    name = names.also.get(ticket.request.channel, ticket.request.channel)
    channel = names.channels.get(name)
    if channel is None or channel.counted_in == "none":
        return None
    amount = parse_duration(channel.response)
    if channel.counted_in == "clock":
        return ticket.opened_at + amount
    return add_business_time(policy.hours, ticket.opened_at, amount)


def _without_waits(policy: Policy, clock: Clock, waits: tuple[Wait, ...]) -> Clock | None:
    """The clock moved on by the times in which support waited for the user; None while it is paused."""
    if clock.kind not in policy.lifecycle.waiting_pauses:
        return clock
    paused = timedelta()
    for wait in waits:
        if wait.end is None:
            return None
        paused += max(timedelta(), wait.end - max(wait.start, clock.started_at))
    return replace(clock, due_at=clock.due_at + paused)


def running(policy: Policy, ticket: Ticket) -> list[Clock]:
    """The clocks that are still to be met, soonest first."""
    return [clock for clock in clocks(policy, ticket) if not _met(ticket, clock)]


def _met(ticket: Ticket, clock: Clock) -> bool:
    if not ticket.is_open:
        return True
    if clock.kind == "triage":
        return ticket.reviewed_at is not None
    if clock.kind in RESPONSES:
        return ticket.first_response_at is not None
    return False


MOST_DOUBLED = 10
"""Beyond so many times even five minutes are days."""


def promised_response(policy: Policy, ticket: Ticket) -> datetime:
    """The moment by which a person answers: the earlier of the SLA and the channel's time (decision O2)."""
    return min(clock.due_at for clock in clocks(policy, ticket) if clock.kind in RESPONSES)


def promise(ticket: Ticket) -> datetime | None:
    """The promise to the user that runs now, and the only one that is shown: the moment that was announced last. None when
    somebody has answered, while support waits for the user, and when the ticket is over."""
    return ticket.next_update_at if ticket.is_open and not ticket.waiting else None


def next_due(policy: Policy, ticket: Ticket) -> Clock | None:
    """The SLA clock that comes due next; tier goals do not count."""
    return next((clock for clock in running(policy, ticket) if clock.kind != TIER_GOAL), None)


def until_next_update(policy: Policy, ticket: Ticket) -> timedelta:
    """How long after an update without news the next one is due: twice as long each time, up to the longest of the guide."""
    first, longest = policy.sla.further_update[ticket.priority], policy.sla.longest_between_updates
    doubled: timedelta = first * 2 ** min(ticket.updates_sent, MOST_DOUBLED)
    return max(first, min(doubled, longest))
