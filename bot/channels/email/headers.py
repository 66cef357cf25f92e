"""Who a mail is from: the raw header is taken apart first, names are decoded after."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from itertools import islice

from bot.channels.email.charsets import header_text, of_surrogates
from bot.channels.email.compose import one_line
from bot.understanding.text.typed import displayable

LONGEST_ADDRESS = 190
LONGEST_HEADER = 8_000
LONGEST_NAME = 100
MOST_HEADERS = 20
MOST_LOOKED_AT = 2_000
_PLAIN = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_PIECES = re.compile(
    r"(?P<quoted>\"(?:[^\"\\]|\\.){0,200}\")|(?P<word>=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,2000}\?=)|(?P<other>.)", re.DOTALL
)
_ADDRESS = re.compile(r"[^\s<>()\[\]\",:;@]+@[^\s<>()\[\]\",:;@]+")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True)
class Mailbox:
    """An address, and the name that stands with it."""

    address: str
    name: str = ""


def raw_headers(message: Message, name: str) -> list[str]:
    """Every header of this name as it came, on one line, nothing decoded."""
    found = [str(value) for key, value in islice(message.raw_items(), MOST_LOOKED_AT) if key.lower() == name.lower()]
    return [" ".join(value[:LONGEST_HEADER].splitlines()) for value in found[:MOST_HEADERS]]


def header(message: Message, name: str) -> str:
    """The first header of this name as people read it."""
    return header_text(next(iter(raw_headers(message, name)), ""))


def known_address(address: str) -> str:
    """The address in small letters, its domain as it is sent, or nothing when it is no plain address."""
    local, at, domain = address.strip().lower().rpartition("@")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    whole = f"{local}{at}{domain}"
    return whole if len(whole) <= LONGEST_ADDRESS and _PLAIN.fullmatch(whole) else ""


def mailboxes(message: Message, name: str) -> list[Mailbox]:
    """The different addresses in the headers of this name, in order; one that is no plain address is empty."""
    found: dict[str, Mailbox] = {}
    for raw in raw_headers(message, name):
        for box in _in_header(raw):
            found.setdefault(box.address, box)
    return list(found.values())


def only_one(boxes: list[Mailbox]) -> Mailbox:
    """The mailbox, or an empty one when there is none, several, or it has no plain address."""
    return boxes[0] if len(boxes) == 1 else Mailbox("", boxes[0].name if boxes else "")


def addresses(message: Message, names: Iterable[str]) -> Iterator[str]:
    """Every plain address in these headers."""
    return (box.address for name in names for box in mailboxes(message, name)[:50] if box.address)


def _in_header(raw: str) -> Iterator[Mailbox]:
    """What stands outside quotes, comments and encoded words can be an address; what stands in them can only be a name."""
    bare, comments = _bare(raw, comments=True)
    end = 0
    for found in _ADDRESS.finditer(bare):
        opened = bare.rfind("<", end, found.start())
        before = raw[end:opened] if opened >= 0 else ""
        end = found.end()
        yield Mailbox(known_address(of_surrogates(found[0])), _name(before) or _name(comments))


def _bare(raw: str, *, comments: bool) -> tuple[str, str]:
    """The header with blanks in the place of what can only be a name, and the words of its comments."""
    bare, said, depth = [], [], 0
    for piece in _PIECES.finditer(raw):
        text, opens = piece[0], comments and piece[0] == "("
        if depth or opens:
            depth += opens - (text == ")")
            said.append("" if text in ("(", ")") else text)
        bare.append(text if piece.lastgroup == "other" and not depth and text not in "()" else " " * len(text))
    return ("".join(bare), "".join(said)) if not depth else _bare(raw, comments=False)


def _name(raw: str) -> str:
    """A display name as people read it; one that cannot be read, or shows an address in the place of a name, is none."""
    unquoted = _ESCAPED.sub(r"\1", raw.strip(" \t,;<>").strip('"'))
    name = one_line(displayable(header_text(unquoted)), LONGEST_NAME).strip("\"'<> ")
    return "" if _ADDRESS.search(name) else name
