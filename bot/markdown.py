"""Markdown of ours as a reader of it sees it: what is marked, and what of it may stand in HTML."""

from markdown_it import MarkdownIt

TAGS = {"p", "ol", "ul", "li", "strong", "em", "a", "code", "br", "h2", "h3", "blockquote"}
"""What HTML made of it may hold."""
MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True}).enable("linkify")


def linked(text: str) -> list[str]:
    """Whatever in a text becomes a link when it is shown, as it stands there."""
    found = MARKDOWN.linkify.match(text) if MARKDOWN.linkify is not None else None
    return [link.text for link in found or ()]
