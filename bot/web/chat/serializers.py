"""Messages and tickets as the chat shows them, in JSON."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from bot.storage.tables import AttachmentRow, MessageRow
from bot.web.markdown import as_html
from handoff import kinds, notices, sla
from handoff.policy.model import Policy
from handoff.telephones import to_call
from handoff.ticket import Ticket


class FileJson(TypedDict):
    """A file of a line."""

    name: str
    size: int
    type: str
    url: str


MessageJson = TypedDict(
    "MessageJson",
    {
        "number": int,
        "from": str,
        "author": str,
        "text": str,
        "html": str | None,
        "buttons": Sequence[Mapping[str, object]],
        "at": str,
        "kind": str,
        "source": Mapping[str, object] | None,
        "client_id": str | None,
        "rating": str | None,
        "attachment": FileJson | None,
    },
)
"""A line of the transcript."""


class TicketJson(TypedDict):
    """A ticket as its user sees it."""

    number: int
    title: str
    status: str
    status_text: str
    priority: str
    due_at: str | None
    due_text: str
    care: str
    owner: str | None
    waiting: bool
    over: bool


def message_json(
    policy: Policy, row: MessageRow, attachment: AttachmentRow | None = None, attachment_url: str = ""
) -> MessageJson:
    """A line of the transcript; the numbers in it can be dialled."""
    source = (row.source or {}).get("page")
    return {
        "number": row.number,
        "from": row.said_by,
        "author": row.author,
        "text": row.body,
        "html": None if row.by_user else as_html(row.body, to_call(policy)),
        "buttons": row.buttons,
        "at": row.at.isoformat().replace("+00:00", "Z"),
        "kind": row.kind,
        "source": source,
        "client_id": row.client_id,
        "rating": row.rating,
        "attachment": {"name": attachment.name, "size": attachment.size, "type": attachment.type, "url": attachment_url}
        if attachment
        else None,
    }


def ticket_json(policy: Policy, ticket: Ticket | None) -> TicketJson | None:
    """A ticket as its user sees it: no team, no notes, no rule."""
    if ticket is None:
        return None
    due = sla.promise(ticket)
    return {
        "number": ticket.number,
        "title": ticket.request.title,
        "status": policy.lifecycle.states[ticket.status].name,
        "status_text": policy.lifecycle.states[ticket.status].for_user,
        "priority": policy.words.priorities[ticket.priority],
        "due_at": due.isoformat().replace("+00:00", "Z") if due else None,
        "due_text": notices.clock_time(due, ticket.request.user.zone, policy.hours.zone) if due else "",
        "care": as_html(care, to_call(policy)) if (care := kinds.care(policy, ticket)) else "",
        "owner": ticket.owner.name if ticket.owner else None,
        "waiting": ticket.waiting and ticket.is_open,
        "over": not ticket.is_open,
    }
