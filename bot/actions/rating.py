"""What users say of an answer or a resolution: one vote each, changeable; a vote on a resolution also settles it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.tell import tell
from bot.dialogue.conversation import Conversation, State
from bot.storage import conversations, tickets
from bot.storage.tables import ConversationRow, RatingRow
from handoff import desk
from handoff.events import About, Rated
from handoff.ticket import Actor, Event, Ticket


def rate(deps: Deps, row_id: int, helpful: bool, score: int | None, about: About, now: datetime) -> None:
    """Keep a vote (score 1 to 5 or none). On a resolution, yes closes the ticket and no reopens it."""
    with deps.sessions.begin() as db:
        rate_in(db, deps, conversations.lock(db, row_id), helpful, score, about, now)


def rate_in(
    db: Session, deps: Deps, row: ConversationRow, helpful: bool, score: int | None, about: About, now: datetime
) -> None:
    """The same within the caller's transaction; the caller holds the conversation."""
    memory = conversations.memory_of(row)
    number = (memory.ticket or memory.previous or 0) if about == "ticket" else 0
    ticket = tickets.lock(db, number) if number else None
    cycle = last_resolution(ticket) if ticket else len(memory.solved)
    _keep(db, row, about, number, cycle, helpful, score, now)
    user = Actor("user", memory.user.id, memory.user.name)
    vote = Rated(about, helpful, score, cycle)
    tickets.record(db, [Event(vote, user, now)], conversation_id=row.id, number=number or None)
    if ticket is None or ticket.status != "resolved":
        return
    if not helpful and not desk.may_reopen(deps.policy, ticket, now):
        return
    handled = desk.confirm(deps.policy, ticket, helpful, now)
    tickets.save(db, deps.policy, handled.ticket, now)
    tickets.record(db, handled.events, conversation_id=row.id, number=number)
    tell(db, deps, row, handled, now)
    if helpful:
        settle(row, number)
    else:
        state: State = "with_staff" if handled.ticket.owner else "with_support"
        conversations.keep_memory(row, replace(conversations.memory_of(row), state=state))


def last_resolution(ticket: Ticket) -> int:
    """The cycle whose resolution a vote is about: one that a "no" has just reopened is still the one before."""
    return max(1, ticket.cycle - 1) if ticket.is_open else ticket.cycle


def settle(row: ConversationRow, number: int) -> None:
    """The ticket is closed: the conversation is free for the next issue, and remembers the number."""
    memory = conversations.memory_of(row)
    free = Conversation(
        memory.user,
        memory.channel,
        state="solved",
        turn=memory.turn,
        known=memory.known,
        language=memory.language,
        solved=memory.solved,
        previous=number,
    )
    conversations.keep_memory(row, free)


def _keep(
    db: Session,
    row: ConversationRow,
    about: About,
    number: int,
    cycle: int,
    helpful: bool,
    score: int | None,
    now: datetime,
) -> None:
    same = (
        RatingRow.conversation_id == row.id,
        RatingRow.about == about,
        RatingRow.ticket_number == number,
        RatingRow.cycle == cycle,
    )
    vote = db.scalars(select(RatingRow).where(*same)).first()
    if vote is None:
        db.add(
            RatingRow(
                conversation_id=row.id,
                about=about,
                ticket_number=number,
                cycle=cycle,
                helpful=helpful,
                score=score,
                at=now,
            )
        )
    else:
        vote.helpful, vote.score, vote.at = helpful, score if score is not None else vote.score, now
    db.flush()
