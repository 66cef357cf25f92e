"""Simulated staff: they take tickets, answer, ask, hand on, resolve; and users say whether it helped."""

from datetime import datetime, timedelta

from bot.actions import staff as staff_actions
from bot.actions.rating import Rating, rate
from bot.actions.receive import Incoming, receive
from bot.simulation.scenario import Guest, World
from bot.storage import conversations, tickets
from bot.storage.tables import ConversationRow
from handoff import sla
from handoff.hours import next_opening
from handoff.policy.model import Policy
from handoff.policy.names import URGENT
from handoff.ticket import Actor, Resolution, Ticket

ANSWER_TAKES, WORK_TAKES = 0.3, 0.3
"""Of the time in the SLA, on an ordinary day."""
LATE = 5.0
AT_WEEKENDS_TOO = 0.75
"""Share of ordinary tickets that somebody works on outside business hours."""
FURTHER_REASONS = ("bug_confirmed", "code_change", "performance", "data_recovery")


def care(world: World, guest: Guest, number: int, row_id: int, now: datetime) -> None:
    """A member of staff takes the ticket in hand, unless one has."""
    if number in world.in_care:
        return
    world.in_care.add(number)
    ticket = _ticket(world, number)
    by = world.somebody()
    limit = max(timedelta(), sla.promised_response(world.deps.policy, ticket) - now)
    starts = _works_at(world, ticket, now + _part_of(world, limit, ANSWER_TAKES))
    world.later(starts, lambda at: _answer(world, guest, number, row_id, by, at))


def care_for_the_queue(world: World, now: datetime) -> None:
    """Take in hand what nobody has yet: tickets that were opened because their users did not answer any more."""
    with world.deps.reading.begin() as db:
        rows = [row for row in tickets.queue(db) if row.number not in world.in_care]
        talks = {row.number: db.get(ConversationRow, row.conversation_id) for row in rows}
    for row in rows:
        talk = talks[row.number]
        if talk is not None:
            user = conversations.memory_of(talk).user
            care(world, Guest(user, talk.channel), row.number, talk.id, now)


def _part_of(world: World, limit: timedelta, share: float) -> timedelta:
    slow = LATE if world.happens(world.cast.chances.staff_is_late) else 1.0
    return world.after(limit.total_seconds() / 60 * share * slow)


def _works_at(world: World, ticket: Ticket, at: datetime) -> datetime:
    """Urgent tickets are answered at any hour, the others when support is open."""
    policy: Policy = world.deps.policy
    if ticket.priority in URGENT or world.happens(AT_WEEKENDS_TOO):
        return at
    return max(at, next_opening(policy.hours, at))


def _ticket(world: World, number: int) -> Ticket:
    with world.deps.reading.begin() as db:
        row = tickets.get(db, number)
    if row is None:
        raise LookupError(number)
    return tickets.ticket_of(row)


def _answer(world: World, guest: Guest, number: int, row_id: int, by: Actor, now: datetime) -> None:
    """Take it and write to the user; then work on it."""
    ticket = _ticket(world, number)
    if not ticket.is_open:
        return
    if ticket.owner is None:
        staff_actions.take(staff_actions.Command(world.deps, number, by, now))
    asks = world.happens(world.cast.chances.staff_asks)
    if asks:
        staff_actions.ask(staff_actions.Command(world.deps, number, by, now), world.rng.choice(world.cast.questions))
        world.later(now + world.after(90), lambda at: _tell_staff(world, guest, row_id, at))
    else:
        staff_actions.reply(staff_actions.Command(world.deps, number, by, now), world.rng.choice(world.cast.replies))
    limit = world.deps.policy.sla.response[ticket.priority].resolution
    done = _works_at(world, ticket, now + _part_of(world, limit, WORK_TAKES))
    if ticket.team == "support" and world.happens(world.cast.chances.staff_escalates):
        world.later(now + (done - now) / 2, lambda at: _hand_on(world, number, by, at))
    world.later(done, lambda at: _resolve(world, number, row_id, at))


def _tell_staff(world: World, guest: Guest, row_id: int, now: datetime) -> None:
    """The user answers what staff asked."""
    with world.deps.reading.begin() as db:
        row = db.get(ConversationRow, row_id)
    if row is not None and row.closed_at is None:
        words = world.rng.choice(world.cast.answers)
        receive(world.deps, Incoming(guest.user, guest.channel, words, conversation=row.public_id), now)


def _hand_on(world: World, number: int, by: Actor, now: datetime) -> None:
    if _ticket(world, number).is_open:
        found = world.cast.resolutions[number % len(world.cast.resolutions)].findings
        staff_actions.escalate(
            staff_actions.Command(world.deps, number, by, now), world.rng.choice(FURTHER_REASONS), found
        )


def _resolve(world: World, number: int, row_id: int, now: datetime) -> None:
    """Say what was done; the user confirms, says no, or says nothing."""
    ticket = _ticket(world, number)
    if not ticket.is_open:
        return
    done = world.rng.choice(world.cast.resolutions)
    resolution = Resolution(done.done, findings=done.findings, root_cause=done.root_cause, reproduced="yes")
    staff_actions.resolve(staff_actions.Command(world.deps, number, ticket.owner or world.somebody(), now), resolution)
    world.in_care.discard(number)
    chances = world.cast.chances
    if world.happens(chances.confirms):
        helped = world.happens(chances.content_with_people)
        world.later(now + world.after(240), lambda at: _confirm(world, number, row_id, helped, at))


def _confirm(world: World, number: int, row_id: int, helped: bool, now: datetime) -> None:
    """The user's word on the resolution; after a No the ticket is in the queue again."""
    if not _ticket(world, number).is_resolved:
        return
    score = world.rng.choice((4, 5, 5, 5) if helped else (1, 2, 3))
    given = score if world.happens(world.cast.chances.gives_score) else None
    rate(world.deps, row_id, Rating("ticket", helped, given), now)
