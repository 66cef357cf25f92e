"""A mail as it came, made readable: who, which thread, what is new in it, and whether a machine wrote it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parseaddr
from hashlib import sha256
from itertools import islice

import nh3
from mailparser_reply import EmailReplyParser

from bot.channels.email_compose import message_ids, one_line
from bot.understanding.typed import displayable

LONGEST_ADDRESS = 190
LONGEST_HEADER = 20_000
LONGEST_BODY = 200_000
MOST_CHARACTERS = 4000
QUOTES_LOOKED_AT = 20_000
MOST_PARTS = 200
MOST_FILES = 10
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6]|/blockquote)\b[^>]{0,200}>", re.IGNORECASE)
_QUOTED_HTML = re.compile(r"<(?:blockquote|div[^>]{0,200}class=\"?gmail_quote)\b", re.IGNORECASE)
_GAPS = re.compile(r"\n{3,}")
_REPLY = re.compile(r"^\s*(?:re|fw|fwd|aw|sv)\s*:", re.IGNORECASE)
_BOUNCERS = ("mailer-daemon", "postmaster", "mail-daemon")


@dataclass(frozen=True)
class File:
    """An attachment as it came."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """What one mail says."""

    address: str
    """Who wrote it; empty when the sender is no address."""
    name: str
    subject: str
    text: str
    message_id: str
    parents: tuple[str, ...]
    """Message-IDs that this one answers, the nearest last."""
    recipients: tuple[str, ...]
    files: tuple[File, ...]
    machine: str = ""
    """Why this was not written by a person to us: bounce, delay, auto_reply, list; empty for a person's mail."""
    returned: tuple[str, ...] = ()
    """Message-IDs of the mails that a bounce brings back."""

    @property
    def key(self) -> str:
        """Its name among all mails, of bounded length."""
        return self.message_id if len(self.message_id) < 150 else sha256(self.message_id.encode()).hexdigest()

    @property
    def is_reply(self) -> bool:
        """True when its subject or headers say that it answers something."""
        return bool(self.parents) or _REPLY.match(self.subject) is not None


def read_mail(message: Message, marker: str) -> Mail:
    """The mail in these parts; bad charsets and broken headers are read as well as they can be."""
    name, address = parseaddr(_header(message, "From"))
    parents = _header(message, "References") + " " + _header(message, "In-Reply-To")
    return Mail(
        address=known_address(address),
        name=one_line(displayable(name), 100),
        subject=one_line(displayable(_header(message, "Subject")), 300),
        text=_new_words(_body(message), marker),
        message_id=(message_ids(_header(message, "Message-ID")) or [_made_up_id(message)])[0],
        parents=tuple(message_ids(parents)),
        recipients=tuple(_recipients(message)),
        files=tuple(_files(message)),
        machine=_machine(message, address),
        returned=tuple(_returned(message)),
    )


def known_address(address: str) -> str:
    """The address in small letters, or nothing when it is no plain address."""
    whole = address.strip().lower()
    return whole if len(whole) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(whole) else ""


def _header(message: Message, name: str) -> str:
    """A header as text, whatever its encoding claims to be."""
    raw = str(message.get(name, ""))[:LONGEST_HEADER]
    try:
        parts = decode_header(raw)
    except (ValueError, LookupError):  # HeaderParseError is a ValueError
        return raw
    return "".join(part if isinstance(part, str) else _decoded(part, charset) for part, charset in parts)


def _decoded(raw: bytes, charset: str | None) -> str:
    for known in (charset, "utf-8"):
        try:
            return raw.decode(known or "utf-8")
        except (UnicodeError, LookupError, ValueError):
            continue
    return raw.decode("latin-1")


def _made_up_id(message: Message) -> str:
    """The same for the same mail, when it brings no Message-ID."""
    parts = [_header(message, name) for name in ("From", "Date", "Subject", "Received")]
    return f"<{sha256(repr((parts, _body(message))).encode('utf-8', 'replace')).hexdigest()}@none>"


def _recipients(message: Message) -> Iterator[str]:
    for name in ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"):
        values = [str(value)[:LONGEST_HEADER] for value in message.get_all(name, [])[:20]]
        yield from (address.lower() for _, address in getaddresses(values)[:50] if address)


def _parts(message: Message) -> Iterator[Message]:
    """The parts of this mail and not of mails inside it, the first two hundred."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        if part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list):
            waiting = [inner for inner in part.get_payload() if isinstance(inner, Message)][:MOST_PARTS] + waiting
        elif part.get_content_maintype() != "message":
            yield part


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_file(part: Message) -> bool:
    if part.get_content_maintype() != "text":
        return True
    return str(part.get("Content-Disposition", "")).strip().lower().startswith("attachment")


def _body(message: Message) -> str:
    texts: dict[str, str] = {}
    for part in _parts(message):
        kind = part.get_content_subtype()
        if _is_file(part) or kind in texts:
            continue
        text = _decoded(_content(part)[:LONGEST_BODY], _charset(part))
        if text.strip():
            texts[kind] = text
    plain = texts.get("plain", "")
    return displayable(plain if plain.strip() else _text_of_html(texts.get("html", "")))


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError):
        return None


def _text_of_html(markup: str) -> str:
    """The words of an HTML mail that are before what it quotes; scripts and styles are no words."""
    quoted = _QUOTED_HTML.search(markup)
    kept = markup[: quoted.start()] if quoted and nh3.clean(markup[: quoted.start()], tags=set()).strip() else markup
    lines = nh3.clean(_BREAKS.sub("\n", kept), tags=set()).splitlines()
    return html.unescape("\n".join(" ".join(line.split()) for line in lines))


def _new_words(body: str, marker: str) -> str:
    """What the writer added: without quotes and signature, or the whole when that would leave nothing."""
    whole = _GAPS.sub("\n\n", body[:QUOTES_LOOKED_AT]).strip()
    fresh = without_quotes(whole, marker)
    return (fresh or _unquoted(whole) or whole)[:MOST_CHARACTERS].strip()


def _unquoted(text: str) -> str:
    """What was written below or between quotes."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(">")]
    return "\n".join(line for line in lines if not line.rstrip().endswith("wrote:")).strip()


def without_quotes(text: str, marker: str) -> str:
    """The reply alone, as the library and our own marker find it; may be empty."""
    above = text.split(marker)[0]
    reply = EmailReplyParser(languages=["en", "de", "fr", "es"]).parse_reply(above) or ""
    return _unquoted(reply)


def _files(message: Message) -> Iterator[File]:
    found = 0
    for part in _parts(message):
        if found < MOST_FILES and _is_file(part) and (content := _content(part)):
            found += 1
            yield File(one_line(displayable(_file_name(part)), 120), content)


def _file_name(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return ""


def _machine(message: Message, address: str) -> str:
    """RFC 3834 and what is in use besides it."""
    sender = address.lower().partition("@")[0]
    path = str(message.get("Return-Path", "none")).strip()
    if path == "<>" or sender in _BOUNCERS or message.get_content_type() == "multipart/report":
        return "delay" if _only_late(message) else "bounce"
    submitted = str(message.get("Auto-Submitted", "no")).strip().lower()
    suppressed = str(message.get("X-Auto-Response-Suppress", "")).strip().lower()
    if not submitted.startswith("no") or "X-Autoreply" in message or "X-Autorespond" in message:
        return "auto_reply"
    if suppressed and suppressed != "none":
        return "auto_reply"
    precedence = str(message.get("Precedence", "")).strip().lower()
    if precedence in ("bulk", "list", "junk", "auto_reply") or "List-Id" in message or "List-Unsubscribe" in message:
        return "list"
    return ""


def _only_late(message: Message) -> bool:
    """True for a notice that the mail server is still trying."""
    actions = [str(part["Action"]).strip().lower() for part in islice(message.walk(), MOST_PARTS) if "Action" in part]
    return bool(actions) and all(action == "delayed" for action in actions)


def _returned(message: Message) -> Iterator[str]:
    """The Message-IDs of mails that came back inside this one."""
    for part in islice(message.walk(), MOST_PARTS if message.get_content_type() == "multipart/report" else 0):
        yield from message_ids(_header(part, "Message-ID"))
        if part.get_content_type() == "text/rfc822-headers":
            yield from message_ids(_content(part)[:LONGEST_HEADER].decode("latin-1"))
