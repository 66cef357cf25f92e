"""Another matter that is asked for as one adds something (`i also want to change my email address`): it never only stands among the
words of the request, but has its steps, or a request of its own, or its name on the one that people have."""

from bot.dialogue.answering import steps
from bot.dialogue.choosing import in_pieces
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import unspoken_language
from bot.dialogue.hearing.objection import ORDERS, named_by
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import beside, closing, next_matter
from bot.dialogue.with_support.beside import ANOTHER_MATTER
from bot.understanding.intents.names import PERSON, PRIVACY, UNKNOWN
from bot.understanding.reading import NO_MATTER
from bot.understanding.text.cuts import QUESTION_MARKS
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import PRIVACY_REQUEST

LIKELY, TRACE, SURELY, SURE_OF_OTHERS = 0.5, 0.2, 0.9, 0.75
"""From which chance on words are of another matter, under which one of the request's own; from which on it begins by itself; and from
which on what only another team can do is a request of its own."""
TELLS, ADDED = 4, ("add", "issue", "unclear", "details")
"""So many telling words tell another matter, and what they look like as said to us who wait."""
DONE = "ed"
"""How the word of a deed ends that was done."""


def is_told(reply: Reply) -> bool:
    """The words are likely of one other matter, and hardly of the request's."""
    first, known, about = reply.reading.candidates[0], reply.conversation, _about(reply)
    if first.issue in {*about, *known.refused, *known.also, PERSON, UNKNOWN} or first.confidence < LIKELY:
        return False
    if unspoken_language.holds(reply) or beside.adds_to_attack(reply) or closing.is_kept(reply) or not reply.typed:
        return False
    if in_pieces.tells_nothing(reply):
        return False
    traces = [one for one in reply.reading.candidates if one.issue in about and one.confidence >= TRACE]
    named = reply.intent(first.issue).tier is not None and len(reply.message.text.split()) > 1
    return named and not traces and not _is_done(reply, first.issue)


def _about(reply: Reply) -> set[str | None]:
    """What is spoken of, and what people have."""
    request = reply.message.request
    return {reply.conversation.issue, request.issue if request else None}


def _is_done(reply: Reply, issue: str) -> bool:
    """`I cancelled the appointment in time`: the very deed is told as done, and is not asked for."""
    deeds = ORDERS & named_by(reply.intent(issue))
    done = [word for word in plain(reply.message.text).split() if word.endswith(DONE)]
    return any(word.startswith(deed) for word in done for deed in deeds)


def is_a_change(reply: Reply) -> bool:
    """`please change my phone number to …`: surely another matter, though it tells how to reach somebody."""
    return is_told(reply) and reply.reading.candidates[0].confidence >= SURELY


def name(reply: Reply) -> None:
    """It stands on the request by its name."""
    known = reply.conversation
    reply.know(also=(*known.also, reply.reading.candidates[0].issue))
    handover.tell_people(reply)


def is_request_under_law(reply: Reply) -> bool:
    """`this is my mum's account, I'm her guardian: can I see everything in it?`, told while another team has a calm matter: who looks
    after privacy answers it, and the first one keeps its team."""
    request, first = reply.message.request, reply.reading.candidates[0]
    if request is None or not reply.typed or unspoken_language.holds(reply) or closing.is_kept(reply):
        return False
    told = reply.reading.sure and first.issue == PRIVACY and PRIVACY_REQUEST in reply.reading.signals
    return told and request.team != reply.intent(PRIVACY).team


def is_said_apart(reply: Reply) -> bool:
    """`our whole floor's thermometer sync has been dead for a week, different story`: another matter by its own words, though not
    which."""
    text = reply.message.text
    if unspoken_language.holds(reply) or closing.is_kept(reply) or not reply.typed or not ANOTHER_MATTER.is_in(text):
        return False
    first = reply.reading.candidates[0]
    if first.issue in _about(reply) and first.confidence >= LIKELY:
        return False  # `by the way, it was the payment from last Tuesday`, told to a request about a payment
    tells = len(telling_words(plain(text))) >= TELLS and not text.rstrip().endswith(QUESTION_MARKS)
    return tells and reply.meant.act in ADDED and reply.reading.decision not in NO_MATTER


def begin_apart(reply: Reply) -> None:
    """People have it as a request of its own."""
    next_matter.set_beside(reply)
    steps.start(reply, UNKNOWN)


def take(reply: Reply) -> None:
    """Its steps, where it surely has some, or a request of its own, where others answer it; else its name on the request."""
    if _begins(reply):
        beside.start(reply)
        return
    name(reply)
    if reply.more is None:
        reply.say(reply.added())
        return
    title = reply.script.catalog.title(reply.reading.candidates[0].issue)
    reply.say(reply.line("added_matter", number=reply.conversation.ticket, title=title))


def _begins(reply: Reply) -> bool:
    first, request = reply.reading.candidates[0], reply.message.request
    intent = reply.intent(first.issue)
    others = request is not None and request.team != intent.team and intent.route != "answer"
    surely = first.confidence >= (SURE_OF_OTHERS if others else SURELY)
    return (others or intent.route == "answer") and reply.reading.sure and surely
