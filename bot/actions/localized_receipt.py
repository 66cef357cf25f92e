"""The letters of a request in the user's own language: the card with number, time, priority and what happens next; word of a new
time, of the next one and of another team; and that it is resolved, with what our people wrote. For a language that we have."""

from collections.abc import Iterator
from datetime import datetime

from bot.dialogue.conversation import Say, Source
from bot.dialogue.lines import Lines
from handoff import kinds, notices, reach
from handoff.policy.model import Policy
from handoff.ticket import NoticeKind, Ticket

Part = tuple[str, Source]
OPENED: NoticeKind = "ticket_opened"
REOPENED: NoticeKind = "reopened"
EMERGENCY_OPENED: NoticeKind = "emergency_opened"
MOVED: NoticeKind = "promise_moved"
UPDATE: NoticeKind = "next_update"
ESCALATED: NoticeKind = "escalation_notice"
RESOLVED: NoticeKind = "resolution_response"
BY_ITSELF = (REOPENED, UPDATE, ESCALATED)
"""Letters above which no numbers need stand."""
KINDS = (OPENED, REOPENED, EMERGENCY_OPENED, MOVED, UPDATE, ESCALATED, RESOLVED)
"""The letters that are written in the user's own language."""
CHAT = "chat"
OURS, COLONS = "SmartMed Support", " :："
"""Our name, as a mail has it; and the marks that end a text after which something stands."""
WRONG_MEDICINE = "wrong_medicine"
AS_SAID = {"emergency": "emergency", "perhaps_danger": "emergency", WRONG_MEDICINE: WRONG_MEDICINE}
"""Kinds whose care is the very text that the assistant says."""


def received(policy: Policy, lines: Lines, ticket: Ticket) -> Part | None:
    """Thanks, the number, and by when people answer."""
    return _said(policy, lines, ticket, "received")


def card(policy: Policy, lines: Lines, ticket: Ticket, kind: NoticeKind, now: datetime, *, mail: bool) -> Say | None:
    """The whole card; None for another letter, and where the language has no such texts."""
    if kind not in KINDS or ticket.request.language not in lines.languages:
        return None
    if kind == RESOLVED:
        return _resolved(policy, lines, ticket)
    if kind == OPENED:
        parts = tuple(_opened(policy, lines, ticket, now, mail))
    elif kinds.is_emergency(policy, ticket) and kind not in BY_ITSELF:
        parts = (_all(policy, lines, ticket, "emergency_told"),)  # the numbers stand right above it
    else:
        priority = () if kind in (UPDATE, ESCALATED) else (f"card_{ticket.priority}",)
        parts = tuple(_all(policy, lines, ticket, name) for name in (_care(policy, ticket), *priority, "status"))
    text = "\n\n".join("\n".join(one for one, _ in group) for group in parts if group)
    return Say(text, tuple(source for group in parts for _, source in group))


def waits(policy: Policy, lines: Lines, ticket: Ticket, link: str, *, no_news: bool) -> tuple[str, str] | None:
    """Subject and text of the mail that an answer waits in the chat, or that none has come yet: no word of the request."""
    if ticket.request.language not in lines.languages:
        return None
    care = _all(policy, lines, ticket, _care(policy, ticket)) if kinds.may_be_hurt(policy, ticket) else ()
    told = _all(policy, lines, ticket, "status" if no_news else "answered")
    subject = OURS if no_news else f"{OURS}: {told[0][0].rstrip(COLONS)}"
    return subject, "\n\n".join((*(text for text, _ in (*care, *told)), link))


def _opened(policy: Policy, lines: Lines, ticket: Ticket, now: datetime, mail: bool) -> Iterator[tuple[Part, ...]]:
    opening = notices.opens_again(policy, ticket, notices.promised_at(policy, ticket), now)
    chat = reach.route(policy, ticket, mail=mail) == CHAT
    yield _all(policy, lines, ticket, "received")
    said_above = kinds.kind_name(policy, ticket) == WRONG_MEDICINE
    yield _all(policy, lines, ticket, _care(policy, ticket)) if not said_above else ()
    yield _all(policy, lines, ticket, "card_open", at=opening) if opening else ()
    words = ("card_words",) if notices.for_its_author(ticket) != ticket.request.title else ()  # a title is English
    phone = ("card_phone",) if kinds.phone(policy) else ()
    listed = (*words, f"card_{ticket.priority}", "card_next", *phone)
    yield tuple((f"- {text}", source) for text, source in _all(policy, lines, ticket, *listed))
    yield _all(policy, lines, ticket, "card_here") if chat else ()


def _resolved(policy: Policy, lines: Lines, ticket: Ticket) -> Say:
    """What our people wrote, as they wrote it; the numbers first where somebody was in danger."""
    numbers = _all(policy, lines, ticket, "emergency") if kinds.is_emergency(policy, ticket) else ()
    asks, done = _all(policy, lines, ticket, "resolved"), ticket.resolution
    wrote = (done.done, done.instructions) if done else ()
    said = (*(text for text, _ in numbers), *(words for words in wrote if words), *(text for text, _ in asks))
    return Say("\n\n".join(one.strip() for one in said), tuple(source for _, source in (*numbers, *asks)))


def _care(policy: Policy, ticket: Ticket) -> str:
    kind = kinds.kind_name(policy, ticket)
    return AS_SAID.get(kind, f"care_{kind}")


def _all(policy: Policy, lines: Lines, ticket: Ticket, *names: str, at: datetime | None = None) -> tuple[Part, ...]:
    return tuple(part for name in names if (part := _said(policy, lines, ticket, name, at)))


def _said(policy: Policy, lines: Lines, ticket: Ticket, name: str, at: datetime | None = None) -> Part | None:
    """A short text of the ticket's language, filled with its facts; the time is the promised one where none is given."""
    language, moment = ticket.request.language, at or notices.promised_at(policy, ticket)
    facts = {
        "number": ticket.number,
        "summary": notices.for_its_author(ticket),
        "phone": kinds.phone(policy),
        "time": notices.clock_time(moment, ticket.request.user.zone, policy.hours.zone, language),
    }
    return lines.in_language(language, name, **facts)
