"""Markdown as harmless HTML: what is said in a chat, and whole articles."""

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from mdit_py_plugins.anchors import anchors_plugin

from bot.markdown import MARKDOWN, TAGS
from bot.understanding.articles import anchor_of
from handoff.telephones import digits_of

_article = MarkdownIt("commonmark", {"html": False}).use(anchors_plugin, min_level=2, max_level=3, slug_func=anchor_of)


def as_html(text: str, telephones: Sequence[str] = ()) -> str:
    """Markdown as HTML with an allow-list of tags; links open outside and tell nobody where they come from. The numbers of
    `telephones` become links that a phone dials."""
    return nh3.clean(
        MARKDOWN.render(_to_dial(tuple(telephones)).sub(_link, text) if telephones else text),
        tags=TAGS,
        link_rel="noopener noreferrer",
        url_schemes={"http", "https", "tel", "mailto"},
    )


@lru_cache(maxsize=4)
def _to_dial(telephones: tuple[str, ...]) -> re.Pattern[str]:
    """These numbers where they stand alone: not within an address, nor as a link already."""
    return re.compile(rf"(?<!\]\()(?<![\w/.:#@\[-])(?:{'|'.join(map(re.escape, telephones))})(?![\w/@\](-])")


def _link(number: re.Match[str]) -> str:
    return f"[{number[0]}](tel:{digits_of(number[0])})"


def as_article(text: str) -> str:
    """An article as HTML; its headings can be linked to."""
    return nh3.clean(
        _article.render(text),
        tags={*TAGS, "h1"},
        attributes={"a": {"href"}, "h2": {"id"}, "h3": {"id"}, "ol": {"start"}},
        link_rel=None,
    )
