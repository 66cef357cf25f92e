"""The words of an HTML mail as a reader sees them: lines, cells and quotes; what is hidden is not read."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

import nh3

BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "pre",
        "blockquote",
        "hr",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "center",
        "dl",
        "dt",
        "dd",
        "address",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "aside",
        "nav",
        "details",
        "summary",
        "caption",
    ]
)
INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "big",
        "cite",
        "code",
        "del",
        "em",
        "font",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
    ]
)
CELLS = frozenset(("td", "th"))
EMPTY = frozenset(("br", "hr", "img", "col"))
UNREAD = frozenset(
    [
        "script",
        "style",
        "title",
        "template",
        "noscript",
        "object",
        "iframe",
        "select",
        "textarea",
        "svg",
        "math",
        "audio",
        "video",
    ]
)
_MEDIA = re.compile(r"@media[^{]{0,500}\{(?:[^{}]|\{[^{}]*\})*\}", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,2000})\}")
_NAMED = re.compile(r"(?:^|[\s,])[a-z]{0,12}([.#][\w-]{1,80})(?=\s*(?:,|$))", re.IGNORECASE)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|opacity\s*:\s*0(?![.\d]*[1-9])|max-height\s*:\s*0(?![.\d]*[1-9])|(?:^|[;\s])height\s*:\s*0(?![.\d]*[1-9])"
    r"|(?:text-indent|left|top)\s*:\s*-\d{3,}|(?:^|[;\s])color\s*:\s*transparent",
    re.IGNORECASE,
)
_REMARK = re.compile(r"/\*.{0,2000}?\*/", re.DOTALL)
LONGEST_SHEETS = 50_000
DEEPEST_QUOTE = 5
DEEPEST = 3000
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,20})", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")


def text_of_html(markup: str) -> str:
    """The words in lines; each level of a quote is a `>` before the line."""
    reader = _Reader(_hidden_names(markup))
    shown = nh3.clean(
        _shallow(markup),
        tags=set(BLOCKS | INLINE | CELLS | EMPTY),
        clean_content_tags=set(UNREAD),
        attributes={"*": {"style", "class", "id", "hidden"}},
        link_rel=None,
    )
    reader.feed(shown)
    reader.close()
    return reader.text()


def _hidden_names(markup: str) -> frozenset[str]:
    """Classes and ids that the mail's own style sheet hides on every screen."""
    rules = _RULE.findall(_MEDIA.sub("", _REMARK.sub("", "\n".join(_style_sheets(markup))[:LONGEST_SHEETS])))
    return frozenset(name for names, style in rules if _HIDING.search(style) for name in _NAMED.findall(names.strip()))


def _shallow(markup: str) -> str:
    """The same, or without any tag when there are more open at once than anybody writes."""
    depth = 0
    for closes, tag in _TAG.findall(markup):
        depth = max(0, depth - 1) if closes else depth + (tag.lower() not in EMPTY)
        if depth > DEEPEST:
            return _ANY_TAG.sub(" ", markup)
    return markup


def _style_sheets(markup: str) -> Iterator[str]:
    lower, at = markup.lower(), 0
    while (begin := lower.find("<style", at)) >= 0 and (at := lower.find("</style", begin)) >= 0:
        yield markup[markup.find(">", begin) + 1 : at]


class _Reader(HTMLParser):
    """Reads well-formed HTML, as nh3 gives it, into lines."""

    def __init__(self, hidden: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._hides = hidden
        self._open: list[tuple[str, bool]] = []
        self._inside = Counter[str]()
        self._hidden = 0
        self._lines: list[str] = []
        self._line = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        if tag in BLOCKS or tag == "br":
            self._end_line(always=tag == "br")
        if tag in EMPTY:
            return
        hidden = self._is_hidden(dict(attrs))
        self._open.append((tag, hidden))
        self._inside[tag] += 1
        self._hidden += hidden
        self._line += " " if tag in CELLS else ""

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it what was left open in it."""
        if not self._inside[tag]:
            return
        if tag in BLOCKS:
            self._end_line()
        while self._open:
            name, hidden = self._open.pop()
            self._inside[name] -= 1
            self._hidden -= hidden
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Words."""
        if not self._hidden:
            first, *more = data.split("\n") if self._inside["pre"] else [data]
            self._line += first
            for line in more:
                self._end_line(always=True)
                self._line += line

    def text(self) -> str:
        """Everything that was read."""
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def _is_hidden(self, attributes: dict[str, str | None]) -> bool:
        names = [f".{name}" for name in (attributes.get("class") or "").split()] + [f"#{attributes.get('id') or ''}"]
        return (
            "hidden" in attributes
            or _HIDING.search(attributes.get("style") or "") is not None
            or not self._hides.isdisjoint(names)
        )

    def _end_line(self, *, always: bool = False) -> None:
        words, quoted = " ".join(self._line.split()), self._inside["blockquote"]
        if words or (always and not self._hidden):
            self._lines.append(f"{'> ' * min(quoted, DEEPEST_QUOTE)}{words}".rstrip() if quoted else words)
        self._line = ""
