"""Bytes of a mail as text: by the label as mail programs mean it, by what the bytes say themselves, or by a guess."""

import codecs
import re
from collections.abc import Iterator
from email.header import decode_header

MEANT = {
    "ascii": ("cp1252",),
    "iso8859-1": ("cp1252",),
    "iso8859-6": ("iso8859-6", "cp1256"),
    "iso8859-8": ("iso8859-8", "cp1255"),
    "iso8859-9": ("cp1254",),
    "iso8859-11": ("cp874",),
    "tis-620": ("cp874",),
    "euc_kr": ("cp949",),
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "big5": ("cp950", "big5hkscs"),
    "shift_jis": ("cp932",),
    "iso2022_jp": ("iso2022_jp_ext", "iso2022_jp_2"),
}
"""What programs that write a label really write: mostly the larger set of the same family."""
WIDE = ("utf", "gb", "euc", "big5", "cp93", "cp94", "cp95", "shift", "iso2022", "hz", "johab")
"""Beginnings of the sets in which a letter takes more than a byte."""
SHIFTS = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp_ext"), (b"\x1b(J", "iso2022_jp_ext"))
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
NO_CHARSETS = frozenset({"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined"})
"""Codecs of Python that no mail is written in."""
FALLBACK = "cp1252"
_VISUAL = re.compile(r"^(iso[-_]?8859[-_]?[68])[-_][ie]$", re.IGNORECASE)
_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?([a-zA-Z0-9._:-]{1,40})", re.IGNORECASE)


def decoded(raw: bytes, label: str | None, *, markup: bool = False) -> str:
    """The text in these bytes; what fits nothing is replaced, and nothing raises."""
    for name in _likely(raw, label, markup):
        try:
            return raw.decode(name)
        except (UnicodeError, LookupError, ValueError):
            continue
    return raw.decode(FALLBACK, "replace")


def _likely(raw: bytes, label: str | None, markup: bool) -> Iterator[str]:
    yield from (name for mark, name in MARKS if raw.startswith(mark))
    named = _codec(label)
    shifted = not named or not named.startswith(WIDE) or named.startswith("utf-8")
    yield from (name for shift, name in SHIFTS if shifted and shift in raw)
    if not named or not named.startswith(WIDE):
        yield "utf-8"  # text of another set is hardly ever valid UTF-8 by chance
    if named:
        yield from MEANT.get(named, (named,))
    found = _META.search(raw[:4096]) if markup else None
    if found and (written := _codec(found[1].decode("ascii"))):
        yield from MEANT.get(written, (written,))


def _codec(label: str | None) -> str:
    """Python's name for a label; empty for none, or one that nobody knows."""
    wanted = _VISUAL.sub(r"\1", (label or "").strip().strip("\"'"))
    for name in (wanted, wanted.lower().removeprefix("x-")):
        try:
            found = codecs.lookup(name).name
        except (LookupError, ValueError, UnicodeError):
            continue
        return "" if found.replace("-", "_") in NO_CHARSETS else found
    return ""


def header_text(raw: str) -> str:
    """A header as people read it: raw bytes and encoded words made text, whatever they claim to be."""
    text = of_surrogates(raw)
    try:
        parts = decode_header(text)
    except (ValueError, LookupError):  # HeaderParseError is a ValueError
        return text
    return "".join(part if isinstance(part, str) else _of_part(part, charset) for part, charset in parts)


def _of_part(part: bytes, charset: str | None) -> str:
    """Bytes of an encoded word by its charset; those between words are Python's own Latin-1 or raw-unicode-escape."""
    return decoded(part, charset) if charset else part.decode("raw-unicode-escape", "replace")


def of_surrogates(raw: str) -> str:
    """A header in which bytes beyond ASCII stood, as the mail parser keeps them, as text."""
    try:
        raw.encode()
    except UnicodeEncodeError:
        return decoded(raw.encode("utf-8", "surrogateescape"), None)
    return raw
