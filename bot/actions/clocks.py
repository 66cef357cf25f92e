"""What time brings: promises that run out, chats that go quiet, resolutions nobody answers. Each claimed once."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.actions.absent import tell_absent
from bot.actions.deps import Deps
from bot.actions.incidents import dismiss_quiet, join_crossed, sense, tell_affected
from bot.actions.letters import put_letter
from bot.actions.paging import facts_of, page_people
from bot.actions.rating import settle
from bot.actions.receive import apply
from bot.actions.tell import tell
from bot.dialogue import handover
from bot.dialogue.conversation import Message
from bot.dialogue.reply import Reply
from bot.storage import conversations, incidents, outbox, people, tickets
from bot.storage.database import claimed
from bot.storage.tables import ConversationRow, DeadlineRow, TicketRow
from bot.understanding.reading import NOTHING_READ
from handoff import desk, ladder, notices, safe
from handoff.safe import Value
from handoff.ticket import CLOCK, Event, Ticket

AT_ONCE = 100


def sweep(deps: Deps, now: datetime) -> int:
    """Do everything that has come due; returns how many things were done."""
    done = 0
    for work in (
        page_people,
        fire_deadline,
        send_next_update,
        hand_over_unanswered,
        close_silent_ticket,
        close_quiet_conversation,
        sense,
        join_crossed,
        dismiss_quiet,
        tell_affected,
        tell_absent,
    ):
        for _ in range(AT_ONCE):
            if not work(deps, now):
                break
            done += 1
    return done


def fire_deadline(deps: Deps, now: datetime) -> bool:
    """Report one promise that is due: a warning, or the breach. False when there is none."""
    with deps.sessions.begin() as db:
        row = _claim_deadline(db, now)
        if row is None:
            return False
        kind = "breach" if row.percent == 100 else "warning"
        data = {"kind": row.kind, "percent": row.percent, "cycle": row.cycle, "due_at": row.due_at.isoformat()}
        ticket = db.get(TicketRow, row.ticket_number)
        assert ticket is not None
        event = Event(kind, CLOCK, now, data)
        tickets.record(db, [event], conversation_id=ticket.conversation_id, number=row.ticket_number)
        _tell_of_clock(db, deps, tickets.ticket_of(ticket), event, now)
        return True


def _tell_of_clock(db: Session, deps: Deps, ticket: Ticket, event: Event, now: datetime) -> None:
    """The card's thread, and the person who answers for it: the owner, else the team's contact, else the lead. A tier's
    goal is no promise (decision O3); the first update that was announced is the first answer, which has its own clock."""
    same = event.data["kind"] == "next_update" and ticket.first_response_at is None
    if same or event.data["kind"] == "tier_target":
        return
    person = ladder.answers_for(deps.policy, ticket, now)
    named = people.slack_id(db, ticket.owner) if ticket.owner else person.slack
    channel = deps.team_channels.get(ticket.team)
    if channel:
        payload = {
            "ticket": ticket.number,
            "channel": channel,
            "by": "",
            "named": [named] if named else [],
            **event.data,
        }
        outbox.put(db, "slack_desk", f"ticket:{ticket.number}", event.kind, payload, now, ticket_number=ticket.number)
    if ticket.owner is None:
        due = datetime.fromisoformat(event.data["due_at"])
        values: dict[str, Value] = {
            **facts_of(deps, ticket),
            "name": person.name or person.role,
            "percent": int(event.data["percent"]),
            "over": event.kind == "breach",
            "clock": deps.policy.words.clocks[event.data["kind"]],
            "due": safe.moment(due, lambda at: notices.clock_time(at, "", deps.policy.hours.zone)),
        }
        put_letter(db, deps, person.email, notices.fill_for_staff("clock_told", values), now, number=ticket.number)


def _claim_deadline(db: Session, now: datetime) -> DeadlineRow | None:
    due = (
        DeadlineRow.fired_at.is_(None),
        DeadlineRow.met_at.is_(None),
        DeadlineRow.paused.is_(False),
        DeadlineRow.due_at <= now,
    )
    row = db.scalars(
        select(DeadlineRow).where(*due).order_by(DeadlineRow.due_at).limit(1).with_for_update(skip_locked=True)
    ).first()
    if row is None:
        return None
    mine = update(DeadlineRow).where(DeadlineRow.id == row.id, *due).values(fired_at=now)
    return row if claimed(db, mine) else None


def send_next_update(deps: Deps, now: datetime) -> bool:
    """An update that was announced and that no person gave: an honest one goes out, with the time of the next."""
    with deps.sessions.begin() as db:
        missed = (
            DeadlineRow.kind == "next_update",
            DeadlineRow.percent == 100,
            DeadlineRow.fired_at.is_not(None),
            DeadlineRow.met_at.is_(None),
            DeadlineRow.paused.is_(False),
        )
        found = db.execute(
            select(DeadlineRow.id, TicketRow.number, TicketRow.conversation_id)
            .join(TicketRow, TicketRow.number == DeadlineRow.ticket_number)
            .where(*missed)
            .limit(1)
        ).first()
        if found is None:
            return False
        deadline, number, conversation = found
        row = conversations.lock(db, conversation)
        ticket = tickets.lock(db, number)
        assert ticket is not None
        handled = desk.keep_informed(deps.policy, ticket, now)
        if handled is None:
            db.execute(update(DeadlineRow).where(DeadlineRow.id == deadline).values(met_at=now))
            return True
        tickets.save(db, deps.policy, handled.ticket, now)
        tickets.record(db, handled.events, conversation_id=row.id, number=number)
        tell(db, deps, row, handled, now, by=CLOCK)
        return True


def hand_over_unanswered(deps: Deps, now: datetime) -> bool:
    """A question on the way to a person that nobody answered: the ticket is opened with what is known."""
    with deps.sessions.begin() as db:
        found = (
            select(ConversationRow)
            .where(ConversationRow.hand_over_at <= now)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = db.scalars(found).first()
        if row is None:
            return False
        row.hand_over_at = None
        reply = Reply(deps.assistant().script, conversations.memory_of(row), NOTHING_READ, Message(""), now)
        if reply.conversation.state == "gathering":
            handover.hand_over(reply)
            apply(db, deps, row, reply.outcome(), now)
        return True


def close_silent_ticket(deps: Deps, now: datetime) -> bool:
    """A resolved ticket that nobody answered closes as silent (decision O16)."""
    before = now - deps.policy.lifecycle.close_silently_after
    with deps.sessions.begin() as db:
        found = select(TicketRow).where(TicketRow.status == "resolved", TicketRow.resolved_at <= before).limit(1)
        ticket_row = db.scalars(found).first()
        if ticket_row is None:
            return False
        row = conversations.lock(db, ticket_row.conversation_id)
        ticket = tickets.lock(db, ticket_row.number)
        assert ticket is not None
        handled = desk.close_if_silent(deps.policy, ticket, now)
        tickets.save(db, deps.policy, handled.ticket, now)
        tickets.record(db, handled.events, conversation_id=row.id, number=ticket.number)
        tell(db, deps, row, handled, now, by=CLOCK)
        settle(row, ticket.number)
        return True


def close_quiet_conversation(deps: Deps, now: datetime) -> bool:
    """A conversation with the bot alone that went quiet closes: as silent, or as solved when the user had said so. Who
    waits to hear that an incident is over is not closed before it."""
    before = now - deps.policy.lifecycle.idle_conversation_after
    with deps.sessions.begin() as db:
        quiet = (
            ConversationRow.closed_at.is_(None),
            ConversationRow.ticket_number.is_(None),
            ConversationRow.last_at <= before,
            ~incidents.is_awaited(ConversationRow.id),
        )
        row = db.scalars(select(ConversationRow).where(*quiet).limit(1).with_for_update(skip_locked=True)).first()
        if row is None:
            return False
        memory = conversations.memory_of(row)
        how = "solved" if memory.state == "solved" else "silent"
        row.closed_at, row.closed_as = now, how
        conversations.keep_memory(row, replace(memory, buttons=()))
        tickets.record(db, [Event("conversation_closed", CLOCK, now, {"how": how})], conversation_id=row.id)
        return True
