"""What time brings: promises that run out, chats that go quiet, resolutions nobody answers. Each claimed once, by itself."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from bot.actions import troubles
from bot.actions.absent import ABSENT
from bot.actions.deps import Deps
from bot.actions.incidents import TELLING, dismiss_quiet, join_crossed, sense
from bot.actions.letters import put_letter
from bot.actions.notify_team import tell_team
from bot.actions.outcome import apply
from bot.actions.paging import PAGING, facts_of
from bot.actions.rating import settle
from bot.actions.settled import follow_settings
from bot.actions.tell import tell
from bot.actions.units import Resting, Work, as_a_whole, work_off
from bot.dialogue import handover
from bot.dialogue.conversation import Message
from bot.dialogue.reply import Reply
from bot.outbound import SlaBreach, SlaWarning
from bot.storage import conversations, incidents, people, tickets
from bot.storage.database import claimed
from bot.storage.tables import ConversationRow, DeadlineRow, TicketRow
from bot.understanding.reading import NOTHING_READ
from handoff import desk, ladder, notices, safe
from handoff.events import ConversationClosed
from handoff.safe import Value
from handoff.ticket import CLOCK, Event, Ticket
from handoff.ticket_events import SlaBreached, SlaWarned

AT_ONCE = 100
UPDATE = "next_update"
"""The deadline of an update that was announced to the user."""


def sweep(deps: Deps, now: datetime) -> int:
    """Do everything that has come due; returns how many things were dealt with. What raises is put off by itself."""
    done = as_a_whole(deps, "settings", follow_settings, now, 1)
    done += sum(work_off(deps, work, now, AT_ONCE) for work in (PAGING, DEADLINE, NEXT_UPDATE, HAND_OVER))
    done += sum(work_off(deps, work, now, AT_ONCE) for work in (CLOSE_TICKET, CLOSE_CONVERSATION))
    for name, do in (("incident_sense", sense), ("incident_join", join_crossed), ("incident_quiet", dismiss_quiet)):
        done += as_a_whole(deps, name, do, now, AT_ONCE)
    done += sum(work_off(deps, work, now, AT_ONCE) for work in (TELLING, ABSENT))
    return done + troubles.tell(deps, now)


def _due_deadline(now: datetime) -> tuple[ColumnElement[bool], ...]:
    unsettled = (DeadlineRow.fired_at.is_(None), DeadlineRow.met_at.is_(None), DeadlineRow.paused.is_(False))
    return (*unsettled, DeadlineRow.due_at <= now)


def _next_deadline(db: Session, _deps: Deps, now: datetime, resting: Resting) -> int | None:
    due = select(DeadlineRow.id).where(*_due_deadline(now), DeadlineRow.id.not_in(resting))
    return db.scalars(due.order_by(DeadlineRow.due_at).limit(1)).first()


def _fire_deadline(deps: Deps, deadline: int, now: datetime) -> None:
    """Report one promise that is due: a warning, or the breach."""
    with deps.sessions.begin() as db:
        mine = update(DeadlineRow).where(DeadlineRow.id == deadline, *_due_deadline(now)).values(fired_at=now)
        if not claimed(db, mine):
            return
        row = db.get_one(DeadlineRow, deadline)
        notice, form = (SlaBreach, SlaBreached) if row.percent == 100 else (SlaWarning, SlaWarned)
        ticket = db.get_one(TicketRow, row.ticket_number)
        event = Event(form(row.kind, row.percent, row.cycle, row.due_at), CLOCK, now)
        tickets.record(db, [event], conversation_id=ticket.conversation_id, number=row.ticket_number)
        told = notice(ticket=row.ticket_number, clock=row.kind, percent=row.percent, due_at=row.due_at)
        _tell_of_clock(db, deps, tickets.ticket_of(ticket), told, now)


def _tell_of_clock(db: Session, deps: Deps, ticket: Ticket, told: SlaWarning | SlaBreach, now: datetime) -> None:
    """The card's thread, and the person who answers for it: the owner, else the team's contact, else the lead. A tier's
    goal is no promise (decision O3); the first update that was announced is the first answer, which has its own clock."""
    same = told.clock == UPDATE and ticket.first_response_at is None
    if same or told.clock == "tier_target":
        return
    person = ladder.answers_for(deps.policy, ticket, now)
    named = people.slack_id(db, ticket.owner) if ticket.owner else person.slack
    addressed = replace(told, named=(named,) if named else ())
    tell_team(db, deps, ticket.team, addressed, now, number=ticket.number)
    if ticket.owner is None:
        values: dict[str, Value] = {
            **facts_of(deps, ticket),
            "name": person.name or person.role,
            "percent": told.percent,
            "over": isinstance(told, SlaBreach),
            "clock": deps.policy.words.clocks[told.clock],
            "due": safe.moment(told.due_at, lambda at: notices.clock_time(at, "", deps.policy.hours.zone)),
        }
        put_letter(db, deps, person.email, notices.fill_for_staff("clock_told", values), now, number=ticket.number)


def _missed_update() -> tuple[ColumnElement[bool], ...]:
    fired = (DeadlineRow.fired_at.is_not(None), DeadlineRow.met_at.is_(None), DeadlineRow.paused.is_(False))
    return (DeadlineRow.kind == UPDATE, DeadlineRow.percent == 100, *fired)


def _next_update(db: Session, _deps: Deps, _now: datetime, resting: Resting) -> int | None:
    return db.scalars(select(DeadlineRow.id).where(*_missed_update(), DeadlineRow.id.not_in(resting)).limit(1)).first()


def _send_update(deps: Deps, deadline: int, now: datetime) -> None:
    """An update that was announced and that no person gave: an honest one goes out, with the time of the next."""
    with deps.sessions.begin() as db:
        number = db.get_one(DeadlineRow, deadline).ticket_number
        row = conversations.lock(db, db.get_one(TicketRow, number).conversation_id)
        ticket = tickets.lock(db, number)
        still = select(DeadlineRow.id).where(DeadlineRow.id == deadline, *_missed_update())
        if ticket is None or db.scalars(still).first() is None:
            return
        handled = desk.keep_informed(deps.policy, ticket, now)
        if handled is None:
            db.execute(update(DeadlineRow).where(DeadlineRow.id == deadline).values(met_at=now))
            return
        tickets.save(db, deps.policy, handled.ticket, now)
        tickets.record(db, handled.events, conversation_id=row.id, number=number)
        tell(db, deps, row, handled, now, by=CLOCK)


def _next_unanswered(db: Session, _deps: Deps, now: datetime, resting: Resting) -> int | None:
    waiting = select(ConversationRow.id).where(ConversationRow.hand_over_at <= now, ConversationRow.id.not_in(resting))
    return db.scalars(waiting.order_by(ConversationRow.hand_over_at).limit(1)).first()


def _hand_over(deps: Deps, conversation: int, now: datetime) -> None:
    """A question on the way to a person that nobody answered: the ticket is opened with what is known."""
    with deps.sessions.begin() as db:
        row = conversations.lock(db, conversation)
        if row.hand_over_at is None or row.hand_over_at > now:
            return
        row.hand_over_at = None
        reply = Reply(deps.assistant().script, conversations.memory_of(row), NOTHING_READ, Message(""), now)
        if reply.conversation.state == "gathering":
            handover.hand_over(reply)
            apply(db, deps, row, reply.outcome(), now)


def _next_silent_ticket(db: Session, deps: Deps, now: datetime, resting: Resting) -> int | None:
    before = now - deps.policy.lifecycle.close_silently_after
    silent = select(TicketRow.number).where(TicketRow.status == "resolved", TicketRow.resolved_at <= before)
    return db.scalars(silent.where(TicketRow.number.not_in(resting)).order_by(TicketRow.resolved_at).limit(1)).first()


def _close_ticket(deps: Deps, number: int, now: datetime) -> None:
    """A resolved ticket that nobody answered closes as silent (decision O16)."""
    with deps.sessions.begin() as db:
        row = conversations.lock(db, db.get_one(TicketRow, number).conversation_id)
        ticket = tickets.lock(db, number)
        assert ticket is not None
        handled = desk.close_if_silent(deps.policy, ticket, now)
        if not handled.events:
            return
        tickets.save(db, deps.policy, handled.ticket, now)
        tickets.record(db, handled.events, conversation_id=row.id, number=ticket.number)
        tell(db, deps, row, handled, now, by=CLOCK)
        settle(row, ticket.number)


def _quiet(deps: Deps, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ConversationRow.closed_at.is_(None),
        ConversationRow.ticket_number.is_(None),
        ConversationRow.last_at <= now - deps.policy.lifecycle.idle_conversation_after,
        ~incidents.is_awaited(ConversationRow.id),
    )


def _next_quiet(db: Session, deps: Deps, now: datetime, resting: Resting) -> int | None:
    quiet = select(ConversationRow.id).where(*_quiet(deps, now), ConversationRow.id.not_in(resting))
    return db.scalars(quiet.order_by(ConversationRow.last_at).limit(1)).first()


def _close_conversation(deps: Deps, conversation: int, now: datetime) -> None:
    """A conversation with the bot alone that went quiet closes: as silent, or as solved when the user had said so. Who
    waits to hear that an incident is over is not closed before it."""
    with deps.sessions.begin() as db:
        row = conversations.lock(db, conversation)
        still = select(ConversationRow.id).where(ConversationRow.id == conversation, *_quiet(deps, now))
        if db.scalars(still).first() is None:
            return
        memory = conversations.memory_of(row)
        how: Literal["solved", "silent"] = "solved" if memory.state == "solved" else "silent"
        row.closed_at, row.closed_as = now, how
        conversations.keep_memory(row, replace(memory, buttons=()))
        tickets.record(db, [Event(ConversationClosed(how), CLOCK, now)], conversation_id=row.id)


DEADLINE = Work("deadline", _next_deadline, _fire_deadline)
NEXT_UPDATE = Work("next_update", _next_update, _send_update)
HAND_OVER = Work("hand_over", _next_unanswered, _hand_over)
CLOSE_TICKET = Work("close_ticket", _next_silent_ticket, _close_ticket)
CLOSE_CONVERSATION = Work("close_conversation", _next_quiet, _close_conversation)
