"""Text between Slack and us: their markup read once on the way in, ours escaped once on the way out."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from markdown_it.token import Token
from rich.emoji import Emoji, NoEmoji

from bot.markdown import MARKDOWN
from handoff.notices import clock_time

SECTION = 3000
TEXT = 4000
NONE_DRAWN: Mapping[str, str] = MappingProxyType({})
MOST_NAMES = 5
"""So many people are looked up for one message."""
_EMOJI = re.compile(r":([a-z0-9_+'&-]{1,60}):(?::skin-tone-([2-6]):)?")
_POINTS = re.compile(r"^[0-9a-f]{1,5}(-[0-9a-f]{1,5}){0,9}$")
_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,30})>")
_MARKUP = re.compile(r"<([^<>\n]{1,3000})>")
_MOMENT = re.compile("\ue000([0-9]{1,12})\ue001([^\ue000-\ue002]{1,80})\ue002")
_ADDRESS = re.compile(r"^(https?|tel|mailto):", re.IGNORECASE)
_LOOKS_LIKE_ADDRESS = re.compile(r"://|^www\.|^[a-z0-9-]{1,60}(\.[a-z0-9-]{1,60}){1,8}(/|$)", re.IGNORECASE)
_DATE = "{date_short_pretty} {time}"


def decoded(
    text: str, bot_id: str = "", *, name_of: Callable[[str], str] = lambda _: "", drawn: Mapping[str, str] = NONE_DRAWN
) -> str:
    """What a person wrote in Slack, as plain text: people by name, emoji as they look. A mention of the bot itself is left out.
    `drawn` are the emoji of the message that Slack has told."""
    names = {user: name_of(user) for user in list(dict.fromkeys(_MENTION.findall(text)))[:MOST_NAMES] if user != bot_id}
    plain = _MARKUP.sub(lambda found: _meant(found[1], bot_id, names), text)
    return with_emoji(html.unescape(plain) if "&" in plain else plain, drawn).strip()


def with_emoji(text: str, drawn: Mapping[str, str] = NONE_DRAWN) -> str:
    """Names of emoji (`:cry:`) as the emoji; what is no name of one stays as it is."""
    return _EMOJI.sub(lambda found: _emoji(found, drawn), text) if ":" in text else text


def _emoji(found: re.Match[str], drawn: Mapping[str, str]) -> str:
    name, tone = found[1], found[2]
    try:
        sign = drawn.get(name) or str(Emoji(name))
    except NoEmoji:
        return found[0]
    return sign + (chr(0x1F3FB + int(tone) - 2) if tone and name not in drawn else "")


def emoji_in(blocks: object) -> dict[str, str]:
    """The emoji in the blocks of a message, by name; Slack tells the code points of all but a workspace's own."""
    if isinstance(blocks, list):
        return {name: sign for block in blocks for name, sign in emoji_in(block).items()}
    if not isinstance(blocks, dict):
        return {}
    if blocks.get("type") == "emoji" and _POINTS.match(str(blocks.get("unicode") or "")):
        return {str(blocks.get("name")): "".join(chr(int(point, 16)) for point in blocks["unicode"].split("-"))}
    return emoji_in(blocks.get("elements") or [])


def _meant(markup: str, bot_id: str, names: Mapping[str, str]) -> str:
    target, _, label = markup.partition("|")
    if target == f"@{bot_id}":
        return ""
    label = label or names.get(target.removeprefix("@"), "")
    if target.startswith(("@", "#", "!")):
        sign = "#" if target[0] == "#" else "@"
        return (label if label.startswith(sign) else sign + label) if label else sign + target[1:]
    address = target.removeprefix("mailto:")
    return address if not label or label in address else f"{label} ({address})"


def escaped(text: str) -> str:
    """Text that Slack shows as it is: no mention, no link, no markup by angle brackets."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def moment(at: datetime, zone: str) -> str:
    """A place holder for a moment: `mrkdwn` and `escaped_with_moments` turn it into a date in the reader's own zone."""
    return f"\ue000{int(at.timestamp())}\ue001{clock_time(at, '', zone)}\ue002"


def _dates(text: str) -> str:
    return _MOMENT.sub(lambda found: f"<!date^{found[1]}^{_DATE}|{found[2]}>", text)


def plain(text: str) -> str:
    """The same with moments in words, for places where Slack shows no dates."""
    return _MOMENT.sub(lambda found: found[2], text)


def escaped_with_moments(text: str) -> str:
    """Escaped text, its moments as Slack dates."""
    return _dates(escaped(text))


def link(label: str, address: str) -> str:
    """A link in Slack's markup. A label that looks like an address never hides another one."""
    if not _ADDRESS.match(address):
        return escaped(label)
    safe = escaped(address.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E"))
    return f"<{safe}>" if _LOOKS_LIKE_ADDRESS.search(label) else f"<{safe}|{escaped(label)}>"


def mrkdwn(text: str) -> str:
    """Our Markdown as Slack's: bold, links, lists; everything else escaped."""
    return _dates("\n\n".join(_blocks(MARKDOWN.parse(text), 0))).strip()


def _blocks(tokens: list[Token], depth: int) -> Iterator[str]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = _end(tokens, at)
        inside = tokens[at + 1 : end]
        if token.type == "paragraph_open":
            yield _inline(inside[0].children or [])
        elif token.type == "heading_open":
            yield f"*{_inline(inside[0].children or [])}*"
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield "\n".join(_items(token, inside, depth))
        elif token.type == "blockquote_open":
            yield "\n".join(f"> {line}" for block in _blocks(inside, depth) for line in block.split("\n"))
        elif token.content:
            yield escaped(token.content.rstrip("\n"))
        at = end + 1


def _items(listing: Token, tokens: list[Token], depth: int) -> Iterator[str]:
    number = int(listing.attrGet("start") or 1)
    at = 0
    while at < len(tokens):
        end = _end(tokens, at)
        mark = "•" if listing.type == "bullet_list_open" else f"{number}."
        yield "    " * depth + f"{mark} " + "\n".join(_blocks(tokens[at + 1 : end], depth + 1))
        number += 1
        at = end + 1


def _end(tokens: list[Token], start: int) -> int:
    """Where the block that begins here ends."""
    level = 0
    for at in range(start, len(tokens)):
        level += tokens[at].nesting
        if level == 0:
            return at
    return len(tokens) - 1


def _inline(tokens: list[Token]) -> str:
    marks = {"strong_open": "*", "strong_close": "*", "em_open": "_", "em_close": "_"}
    written, address, label = [], "", ""
    for token in tokens:
        if token.type == "link_open":
            address, label = str(token.attrGet("href") or ""), ""
        elif token.type == "link_close":
            written.append(link(label, address))
            address = ""
        elif address:
            label += token.content
        elif token.type in ("softbreak", "hardbreak"):
            written.append("\n")
        elif token.type == "code_inline":
            written.append(f"`{escaped(token.content)}`")
        else:
            written.append(marks.get(token.type) or escaped(token.content))
    return "".join(written)


def pieces(text: str, size: int = SECTION) -> list[str]:
    """The text in parts that fit, broken between paragraphs, else lines, else words; nothing is lost but blanks there."""
    parts = []
    while len(text) > size:
        cut = next((at for mark in ("\n\n", "\n", " ") if (at := text.rfind(mark, size // 2, size)) > 0), size)
        opened, closed = text.rfind("<", 0, cut), text.rfind(">", 0, cut)
        cut = opened if size // 2 < opened and opened > closed else cut
        parts.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*parts, text] if text else parts


def cut(text: str, size: int, ending: str) -> str:
    """The text, or as much of it as fits with the words that say where the rest is."""
    return text if len(text) <= size else text[: size - len(ending) - 1].rstrip() + " " + ending
