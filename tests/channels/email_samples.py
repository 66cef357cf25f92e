"""Mails of the tests: the collection that programs of people wrote, and one of Ada's made on the spot."""

from email import message_from_bytes
from pathlib import Path

from bot.channels.email.parse import Mail, read_mail
from bot.channels.email.texts import load_email_words

MAILS = Path(__file__).parent / "mails"
MARKER = load_email_words().texts["marker"]
OURS = "<outbox-1.aaaaaaaaaaaaaaaa@smartmed.com>"
UTF8 = "Content-Type: text/plain; charset=utf-8"
ANSWER = f"In-Reply-To: {OURS}"


def the_mail(name: str) -> bytes:
    """A mail of the collection; where it answers, it answers a mail of ours."""
    return (MAILS / f"{name}.eml").read_bytes().replace(b"@@MID@@", OURS.encode())


def read(body: str | bytes, *head: str) -> Mail:
    """A mail of Ada's with these headers and this body."""
    heads = ["From: Ada Test <ada@t.example>", "Message-ID: <x@t.example>", *head]
    raw = "\r\n".join(heads).encode() + b"\r\n\r\n" + (body if isinstance(body, bytes) else body.encode())
    return read_mail(message_from_bytes(raw), MARKER)
