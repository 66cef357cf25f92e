"""One of several matters that were told is named again: `and the password thing?`; it is taken up, and the one before it is kept.
`which one is the ticket about?` is told."""

import re

from bot.dialogue.answering import steps
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import vague
from bot.dialogue.in_danger import emergency_rules
from bot.dialogue.reply import Part, Reply
from bot.dialogue.with_support import beside, next_matter
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

NAMES, ASKS_WHICH = PHRASES.phrases["names_again"], PHRASES.phrases["asks_which_matter"]
FIRST, MEANS_THE = PHRASES.phrases["names_first"], PHRASES.phrases["means_the"]
OTHER = re.compile(r"\b(?:other|first) (?:thing|one|matter|issue|problem|question)\b")
LETS_BE, JUST = PHRASES.phrases["lets_matter_be"], re.compile(r"\b(?:just|only)\b")
LONGEST, HINTED, TOLD = 9, 0.05, ("answering", "gathering", "with_support")
"""Longer words tell more than a name; how likely a matter must be to be named; and where matters were told."""


def is_named(reply: Reply) -> bool:
    """A matter that waits its turn or that people have is named, or the one that is looked at, and nothing more is told."""
    return _named(reply) is not None


def _named(reply: Reply) -> str | None:
    """The likeliest of what was told, by the words alone; once people have one of them, also what the words are surely about."""
    known, request, reading = reply.conversation, reply.message.request, reply.reading
    if _lets_other_be(reply):
        return known.issue
    few = reply.typed and len(reply.message.text.split()) <= LONGEST
    named = any(one.is_in(reply.message.text) for one in (NAMES, FIRST, MEANS_THE))
    if not few or not named or known.state not in TOLD or emergency_rules.is_open(reply):
        return None
    corrects = MEANS_THE.is_in(reply.message.text)
    others = [one for one in (*known.also, request and request.issue) if one in reply.script.catalog.intents]
    told = [one for one in (known.issue, *others) if one and one not in known.solved]
    if request is not None and reading.sure and reading.decision == "answer" and not corrects:
        told.append(reading.issue)
    if corrects and (area := vague.only_area(reply.message.text)) is not None:
        return next((one for one in told if one.startswith(f"{area}.") and one != known.issue), None)
    chance = {one.issue: one.confidence for one in (reading.ranked and reading.ranked.all) or reading.candidates}
    waits = [one for one in known.also if one in reply.script.catalog.intents and one not in known.solved]
    if OTHER.search(plain(reply.message.text)) and len(waits) == 1:
        return waits[0]
    best = max(told, key=lambda issue: chance.get(issue, 0.0), default=None)
    if corrects and best == known.issue:
        return None
    surely_none = reading.sure and reading.issue not in told
    return best if others and best and chance.get(best, 0.0) >= HINTED and not surely_none else None


def _lets_other_be(reply: Reply) -> bool:
    """`forget the invoice, just the appointment`: what waits its turn is let be, and what is looked at goes on."""
    known, said = reply.conversation, plain(reply.message.text)
    left = JUST.sub(" ", LETS_BE.expression.sub(" ", said)).strip(" .,;!")
    waits = reply.typed and bool(known.also) and known.ticket is None and LETS_BE.is_in(said)
    area = vague.only_area(left) if waits and left else None
    return area is not None and (known.issue or "").startswith(f"{area}.")


def take(reply: Reply) -> None:
    """It is looked at now, and what was looked at comes after it; what is looked at already, or with people, is said to be so."""
    known, named, request = reply.conversation, _named(reply), reply.message.request
    if named is None:
        return
    if (
        request is not None
        and named == request.issue
        and known.beside is not None
        and MEANS_THE.is_in(reply.message.text)
    ):
        _back_to_request(reply)
        return
    if _lets_other_be(reply):
        reply.know(also=())
    if named == known.issue or (request is not None and named == request.issue):
        _tell_and_go_on(reply)
        return
    left = known.issue if known.issue in reply.script.catalog.intents and known.state != "with_support" else None
    if known.ticket is not None and known.beside is None:
        next_matter.set_beside(reply)
    steps.leave_step(reply)
    also = tuple(dict.fromkeys([*(one for one in known.also if one != named), *((left,) if left else ())]))
    reply.know(issue=None, step=None, reason=None, asking=None, asked=(), also=also)
    if left:
        reply.open_with("looked_at_first")
    steps.start(reply, named)


def _back_to_request(reply: Reply) -> None:
    """What was begun beside it was not meant: it is left, and what was asked before is answered by the file of the request's matter."""
    asked = " ".join([*reply.conversation.so_far[-2:-1], *_thing(reply.message.text)])
    beside.go_back(reply)
    intent, request = reply.intent(), reply.message.request
    number = reply.script.replies.answer_to(asked, intent, "")
    reply.open_with(reply.first_unsaid("understood_anew", "thanks_noted"))
    if number is not None:
        reply.say(reply.text_of(intent, f"glossary.{number}", intent.glossary[number].say))
    elif request is not None:
        reply.say(reply.line("request_about", number=request.number, title=reply.script.catalog.title(request.issue)))


def _thing(text: str) -> tuple[str, ...]:
    found = MEANS_THE.expression.search(plain(text))
    return (f"the {found[1] or found[2]}",) if found else ()


def asks_which(reply: Reply) -> bool:
    """`which one is the ticket about?`"""
    return reply.typed and ASKS_WHICH.is_in(reply.message.text)


def tell_which(reply: Reply) -> None:
    """What the request is about, what is looked at, and what comes after it; what was before the user stays."""
    _tell_and_go_on(reply)


def _tell_and_go_on(reply: Reply) -> None:
    known = reply.conversation
    parts = _where_each_is(reply)
    reply.lead += parts[:-1]
    if known.state == "answering" and known.step:
        steps.ask_again(reply, parts[-1])
    elif known.state == "gathering":
        reply.lead.append(parts[-1])
        handover.ask_next(reply)
    else:
        reply.say(parts[-1], buttons=known.buttons)


def _where_each_is(reply: Reply) -> list[Part]:
    known, request, catalog = reply.conversation, reply.message.request, reply.script.catalog
    parts = []
    if request is not None:
        parts.append(reply.line("request_about", number=request.number, title=catalog.title(request.issue)))
    if known.issue in catalog.intents and (request is None or known.issue != request.issue):
        parts.append(reply.line("looked_at_now", title=catalog.title(known.issue or "")))
    waiting = [one for one in known.also if one in catalog.intents]
    parts += [reply.line("comes_after", title=catalog.title(one)) for one in waiting]
    return parts or [reply.line("status_none")]
