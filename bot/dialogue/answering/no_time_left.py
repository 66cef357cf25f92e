"""A visit starts within minutes, and what stands before it cannot be done: people at once, and no further step."""

from bot.dialogue.answering import tried
from bot.dialogue.button_values import NoneOfThese
from bot.dialogue.handing_over import handover
from bot.dialogue.handing_over.cannot_hear import CANNOT_HEAR
from bot.dialogue.hearing import visit_now
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import OF_VISITS
from bot.understanding.replying.bare import bare_answer
from bot.understanding.text.phrases import PHRASES
from handoff.events import IssueRaised
from handoff.policy.names import NOT_RESOLVED_BY_DOCUMENTATION, NOT_UNDERSTOOD

ASKS_WHAT_TO_DO = PHRASES.phrases["asks_what_to_do"]
LITTLE_TIME = PHRASES.phrases["little_time"]
"""The button that it is none of these."""
STANDS_BEFORE = ("account.", "technical.")
"""Matters that keep somebody from a visit."""
BLOCKED, SURE = ("cannot", "not_helped", "did_before"), 0.8
"""What says that the step leads nowhere, and from which chance on."""


def stands_in_the_way(reply: Reply) -> bool:
    """With the first words: a visit is due within minutes, and what surely keeps them from it is no visit's: signing in, a page."""
    known, reading = reply.conversation, reply.reading
    due = visit_now.SOON in known.signals and known.ticket is None and reply.typed and known.in_english
    surely = reading.sure and reading.decision == "answer" and reading.issue.startswith(STANDS_BEFORE)
    return due and surely and visit_now.is_within_minutes(reply.message.text)


def to_people_first(reply: Reply) -> None:
    """The request at once, and the phone line on it; no step is begun that there is no time for."""
    intent = reply.intent(reply.reading.issue)
    reply.know(issue=intent.id, also=tuple(one for one in reply.reading.also if one != intent.id))
    reply.happened(IssueRaised(intent.id))
    tried.note(reply)
    handover.begin(reply, intent.reason or NOT_RESOLVED_BY_DOCUMENTATION)


def is_told(reply: Reply) -> bool:
    """Amid a step that is no visit's, with a visit due: no time is left, the step is no way, or what becomes of the visit is asked."""
    known, meant = reply.conversation, reply.meant
    due = (
        visit_now.SOON in known.signals
        and known.ticket is None
        and known.state == "answering"
        and known.step is not None
    )
    if not due or not reply.typed or (known.issue or "").startswith(OF_VISITS) or meant.act == "helped":
        return False
    text = reply.message.text
    if LITTLE_TIME.is_in(text) or visit_now.is_told(reply) or CANNOT_HEAR.is_in(text):
        return True
    if visit_now.SOON in reply.fresh and visit_now.is_within_minutes(text):
        return True
    return (meant.act in BLOCKED and meant.chance >= SURE) or _presses_what_cannot_be(reply)


def _presses_what_cannot_be(reply: Reply) -> bool:
    """The button that says that the step cannot be taken."""
    step = reply.intent().step(reply.conversation.step or "")
    meant = reply.meant
    return meant.act == "button" and any(one.cannot for one in step.options if one.label == meant.button)


def is_lost(reply: Reply) -> bool:
    """The same while it is asked which issue it is: none of these, no time, or what to do now."""
    known, text = reply.conversation, reply.message.text
    due = visit_now.SOON in known.signals and known.ticket is None and known.state == "choosing" and bool(known.choices)
    if not due or not known.in_english or not (reply.typed or reply.message.presses == NoneOfThese()):
        return False
    hurries = any(one.is_in(text) for one in (LITTLE_TIME, ASKS_WHAT_TO_DO, CANNOT_HEAR)) or visit_now.is_told(reply)
    return hurries or _says_none(reply)


def _says_none(reply: Reply) -> bool:
    none = reply.meant.act == "none" and reply.meant.chance >= SURE
    return reply.message.presses == NoneOfThese() or none or bare_answer(reply.message.text) == "not_helped"


def to_people_as_it_is(reply: Reply) -> None:
    """With the likeliest of what was offered, where it is not said to be none of it, and nothing grave by a guess."""
    likeliest = reply.conversation.choices[0]
    reply.know(issue=None if _says_none(reply) or reply.intent(likeliest).is_grave else likeliest)
    handover.begin(reply, NOT_UNDERSTOOD if reply.conversation.issue is None else NOT_RESOLVED_BY_DOCUMENTATION)


def to_people(reply: Reply) -> None:
    """The request first; what else was told stays on it, and no step is shown any more."""
    tried.note(reply)
    opening = reply.line("in_writing") if CANNOT_HEAR.is_in(reply.message.text) else None
    handover.begin(reply, NOT_RESOLVED_BY_DOCUMENTATION, opening=opening)
