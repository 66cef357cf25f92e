"""News for a team, in a channel of its own where it has one; in the console the rows themselves are the news."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot.actions.deps import Deps
from bot.actions.ways import TEAM, TEAM_TEXT
from bot.outbound import ForTeam, Place, PlainText, TicketCard
from bot.storage import outbox
from handoff.notices import StaffText

SUPPORT = "support"
TEAM_WAYS = (TEAM_TEXT, TEAM)


def tell_team(
    db: Session,
    deps: Deps,
    team: str,
    news: ForTeam,
    now: datetime,
    *,
    address: str = "",
    number: int | None = None,
    message_id: int | None = None,
) -> bool:
    """Put news on its way to the team's channel; False where it has none. What has the same address stays in order: that of
    the ticket when none is given."""
    channel = deps.team_channels.get(team)
    if not channel:
        return False
    placed, to = replace(news, channel=channel), address or f"ticket:{number}"
    outbox.put(db, TEAM, to, placed, now, ticket_number=number, message_id=message_id)
    return True


def show_on_card(db: Session, deps: Deps, team: str, number: int, now: datetime) -> bool:
    """Bring the ticket's card up to date; False where the team has no channel."""
    return tell_team(db, deps, team, TicketCard(ticket=number), now, number=number)


def write_to_support(db: Session, deps: Deps, text: StaffText, now: datetime) -> None:
    """Put a text on its way to the support team's channel, where it has one."""
    channel = deps.team_channels.get(SUPPORT)
    if channel:
        told = PlainText(text=f"{text.subject}\n\n{text.body}", to=Place(address=channel, channel=channel))
        outbox.put(db, TEAM_TEXT, channel, told, now)
