"""Mails that nobody was answered for and that stand on no ticket: a person may be behind one, so staff see that there are some."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select

from bot.storage.tables import EventRow, TicketRow
from bot.storage.unit_of_work import UnitOfWork
from handoff.events import MailNotAnswered

WHYS = frozenset({"list", "perhaps_machine", "calendar", "too_many", "repeats", "own_address", "unreadable"})
"""Why: perhaps a machine wrote it, or somebody wrote too much. What surely no person wrote is not among them."""
SHOWN = timedelta(days=7)
"""So long they are listed; in the mailbox each stays flagged until somebody takes the flag off."""


def count(work: UnitOfWork, teams: Collection[str]) -> int:
    """How many of the last days these teams may see."""
    return int(work.db.scalars(_of(select(func.count(EventRow.id)), work, teams)).one())


def listed(work: UnitOfWork, teams: Collection[str], limit: int, offset: int = 0) -> list[EventRow]:
    """So many of them, newest first."""
    found = _of(select(EventRow), work, teams)
    return list(work.db.scalars(found.order_by(EventRow.id.desc()).limit(limit).offset(offset)))


def _of(what: Select[Any], work: UnitOfWork, teams: Collection[str]) -> Select[Any]:
    whole = what.select_from(EventRow).join(TicketRow, TicketRow.number == EventRow.ticket_number, isouter=True)
    aside = (EventRow.kind == MailNotAnswered.kind, EventRow.data["why"].as_string().in_(WHYS))
    theirs = or_(TicketRow.number.is_(None), TicketRow.team.in_(teams))
    return whole.where(*aside, EventRow.at > work.now - SHOWN, theirs)
