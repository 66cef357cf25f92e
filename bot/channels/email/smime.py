"""What an S/MIME message that is signed, not encrypted, carries inside: the mail as it was before it was wrapped (RFC 5652)."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
DATA = bytes.fromhex("06092a864886f70d010701")
OCTETS, OCTETS_IN_PIECES, WRAPPED = 0x04, 0x24, 0xA0
DEEPEST = 8


def signed_message(raw: bytes) -> Message | None:
    """The mail inside; None when this is nothing signed, or in no form that we know. The signature is not checked."""
    at = raw.find(DATA)
    if SIGNED_DATA not in raw[:64] or at < 0:
        return None
    try:
        content = b"".join(_octets(raw, at + len(DATA), DEEPEST))
    except (IndexError, ValueError):
        return None
    return message_from_bytes(content) if content.strip() else None


def _octets(raw: bytes, at: int, deepest: int) -> Iterator[bytes]:
    """The strings of bytes in the element at this place."""
    tag, length, at = _head(raw, at)
    if tag == OCTETS and length is not None:
        yield raw[at : at + length]
    elif tag in (WRAPPED, OCTETS_IN_PIECES) and deepest:
        end = at + length if length is not None else len(raw)
        while at < end and raw[at : at + 2] != b"\x00\x00":
            yield from _octets(raw, at, deepest - 1)
            at = _end(raw, at, deepest - 1)


def _head(raw: bytes, at: int) -> tuple[int, int | None, int]:
    """Tag and length of an element, and where its content begins; the length is None where only its end is marked."""
    tag, first = raw[at], raw[at + 1]
    if first == 0x80:
        return tag, None, at + 2
    if first < 0x80:
        return tag, first, at + 2
    size = first & 0x7F
    return tag, int.from_bytes(raw[at + 2 : at + 2 + size], "big"), at + 2 + size


def _end(raw: bytes, at: int, deepest: int) -> int:
    """Where an element ends."""
    _, length, at = _head(raw, at)
    if length is not None:
        return at + length
    if not deepest:
        raise ValueError("nested too deep")
    while raw[at : at + 2] != b"\x00\x00":
        at = _end(raw, at, deepest - 1)
    return at + 2
