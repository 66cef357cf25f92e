"""What users say of an answer or a resolution: one vote each, changeable; a vote on a resolution also settles it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from bot.actions.deps import Deps
from bot.actions.ticket_notices import keep_and_tell
from bot.actions.transaction import Transaction, transaction
from bot.dialogue.conversation import State
from bot.storage import conversations, tickets
from bot.storage.tables import ConversationRow, RatingRow
from handoff import desk
from handoff.events import About, Rated
from handoff.ticket import Actor, Event, Ticket


@dataclass(frozen=True)
class Rating:
    """Whether it helped, and how well from 1 to 5 where the user says so."""

    about: About
    helpful: bool
    score: int | None = None


def rate(deps: Deps, row_id: int, rating: Rating, now: datetime) -> None:
    """Keep a vote. On a resolution, yes closes the ticket and no reopens it."""
    with transaction(deps, now) as tx:
        rate_in(tx, conversations.lock(tx.db, row_id), rating)


def rate_in(tx: Transaction, row: ConversationRow, rating: Rating) -> None:
    """The same within the caller's transaction; the caller holds the conversation."""
    memory = conversations.memory_of(row)
    number = (memory.ticket or memory.previous or 0) if rating.about == "ticket" else 0
    ticket = tickets.lock(tx.db, number) if number else None
    cycle = last_resolution(ticket) if ticket else len(memory.solved)
    user = Actor("user", memory.user.id, memory.user.name)
    vote = Rated(rating.about, rating.helpful, rating.score, cycle)
    _keep(tx, row, number, vote)
    tickets.record(tx.db, [Event(vote, user, tx.now)], conversation_id=row.id, number=number or None)
    if ticket is None or not ticket.is_resolved:
        return
    if not rating.helpful and not desk.may_reopen(tx.policy, ticket, tx.now):
        return
    handled = desk.confirm(tx.policy, ticket, rating.helpful, tx.now)
    keep_and_tell(tx, row, handled)
    if rating.helpful:
        settle(row, number)
    else:
        state: State = "with_staff" if handled.ticket.owner else "with_support"
        conversations.keep_memory(row, replace(conversations.memory_of(row), state=state))


def last_resolution(ticket: Ticket) -> int:
    """The cycle whose resolution a vote is about: one that a "no" has just reopened is still the one before."""
    return max(1, ticket.cycle - 1) if ticket.is_open else ticket.cycle


def settle(row: ConversationRow, number: int) -> None:
    """The ticket is closed: the conversation is free for the next issue, and remembers the number."""
    conversations.keep_memory(row, conversations.memory_of(row).free_for_next(number))


def _keep(tx: Transaction, row: ConversationRow, number: int, vote: Rated) -> None:
    mine = {"conversation_id": row.id, "about": vote.about, "ticket_number": number, "cycle": vote.cycle}
    kept = tx.db.scalars(select(RatingRow).filter_by(**mine)).first()
    if kept is None:
        tx.db.add(RatingRow(**mine, helpful=vote.helpful, score=vote.score, at=tx.now))
    else:
        kept.helpful, kept.at = vote.helpful, tx.now
        kept.score = vote.score if vote.score is not None else kept.score
    tx.db.flush()
