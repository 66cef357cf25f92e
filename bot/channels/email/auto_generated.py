"""Whether a machine wrote a mail: all signs together, and what is not certain is for people to look at."""

import re
from collections.abc import Iterator
from email.message import Message
from itertools import islice

from bot.channels.email.charsets import decoded
from bot.channels.email.compose import message_ids
from bot.channels.email.headers import header, mailboxes, raw_headers
from bot.channels.email.markers import load_markers

MOST_PARTS = 200
_ID_LINE = re.compile(r"^[> \t]{0,20}message-id:\s{0,5}(<[^<>\s]{3,200}>)", re.IGNORECASE | re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?\n])(?=\s|$)")
LONGEST_BODY = 200_000
BOUNCE, DELAY, RECEIPT, AUTO_REPLY = "bounce", "delay", "receipt", "auto_reply"
CALENDAR, LIST, PERHAPS = "calendar", "list", "perhaps_machine"
ARRIVED = frozenset({"delivered", "relayed", "expanded"})
LISTS = frozenset({"bulk", "list", "junk"})


def machine(message: Message, sender: str, subject: str, *, answers: bool, has_words: bool) -> str:
    """Why this was not written by a person to us; empty for a person's mail. `answers`: it refers to an earlier mail."""
    local = sender.partition("@")[0]
    bouncer = local in load_markers().machine_senders
    if (kind := message.get_content_type()) == "multipart/report" or bouncer:
        return _report(message) if kind == "multipart/report" else _of_bouncer(message, subject)
    if _is_form(message, sender):
        return ""
    if _of_nobody(message) and load_markers().is_bounce.match(subject):
        return BOUNCE
    if found := _of_program(message, subject, answers=answers):
        return found
    if _answers_invitation(message) or (not has_words and _has_calendar(message)):
        return CALENDAR
    return LIST if _is_list(message) else ""


def without_advice(text: str) -> str:
    """The words of an automatic answer without its sentences about whom to call in an emergency."""
    advice = load_markers().says_whom_to_call
    return "".join(one for one in _SENTENCE.split(text) if not advice.search(" ".join(one.split())))


def returned(message: Message) -> Iterator[str]:
    """The Message-IDs that stand anywhere in a mail that came back; only those that we signed are ours."""
    for part in islice(message.walk(), MOST_PARTS):
        if part is not message:
            yield from message_ids(header(part, "Message-ID"))
        if part.get_content_maintype() == "text" and isinstance(content := part.get_payload(decode=True), bytes):
            yield from _ID_LINE.findall(decoded(content[:LONGEST_BODY], "latin-1"))


def _report(message: Message) -> str:
    """A report on a mail: a receipt, a notice that it arrived or is late, or that it came back."""
    kinds = {part.get_content_type() for part in islice(message.walk(), MOST_PARTS)}
    if "message/disposition-notification" in kinds:
        return RECEIPT
    if "message/feedback-report" in kinds:
        return PERHAPS
    actions = _actions(message)
    if actions and actions <= ARRIVED:
        return RECEIPT
    return DELAY if actions and actions <= ARRIVED | {"delayed"} else BOUNCE


def _of_bouncer(message: Message, subject: str) -> str:
    """A mail server's own words, in no form; a person can sit at postmaster@."""
    certain = _of_nobody(message) or load_markers().is_bounce.match(subject) is not None
    return BOUNCE if certain or any(returned(message)) else PERHAPS


def _actions(message: Message) -> set[str]:
    found = (header(part, "Action") for part in islice(message.walk(), MOST_PARTS))
    return {action.strip().lower() for action in found if action.strip()}


def _of_program(message: Message, subject: str, *, answers: bool) -> str:
    """An automatic answer where two signs say so; one alone can stand on a person's mail too, which a program passed on."""
    away = load_markers().is_away.match(subject) is not None
    replied = _says_replied(message)
    sent = replied or _says_sent(message) or _of_nobody(message)
    if (away and (answers or sent)) or (replied and answers):
        return AUTO_REPLY
    return PERHAPS if away or sent else ""


def _says_replied(message: Message) -> bool:
    """A program says that it answers: RFC 3834, and what is in use besides it."""
    replied = header(message, "Auto-Submitted").strip().lower().startswith("auto-replied")
    by_precedence = header(message, "Precedence").strip().lower() == "auto_reply"
    return replied or by_precedence or _is_set(message, load_markers().replying_headers)


def _says_sent(message: Message) -> bool:
    """A program says that it sent or passed on the mail, whoever wrote it."""
    submitted = header(message, "Auto-Submitted").strip().lower()
    return bool(submitted and not submitted.startswith("no")) or _is_set(message, load_markers().sending_headers)


def _is_set(message: Message, names: list[str]) -> bool:
    values = (header(message, name).strip().lower() for name in names)
    return any(value not in ("", "no", "false", "none") for value in values)


def _is_form(message: Message, sender: str) -> bool:
    """A form on a web site says that a program sent the mail, and who wrote it stands in Reply-To."""
    generated = header(message, "Auto-Submitted").strip().lower().startswith("auto-generated")
    writers = [box.address for box in mailboxes(message, "Reply-To")]
    return generated and len(writers) == 1 and writers[0] not in ("", sender)


def _of_nobody(message: Message) -> bool:
    return any(path.strip() == "<>" for path in raw_headers(message, "Return-Path"))


def _answers_invitation(message: Message) -> bool:
    return any(part.get_param("method", "") in ("REPLY", "COUNTER") for part in _calendars(message))


def _has_calendar(message: Message) -> bool:
    return any(True for _ in _calendars(message))


def _calendars(message: Message) -> Iterator[Message]:
    return (part for part in islice(message.walk(), MOST_PARTS) if part.get_content_type() == "text/calendar")


def _is_list(message: Message) -> bool:
    """A list, or a mailing to many; a person may be behind it."""
    of_many = header(message, "Precedence").strip().lower() in LISTS
    return of_many or any(raw_headers(message, name) for name in ("List-Id", "List-Unsubscribe"))
