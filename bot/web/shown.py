"""Messages and tickets as the chat shows them: JSON, and Markdown as harmless HTML."""

from typing import Any

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin

from bot.storage.tables import AttachmentRow, MessageRow
from bot.understanding.articles import anchor_of
from handoff import kinds, notices, sla
from handoff.policy import Policy
from handoff.ticket import Ticket

TAGS = {"p", "ol", "ul", "li", "strong", "em", "a", "code", "br", "h2", "h3", "blockquote"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True}).enable("linkify")


def as_html(text: str) -> str:
    """Markdown as HTML with an allow-list of tags; links open outside and tell nobody where they come from."""
    return nh3.clean(
        _markdown.render(text),
        tags=TAGS,
        link_rel="noopener noreferrer",
        url_schemes={"http", "https", "tel", "mailto"},
    )


def message_json(row: MessageRow, attachment: AttachmentRow | None = None, attachment_url: str = "") -> dict[str, Any]:
    """A line of the transcript."""
    source = (row.source or {}).get("page")
    return {
        "number": row.number,
        "from": row.said_by,
        "author": row.author,
        "text": row.body,
        "html": None if row.said_by == "user" else as_html(row.body),
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


def ticket_json(policy: Policy, ticket: Ticket | None) -> dict[str, Any] | None:
    """A ticket as its user sees it: no team, no notes, no rule."""
    if ticket is None:
        return None
    due = sla.promise(ticket)
    return {
        "number": ticket.number,
        "title": ticket.request.title,
        "status": policy.lifecycle.states[ticket.status].name,
        "priority": policy.words.priorities[ticket.priority],
        "due_at": due.isoformat().replace("+00:00", "Z") if due else None,
        "due_text": notices.clock_time(due, ticket.request.user.zone, policy.hours.zone) if due else "",
        "care": as_html(care) if (care := kinds.care(policy, ticket)) else "",
        "owner": ticket.owner.name if ticket.owner else None,
    }


_article = MarkdownIt("commonmark", {"html": False}).use(anchors_plugin, min_level=2, max_level=3, slug_func=anchor_of)


def as_article(text: str) -> str:
    """An article as HTML; its headings can be linked to."""
    return nh3.clean(
        _article.render(text), tags=TAGS, attributes={"a": {"href"}, "h2": {"id"}, "h3": {"id"}}, link_rel=None
    )
