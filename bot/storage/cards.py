"""Where a ticket's card stands in the team's channel, and which ticket a thread belongs to."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.storage import runs
from bot.storage.tables import RunRow
from bot.storage.unit_of_work import UnitOfWork

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


def keep(work: UnitOfWork, number: int, card: Card) -> None:
    """Remember the card; threads of earlier cards keep belonging to the ticket."""
    data = {"channel": card.channel, "ts": card.ts, "moved_from": list(card.moved_from) if card.moved_from else None}
    row = work.db.get(RunRow, (CARD, str(number)))
    if row is None:
        work.db.add(RunRow(name=CARD, period=str(number), at=work.now, data=data))
    else:
        row.at, row.data = work.now, data
    runs.once(work, THREAD, f"{card.channel}:{card.ts}", ticket=number)


def ticket_of_thread(db: Session, channel: str, thread: str) -> int | None:
    """The ticket whose card began this thread."""
    row = db.get(RunRow, (THREAD, f"{channel}:{thread}"))
    return int(row.data["ticket"]) if row else None
