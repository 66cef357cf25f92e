"""A promise that runs out: its warnings and its breach reach the card's thread, and the person who answers for it."""

from dataclasses import replace

from bot.actions.notify_team import tell_team
from bot.actions.paging import facts_of
from bot.actions.staff_mail import queue_staff_mail
from bot.actions.transaction import Transaction
from bot.actions.units import Work
from bot.outbound import SlaBreach, SlaWarning
from bot.storage import deadlines, people, tickets
from bot.storage.tables import TicketRow
from handoff import notices, on_call, safe, sla
from handoff.policy.names import NEXT_UPDATE
from handoff.safe import Value
from handoff.ticket import CLOCK, Event, Ticket
from handoff.ticket_events import SlaBreached, SlaWarned


def _fire_deadline(tx: Transaction, deadline: int) -> None:
    """Report one promise that is due: a warning, or the breach. Each is put on record; people are told of the gravest alone."""
    row = deadlines.claim(tx, deadline)
    if row is None:
        return
    notice, form = (SlaBreach, SlaBreached) if row.percent == 100 else (SlaWarning, SlaWarned)
    ticket = tx.db.get_one(TicketRow, row.ticket_number)
    event = Event(form(row.kind, row.percent, row.cycle, row.due_at), CLOCK, tx.now)
    tickets.record(tx.db, [event], conversation_id=ticket.conversation_id, number=row.ticket_number)
    if not deadlines.is_graver_due(tx, row):
        told = notice(ticket=row.ticket_number, clock=row.kind, percent=row.percent, due_at=row.due_at)
        _tell_of_clock(tx, tickets.ticket_of(ticket), told)


def _tell_of_clock(tx: Transaction, ticket: Ticket, told: SlaWarning | SlaBreach) -> None:
    """The card's thread, and the person who answers for it: the owner, else the team's contact, else the lead. A tier's
    goal is no promise (decision O3); an update that was announced while an answer is owed is that answer, which has its own clock."""
    same = told.clock == NEXT_UPDATE and ticket.owes_answer
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


DEADLINE = Work("deadline", deadlines.next_due, _fire_deadline)
