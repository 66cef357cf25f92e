"""Messages of ours in Slack that stand for something: a ticket's card with its thread, and an incident."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from bot.storage.database import insert_new
from bot.storage.tables import SlackMessageRow
from bot.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Card:
    """Channel and id of the card's message; `moved_from` is the card in another channel that is still to be told."""

    channel: str
    ts: str
    moved_from: tuple[str, str] | None = None


def of_ticket(db: Session, number: int) -> Card | None:
    """The ticket's present card."""
    card = _newest(db, SlackMessageRow.ticket_number == number)
    if card is None:
        return None
    moved = _newest(db, SlackMessageRow.ticket_number == number, SlackMessageRow.to_tell.is_(True))
    return Card(card.channel, card.ts, (moved.channel, moved.ts) if moved else None)


def keep(work: UnitOfWork, number: int, card: Card) -> None:
    """Remember the card; threads of earlier cards keep belonging to the ticket."""
    _post(work, card.channel, card.ts, ticket_number=number)
    mine = update(SlackMessageRow).where(SlackMessageRow.ticket_number == number)
    work.db.execute(mine.values(to_tell=False))
    if card.moved_from:
        channel, ts = card.moved_from
        work.db.execute(mine.where(SlackMessageRow.channel == channel, SlackMessageRow.ts == ts).values(to_tell=True))


def ticket_of_thread(db: Session, channel: str, thread: str) -> int | None:
    """The ticket whose card began this thread."""
    mine = (SlackMessageRow.channel == channel, SlackMessageRow.ts == thread)
    return db.scalar(select(SlackMessageRow.ticket_number).where(*mine))


def of_incident(db: Session, incident: int) -> tuple[str, str] | None:
    """Channel and id of the message that stands for an incident."""
    row = _newest(db, SlackMessageRow.incident_id == incident)
    return (row.channel, row.ts) if row else None


def keep_incident(work: UnitOfWork, incident: int, channel: str, ts: str) -> None:
    """Remember the message that stands for an incident from now on."""
    _post(work, channel, ts, incident_id=incident)


def _newest(db: Session, *conditions: ColumnElement[bool]) -> SlackMessageRow | None:
    found = select(SlackMessageRow).where(*conditions).order_by(SlackMessageRow.id.desc()).limit(1)
    return db.scalars(found, execution_options={"populate_existing": True}).first()


def _post(work: UnitOfWork, channel: str, ts: str, **stands_for: int) -> None:
    new = insert_new(work.db, SlackMessageRow, channel=channel, ts=ts, at=work.now, to_tell=False, **stands_for)
    work.db.execute(new)
