"""News for a team, in a channel of its own where it has one; in the console the rows themselves are the news."""

from dataclasses import replace

from bot.actions.transaction import Transaction
from bot.actions.ways import TEAM, TEAM_TEXT
from bot.outbound import ForTeam, Place, PlainText, TicketCard
from bot.storage import outbox
from handoff.notices import StaffText

SUPPORT = "support"
TEAM_WAYS = (TEAM_TEXT, TEAM)


def tell_team(
    tx: Transaction,
    team: str,
    news: ForTeam,
    *,
    address: str = "",
    number: int | None = None,
    message_id: int | None = None,
) -> bool:
    """Put news on its way to the team's channel; False where it has none. What has the same address stays in order: that of
    the ticket when none is given."""
    channel = tx.deps.team_channels.get(team)
    if not channel:
        return False
    placed, to = replace(news, channel=channel), address or f"ticket:{number}"
    outbox.put(tx, TEAM, to, placed, ticket_number=number, message_id=message_id)
    return True


def show_on_card(tx: Transaction, team: str, number: int) -> bool:
    """Bring the ticket's card up to date; False where the team has no channel."""
    return tell_team(tx, team, TicketCard(ticket=number), number=number)


def write_to_support(tx: Transaction, text: StaffText) -> None:
    """Put a text on its way to the support team's channel, where it has one."""
    channel = tx.deps.team_channels.get(SUPPORT)
    if channel:
        told = PlainText(text=f"{text.subject}\n\n{text.body}", to=Place(address=channel, channel=channel))
        outbox.put(tx, TEAM_TEXT, channel, told)
