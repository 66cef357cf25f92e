"""`Third time that I write and nobody answers`: a complaint and no danger. It is named, the true state is told, and people see it."""

import re

from bot.dialogue.button_values import NotAlso, TakeUp
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import request_rules, request_status, taken
from bot.understanding.intents.names import ABOUT_BOT, CONTACT, FRUSTRATION, OUTAGE, PERSON, STATUS, UNKNOWN
from bot.understanding.reading import DANGEROUS, OPENS_MATTER
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words
from bot.understanding.worrying import worries
from handoff.policy.names import ASKED_FOR_PERSON, NOT_IN_KNOWN_ISSUES

BY_US, BY_ANYBODY, BY_CLINIC = (
    PHRASES.phrases[name] for name in ("writes_again", "nobody_answers", "clinic_is_silent")
)
MOST_BESIDE = 3
"""So many telling words beside the complaint tell of nothing else."""
OF_NO_ISSUE = (PERSON, UNKNOWN, STATUS, FRUSTRATION, CONTACT, ABOUT_BOT, OUTAGE)
"""What a bare complaint is read as, besides what it is."""
ASKS_US, LONG = (
    PHRASES.phrases["asks_us"],
    re.compile(
        r"\b(?:since (?:last )?(?:\w+day|yesterday)|(?:since|for (?:over |more than )?\w+|\w+) (?:hours?|days?|weeks?|months?))\b"
    ),
)
"""A question, and a stretch of time that is over."""
NO_NUMBER = PHRASES.phrases["has_no_number"]
NAMED, NAMED_CLINIC = "unanswered", "unanswered_clinic"


def is_said(reply: Reply) -> bool:
    """That we, or whoever was asked, do not answer; not how a doctor is silent, which is another matter."""
    text = reply.message.text
    return reply.typed and (BY_US.is_in(text) or (BY_ANYBODY.is_in(text) and not BY_CLINIC.is_in(text)))


def rest_of(text: str) -> str | None:
    """What is told beside the complaint; None where there is no complaint."""
    said = plain(text)
    left = said
    for one in (BY_US, BY_ANYBODY, BY_CLINIC):
        left = one.expression.sub(" ", left)
    return " ".join(left.split()) if left != said else None


def is_all(reply: Reply) -> bool:
    """The complaint, and next to nothing beside it; danger that is told with it goes first."""
    if not reply.typed or worries(reply.message.text) or reply.reading.decision in DANGEROUS:
        return False
    rest = rest_of(reply.message.text)
    return rest is not None and len(telling_words(rest)) <= MOST_BESIDE


def is_told_of_request(reply: Reply) -> bool:
    """Of a request that people have; in an emergency the numbers come first."""
    told = (is_said(reply) and is_all(reply)) or waits_since(reply)
    return reply.message.request is not None and told and not taken.is_emergency(reply)


def waits_since(reply: Reply) -> bool:
    """`still waiting since Monday`, `it's been a week and I heard nothing`: how long it is told, and nothing is asked."""
    text = plain(reply.message.text)
    if not reply.typed or worries(text) or reply.reading.decision in DANGEROUS or ASKS_US.is_in(text):
        return False
    about = reply.reading.issue == STATUS or reply.meant.act == "status"
    return about and LONG.search(text) is not None


def tell_and_mark(reply: Reply) -> None:
    """That we are sorry, how far it truly is, and the mark that their team sees; who says it again hears how to ring. Nothing more is
    asked."""
    request = reply.message.request
    if request is None:
        return
    if reply.conversation.state == "gathering":
        reply.know(state="with_support", asking=None, reason=None)
    if NAMED not in reply.conversation.unsaid:
        reply.open_with(NAMED)
    if request.marked:
        request_rules.person(reply)
        return
    reply.lead.append(request_status.state_of(reply))
    taken.mark(reply)


def is_to_begin(reply: Reply) -> bool:
    """Nobody has anything yet, no step is before the user, and no issue of ours is told with it."""
    known, reading = reply.conversation, reply.reading
    text = reply.message.text
    said = BY_ANYBODY.is_in(text) if known.state == "gathering" else is_said(reply)
    if known.ticket is not None or known.step or not (said or BY_CLINIC.is_in(text)):
        return False
    other = reading.sure and reading.decision in OPENS_MATTER and reading.issue not in OF_NO_ISSUE
    return reply.typed and not other and is_all(reply)


def is_still_unfound(reply: Reply) -> bool:
    """`I haven't got a number`, to that we see no request of theirs: no issue is guessed of it."""
    asked = reply.topic_before == STATUS and reply.conversation.ticket is None
    return asked and reply.typed and NO_NUMBER.is_in(reply.message.text)


def offer_to_find(reply: Reply) -> None:
    """Shall a person look for it? Nobody is called for who only asks."""
    reply.know(state="waiting", choices=())
    buttons = (reply.button("also_yes", TakeUp(PERSON)), reply.button("also_no", NotAlso()))
    reply.say(reply.line("unfound"), buttons=buttons)


def begin(reply: Reply) -> None:
    """A person gets it at once: honestly without a request that we could not find, or of a clinic that we cannot reach."""
    clinic = not is_said(reply)
    if reply.conversation.state == "gathering":
        reply.open_with(NAMED_CLINIC if clinic else "unanswered_none")
        reply.say()
        handover.hand_over(reply)
        return
    reply.know(issue=UNKNOWN if clinic and reply.conversation.issue is None else reply.conversation.issue)
    reason = NOT_IN_KNOWN_ISSUES if clinic else ASKED_FOR_PERSON
    handover.begin(reply, reason, opening=reply.line(NAMED_CLINIC if clinic else "unanswered_none"))
