"""Where a ticket's card stands in the team's channel, and which ticket a thread belongs to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bot.storage import runs
from bot.storage.tables import RunRow

CARD, THREAD = "slack_card", "slack_thread"


@dataclass(frozen=True)
class Card:
    """Channel and id of the card's message; `moved_from` is the card in another channel that is still to be told."""

    channel: str
    ts: str
    moved_from: tuple[str, str] | None = None


def of_ticket(db: Session, number: int) -> Card | None:
    """The ticket's present card."""
    row = db.get(RunRow, (CARD, str(number)))
    if row is None:
        return None
    moved = row.data.get("moved_from")
    return Card(row.data["channel"], row.data["ts"], (moved[0], moved[1]) if moved else None)


def keep(db: Session, number: int, card: Card, now: datetime) -> None:
    """Remember the card; threads of earlier cards keep belonging to the ticket."""
    data = {"channel": card.channel, "ts": card.ts, "moved_from": list(card.moved_from) if card.moved_from else None}
    row = db.get(RunRow, (CARD, str(number)))
    if row is None:
        db.add(RunRow(name=CARD, period=str(number), at=now, data=data))
    else:
        row.at, row.data = now, data
    runs.once(db, THREAD, f"{card.channel}:{card.ts}", now, ticket=number)


def ticket_of_thread(db: Session, channel: str, thread: str) -> int | None:
    """The ticket whose card began this thread."""
    row = db.get(RunRow, (THREAD, f"{channel}:{thread}"))
    return int(row.data["ticket"]) if row else None
