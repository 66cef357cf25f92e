"""A conversation as its user may read it: the visible lines, the open ticket, addresses of files."""

from collections.abc import Sequence

from bot.storage import conversations, tickets
from bot.storage.tables import AttachmentRow, ConversationRow, MessageRow
from bot.web.chat.serializers import MessageJson, TicketJson, message_json, ticket_json
from bot.web.services import Services


def current_ticket(given: Services, row: ConversationRow) -> TicketJson | None:
    """The conversation's open ticket as its user sees it."""
    if row.ticket_number is None:
        return None
    with given.deps.reading.begin() as db:
        found = tickets.get(db, row.ticket_number)
        return ticket_json(given.deps.policy, tickets.ticket_of(found)) if found else None


def messages_after(given: Services, conversation_id: int, after: int) -> list[MessageJson]:
    """The visible lines after a number."""
    with given.deps.reading.begin() as db:
        rows = conversations.transcript(db, conversation_id, after)
        files = {row.attachment_id: db.get(AttachmentRow, row.attachment_id) for row in rows if row.attachment_id}
    return [shown(given, row, files.get(row.attachment_id or 0)) for row in rows]


def is_cut(messages: Sequence[MessageJson]) -> bool:
    """True where so many lines were given that there may be more after them."""
    return len(messages) >= conversations.AT_ONCE


def shown(given: Services, row: MessageRow, file: AttachmentRow | None = None) -> MessageJson:
    """A line with the address of its file."""
    return message_json(given.deps.policy, row, file, file_link(file) if file else "")


def file_link(file: AttachmentRow) -> str:
    """The address of a file for its owner, who must be signed in."""
    return f"/api/v1/attachments/{file.public_id}"
