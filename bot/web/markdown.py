"""Markdown as harmless HTML: what is said in a chat, and whole articles."""

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin

from bot.understanding.articles import anchor_of

TAGS = {"p", "ol", "ul", "li", "strong", "em", "a", "code", "br", "h2", "h3", "blockquote"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": True}).enable("linkify")
_article = MarkdownIt("commonmark", {"html": False}).use(anchors_plugin, min_level=2, max_level=3, slug_func=anchor_of)


def as_html(text: str) -> str:
    """Markdown as HTML with an allow-list of tags; links open outside and tell nobody where they come from."""
    return nh3.clean(
        _markdown.render(text),
        tags=TAGS,
        link_rel="noopener noreferrer",
        url_schemes={"http", "https", "tel", "mailto"},
    )


def as_article(text: str) -> str:
    """An article as HTML; its headings can be linked to."""
    return nh3.clean(
        _article.render(text), tags=TAGS, attributes={"a": {"href"}, "h2": {"id"}, "h3": {"id"}}, link_rel=None
    )
