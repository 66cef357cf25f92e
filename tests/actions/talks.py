"""Maria talks to the assistant, and a ticket comes of it."""

from sqlalchemy import func, select

from bot.actions.deps import Deps
from bot.actions.receive import Incoming, receive
from bot.storage.tables import ConversationRow
from tests.makers import MARIA, NINE

PERSON = "please let me talk to a person"


def says(deps: Deps, words: str, at=NINE, **more):
    """Maria types something."""
    return receive(deps, Incoming(MARIA, "in_app_chat", words, **more), at)


def a_ticket(deps: Deps) -> int:
    """Maria asks for a person and skips the questions: a ticket."""
    says(deps, "my authenticator code is refused")
    says(deps, PERSON)
    while True:
        with deps.reading.begin() as db:
            row = db.scalars(select(ConversationRow)).one()
        if row.ticket_number:
            return row.ticket_number
        says(deps, "skip")


def count(deps: Deps, table: type) -> int:
    """How many rows a table has."""
    with deps.reading.begin() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0
