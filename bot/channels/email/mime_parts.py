"""The parts of a mail in their order: words, files, mails inside it, and what cannot be read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.message import Message

from bot.channels.email.charsets import decoded, header_text
from bot.channels.email.compose import one_line
from bot.channels.email.headers import header
from bot.channels.email.html import text_of_html
from bot.channels.email.smime import signed_message
from bot.understanding.text.typed import displayable

LONGEST_BODY = 400_000
MOST_PARTS = 200
DEEPEST = 150
MOST_FILES = 10
LONGEST_NAME = 120
SEALS = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
NO_WORDS = frozenset({"text/calendar", "text/rfc822-headers", "text/x-amp-html"})
SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
CLOSED = frozenset({"application/ms-tnef", "application/vnd.ms-tnef", "application/pgp-encrypted"})
PASSED_ON = frozenset({"message/rfc822", "message/global"})
READ_AS_TEXT = frozenset({"plain", "html", "enriched", "markdown", "x-markdown"})
SHOWN_OF_A_MAIL = ("From", "Date", "Subject")
SAME = 0.6
"""Two versions of one text share so many of the words of the shorter."""
RICHER = 3
_WORD = re.compile(r"\w+")
_ARMOR = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z]+:[^\n]*\n)*\n|-----BEGIN PGP SIGNATURE-----.{0,5000}?-----END PGP SIGNATURE-----",
    re.DOTALL,
)
TOO_LARGE, TOO_LONG, TOO_MANY = "too large", "too long", "too many parts"
ENCRYPTED = "-----BEGIN PGP MESSAGE-----"


@dataclass(frozen=True)
class File:
    """An attachment as it came. A `decoration` stands in the mail's own design: a logo, perhaps a picture pasted in."""

    name: str
    content: bytes
    decoration: bool = False


@dataclass
class Content:
    """What the parts of a mail hold."""

    text: str = ""
    of_html: bool = False
    passed_on: list[str] = field(default_factory=list)
    """The words of mails that are attached, with who wrote them."""
    files: list[File] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Types of parts in which words may be that nobody can read here."""

    def take_over(self, other: "Content") -> None:
        """Everything of the other but its words."""
        self.passed_on += other.passed_on
        self.files += [file for file in other.files if file not in self.files]
        self.unread += other.unread


def content_of(message: Message) -> Content:
    """What a mail holds; what is too deep or too much is told as unread."""
    return _Walk().of(message, 0, alone=True)


class _Walk:
    """One walk through the parts of a mail; counts them."""

    def __init__(self) -> None:
        self._seen = 0

    def of(self, part: Message, depth: int, *, alone: bool = False) -> Content:
        """The content of a part, with all parts inside it."""
        self._seen += 1
        kind = part.get_content_type()
        if self._seen > MOST_PARTS or depth > DEEPEST:
            return Content(unread=[TOO_MANY])
        inside = part.get_payload() if part.is_multipart() else []
        parts = [inner for inner in inside if isinstance(inner, Message)]
        if kind in PASSED_ON and parts:
            return self._passed_on(parts[0], depth)
        if part.get_content_maintype() == "multipart":
            return self._of_many(kind, parts, depth)
        return Content() if part.get_content_maintype() == "message" else self._of_leaf(part, kind, depth, alone)

    def _of_many(self, kind: str, parts: list[Message], depth: int) -> Content:
        found = [self.of(part, depth + 1, alone=len(parts) == 1) for part in parts[: MOST_PARTS + 1]]
        if kind == "multipart/encrypted":
            return Content(unread=[kind])
        whole = _best(found) if kind == "multipart/alternative" else _joined(found)
        for content in found:
            if content is not whole:
                whole.take_over(content)
        return whole

    def _passed_on(self, inner: Message, depth: int) -> Content:
        content = self.of(inner, depth + 1, alone=True)
        heads = [
            f"{name}: {one_line(displayable(text), 300)}" for name in SHOWN_OF_A_MAIL if (text := header(inner, name))
        ]
        words = "\n".join([*heads, "", content.text]).strip()
        return Content(passed_on=[words, *content.passed_on], files=content.files, unread=content.unread)

    def _of_leaf(self, part: Message, kind: str, depth: int, alone: bool) -> Content:
        if kind in SEALS or kind in NO_WORDS:
            return Content()
        name = file_name(part)
        if kind in SEALED or name.lower().endswith(".p7m"):
            opened = signed_message(_bytes(part))
            return self.of(opened, depth + 1, alone=True) if opened is not None else Content(unread=[kind])
        if kind in CLOSED or name.lower() == "winmail.dat":
            return Content(unread=[kind])
        if _is_words(part, name, alone):
            return _words(part)
        content = _bytes(part)
        return Content(files=[File(name, content, _is_decoration(part))] if content else [])


def _is_words(part: Message, name: str, alone: bool) -> bool:
    """True for a text that the mail shows as its own; one with a file's name is a file, unless it is all there is."""
    if part.get_content_maintype() != "text" or part.get_content_subtype() not in READ_AS_TEXT:
        return False
    return _disposition(part) != "attachment" and (alone or not name)


def _is_decoration(part: Message) -> bool:
    shown = _disposition(part) == "inline" or (_disposition(part) == "" and bool(header(part, "Content-ID")))
    return part.get_content_maintype() == "image" and shown


def _words(part: Message) -> Content:
    markup = part.get_content_subtype() == "html"
    raw = _bytes(part)
    text = decoded(raw[:LONGEST_BODY], _charset(part), markup=markup)
    text = text_of_html(text) if markup else _ARMOR.sub("", text.replace("\r\n", "\n"))
    unread = [TOO_LONG] if len(raw) > LONGEST_BODY else [ENCRYPTED] if ENCRYPTED in text else []
    return Content(displayable(text).replace("\xa0", " "), markup, unread=unread)


def _best(versions: list[Content]) -> Content:
    """The version of the words to read: the plain one, unless it only says that there is another."""
    said = [content for content in versions if content.text.strip()]
    plain = next((content for content in said if not content.of_html), None)
    rich = next((content for content in said if content.of_html), None)
    if plain is None or rich is None:
        return plain or rich or Content()
    return rich if _is_stub(plain.text, rich.text) else plain


def _is_stub(plain: str, rich: str) -> bool:
    few, many = _WORD.findall(plain.lower()), _WORD.findall(rich.lower())
    shared = len(set(few) & set(many)) / max(1, len(set(few)))
    return bool(many) and (shared < SAME or (shared < 1 and len(many) > RICHER * len(few) + 10))


def _joined(parts: Iterable[Content]) -> Content:
    """All words one after another; HTML that only says the same again is left out."""
    whole = Content()
    for content in parts:
        said = set(_WORD.findall(content.text.lower()))
        again = content.of_html and bool(whole.text) and said <= set(_WORD.findall(whole.text.lower()))
        if content.text.strip() and not again:
            whole.of_html = content.of_html
            whole.text = (f"{whole.text}\n\n{content.text}" if whole.text else content.text)[:LONGEST_BODY]
    return whole


def kept_files(files: Iterable[File]) -> Iterator[File]:
    """The first ten files, each once; what belongs to the mail before its decorations."""
    ordered = sorted(dict.fromkeys(files), key=lambda file: file.decoration)
    return iter(ordered[:MOST_FILES])


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _disposition(part: Message) -> str:
    return header(part, "Content-Disposition").partition(";")[0].strip().lower()


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError):
        return None


def file_name(part: Message) -> str:
    """The name of a file, also where it stands in a form of its own time."""
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        return ""
    return one_line(displayable(header_text(name)), LONGEST_NAME)
