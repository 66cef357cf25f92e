"""What time brings: promises that run out, chats that go quiet, resolutions nobody answers. Each claimed once, by itself."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, select, update

from bot.actions import ops_alerts
from bot.actions.absent import ABSENT
from bot.actions.deps import Deps
from bot.actions.incidents import TELLING, dismiss_quiet, join_crossed, sense
from bot.actions.notify_team import tell_team
from bot.actions.outcome import apply
from bot.actions.paging import PAGING, facts_of
from bot.actions.rating import settle
from bot.actions.sla_settings_history import follow_settings
from bot.actions.staff_mail import queue_staff_mail
from bot.actions.ticket_notices import tell
from bot.actions.transaction import Transaction
from bot.actions.units import Resting, Work, as_a_whole, work_through
from bot.dialogue import catalog_migration
from bot.dialogue.conversation import Message
from bot.dialogue.handing_over import handover
from bot.dialogue.in_danger import safety
from bot.dialogue.reply import Reply
from bot.outbound import SlaBreach, SlaWarning
from bot.storage import conversations, incidents, people, tickets
from bot.storage.database import claimed
from bot.storage.tables import ConversationRow, DeadlineRow, TicketRow
from bot.understanding.reading import NOTHING_READ
from handoff import desk, notices, on_call, safe, sla
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
    timed = (PAGING, DEADLINE, NEXT_UPDATE, HAND_OVER, CLOSE_TICKET, CLOSE_CONVERSATION)
    done += work_through(deps, timed, now, AT_ONCE)
    for name, do in (("incident_sense", sense), ("incident_join", join_crossed), ("incident_quiet", dismiss_quiet)):
        done += as_a_whole(deps, name, do, now, AT_ONCE)
    done += work_through(deps, (TELLING, ABSENT), now, AT_ONCE)
    return done + ops_alerts.tell(deps, now)


def _due_deadline(now: datetime) -> tuple[ColumnElement[bool], ...]:
    unsettled = (DeadlineRow.fired_at.is_(None), DeadlineRow.met_at.is_(None), DeadlineRow.paused.is_(False))
    return (*unsettled, DeadlineRow.due_at <= now)


def _next_deadline(tx: Transaction, resting: Resting) -> int | None:
    due = select(DeadlineRow.id).where(*_due_deadline(tx.now), DeadlineRow.id.not_in(resting))
    return tx.db.scalars(due.order_by(DeadlineRow.due_at).limit(1)).first()


def _fire_deadline(tx: Transaction, deadline: int) -> None:
    """Report one promise that is due: a warning, or the breach."""
    mine = update(DeadlineRow).where(DeadlineRow.id == deadline, *_due_deadline(tx.now)).values(fired_at=tx.now)
    if not claimed(tx.db, mine):
        return
    row = tx.db.get_one(DeadlineRow, deadline)
    notice, form = (SlaBreach, SlaBreached) if row.percent == 100 else (SlaWarning, SlaWarned)
    ticket = tx.db.get_one(TicketRow, row.ticket_number)
    event = Event(form(row.kind, row.percent, row.cycle, row.due_at), CLOCK, tx.now)
    tickets.record(tx.db, [event], conversation_id=ticket.conversation_id, number=row.ticket_number)
    told = notice(ticket=row.ticket_number, clock=row.kind, percent=row.percent, due_at=row.due_at)
    _tell_of_clock(tx, tickets.ticket_of(ticket), told)


def _tell_of_clock(tx: Transaction, ticket: Ticket, told: SlaWarning | SlaBreach) -> None:
    """The card's thread, and the person who answers for it: the owner, else the team's contact, else the lead. A tier's
    goal is no promise (decision O3); an update that was announced while an answer is owed is that answer, which has its own clock."""
    same = told.clock == UPDATE and (ticket.first_response_at is None or ticket.owed_since is not None)
    if same or told.clock == sla.TIER_GOAL:
        return
    person = on_call.answers_for(tx.policy, ticket, tx.now)
    named = people.slack_id(tx.db, ticket.owner) if ticket.owner else person.slack
    addressed = replace(told, named=(named,) if named else ())
    tell_team(tx, ticket.team, addressed, number=ticket.number)
    if ticket.owner is None:
        values: dict[str, Value] = {
            **facts_of(tx.deps, ticket),
            "name": person.name or person.role,
            "percent": told.percent,
            "over": isinstance(told, SlaBreach),
            "clock": tx.policy.words.clocks[told.clock],
            "due": safe.moment(told.due_at, lambda at: notices.clock_time(at, "", tx.policy.hours.zone)),
        }
        queue_staff_mail(tx, person.email, notices.fill_for_staff("clock_told", values), number=ticket.number)


def _missed_update() -> tuple[ColumnElement[bool], ...]:
    fired = (DeadlineRow.fired_at.is_not(None), DeadlineRow.met_at.is_(None), DeadlineRow.paused.is_(False))
    return (DeadlineRow.kind == UPDATE, DeadlineRow.percent == 100, *fired)


def _next_update(tx: Transaction, resting: Resting) -> int | None:
    return tx.db.scalars(
        select(DeadlineRow.id).where(*_missed_update(), DeadlineRow.id.not_in(resting)).limit(1)
    ).first()


def _send_update(tx: Transaction, deadline: int) -> None:
    """An update that was announced and that no person gave: an honest one goes out, with the time of the next."""
    number = tx.db.get_one(DeadlineRow, deadline).ticket_number
    row = conversations.lock(tx.db, tx.db.get_one(TicketRow, number).conversation_id)
    ticket = tickets.lock(tx.db, number)
    still = select(DeadlineRow.id).where(DeadlineRow.id == deadline, *_missed_update())
    if ticket is None or tx.db.scalars(still).first() is None:
        return
    handled = desk.keep_informed(tx.policy, ticket, tx.now)
    if handled is None:
        tx.db.execute(update(DeadlineRow).where(DeadlineRow.id == deadline).values(met_at=tx.now))
        return
    tickets.keep(tx, tx.policy, handled)
    tell(tx, row, handled, by=CLOCK)


def _next_unanswered(tx: Transaction, resting: Resting) -> int | None:
    waiting = select(ConversationRow.id).where(
        ConversationRow.hand_over_at <= tx.now, ConversationRow.id.not_in(resting)
    )
    return tx.db.scalars(waiting.order_by(ConversationRow.hand_over_at).limit(1)).first()


def _hand_over(tx: Transaction, conversation: int) -> None:
    """A question on the way to a person that nobody answered: the ticket is opened with what is known. And people hear of who was
    asked whether there is danger, and did not answer."""
    row = conversations.lock(tx.db, conversation)
    if row.hand_over_at is None or row.hand_over_at > tx.now:
        return
    row.hand_over_at = None
    script = tx.deps.assistant().script
    reply = Reply(
        script, catalog_migration.fitted(conversations.memory_of(row), script), NOTHING_READ, Message(""), tx.now
    )
    if reply.conversation.state == "gathering":
        handover.hand_over(reply)
        apply(tx, row, reply.outcome())
    elif reply.conversation.state == "checking":
        safety.tell_people(reply)
        apply(tx, row, reply.outcome())


def _next_silent_ticket(tx: Transaction, resting: Resting) -> int | None:
    before = tx.now - tx.policy.lifecycle.close_silently_after
    silent = select(TicketRow.number).where(TicketRow.status == "resolved", TicketRow.resolved_at <= before)
    return tx.db.scalars(
        silent.where(TicketRow.number.not_in(resting)).order_by(TicketRow.resolved_at).limit(1)
    ).first()


def _close_ticket(tx: Transaction, number: int) -> None:
    """A resolved ticket that nobody answered closes as silent (decision O16)."""
    row = conversations.lock(tx.db, tx.db.get_one(TicketRow, number).conversation_id)
    ticket = tickets.lock(tx.db, number)
    assert ticket is not None
    handled = desk.close_if_silent(tx.policy, ticket, tx.now)
    if not handled.events:
        return
    tickets.keep(tx, tx.policy, handled)
    tell(tx, row, handled, by=CLOCK)
    settle(row, ticket.number)


def _quiet(deps: Deps, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ConversationRow.closed_at.is_(None),
        ConversationRow.ticket_number.is_(None),
        ConversationRow.last_at <= now - deps.policy.lifecycle.idle_conversation_after,
        ~incidents.is_awaited(ConversationRow.id),
    )


def _next_quiet(tx: Transaction, resting: Resting) -> int | None:
    quiet = select(ConversationRow.id).where(*_quiet(tx.deps, tx.now), ConversationRow.id.not_in(resting))
    return tx.db.scalars(quiet.order_by(ConversationRow.last_at).limit(1)).first()


def _close_conversation(tx: Transaction, conversation: int) -> None:
    """A conversation with the bot alone that went quiet closes: as silent, or as solved when the user had said so. Who
    waits to hear that an incident is over is not closed before it."""
    row = conversations.lock(tx.db, conversation)
    still = select(ConversationRow.id).where(ConversationRow.id == conversation, *_quiet(tx.deps, tx.now))
    if tx.db.scalars(still).first() is None:
        return
    memory = conversations.memory_of(row)
    how: Literal["solved", "silent"] = "solved" if memory.state == "solved" else "silent"
    row.closed_at, row.closed_as = tx.now, how
    conversations.keep_memory(row, replace(memory, buttons=()))
    tickets.record(tx.db, [Event(ConversationClosed(how), CLOCK, tx.now)], conversation_id=row.id)


DEADLINE = Work("deadline", _next_deadline, _fire_deadline)
NEXT_UPDATE = Work("next_update", _next_update, _send_update)
HAND_OVER = Work("hand_over", _next_unanswered, _hand_over)
CLOSE_TICKET = Work("close_ticket", _next_silent_ticket, _close_ticket)
CLOSE_CONVERSATION = Work("close_conversation", _next_quiet, _close_conversation)
