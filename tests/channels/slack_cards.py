"""A ticket of Maria's in Slack: its card, the forms behind its buttons, and the ticket as it is."""

from bot.storage import tickets
from tests.channels.slack_workspace import DM, MARIA, TIER2, Workspace, buttons


def a_card(workspace: Workspace) -> dict:
    """A ticket of Maria's, as its card."""
    asks(workspace)
    return workspace.posts(TIER2)[0]


def asks(workspace: Workspace) -> None:
    """Maria asks for a person and skips every question."""
    workspace.types(MARIA, DM, "my authenticator code is refused")
    workspace.types(MARIA, DM, "please let me talk to a person")
    for _ in range(8):
        last = workspace.posts(DM)[-1]
        if "Skip" not in buttons(last):
            break
        workspace.presses(MARIA, DM, last, buttons(last)["Skip"])


def opens(workspace: Workspace, user: str, card: dict, label: str, channel: str = TIER2) -> dict:
    """Somebody presses a button that opens a form, once more where a busy machine let Slack's three seconds pass; the form."""
    before = len(workspace.double.views)
    for _ in range(2):
        assert workspace.presses(user, channel, card, buttons(card)[label]).status_code == 200
        if len(workspace.double.views) > before:
            break
    return workspace.view()


def the_ticket(workspace: Workspace, number: int = 1001):
    """The ticket as it is."""
    with workspace.deps.reading.begin() as db:
        return tickets.ticket_of(tickets.get(db, number))
