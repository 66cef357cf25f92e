"""A question of the user's, asked in the place of an answer to ours: how long it takes, or something for people to answer. It is met
first, and ours stays before them."""

import re

from bot.dialogue.gathering import answer_checks, questions
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import asked_of_request, how_far
from bot.understanding.text.phrases import PHRASES
from handoff.ticket import SKIPPED

NOT_ANSWERED = PHRASES.phrases["not_answered"]
FOR_PEOPLE, SURE, CLAUSE = PHRASES.phrases["asks_something_else"], 0.5, re.compile(r"[,.;!?]+\s+")


def asks_how_long(reply: Reply) -> bool:
    """`how long will it take?`, also with thanks before it."""
    return reply.typed and how_far.asks_what_comes(reply.message.text)


def tell_how_long(reply: Reply) -> None:
    """By when people answer, where they have it; else that it is told with the request."""
    if reply.conversation.ticket is not None:
        how_far.tell_status(reply)
    else:
        reply.open_with("how_long_then")
    _go_on(reply)


def is_for_people(reply: Reply) -> bool:
    """`do you have a pdf of that`, `will I lose the visit?`: no question about ours, and nobody but a person can answer it."""
    if NOT_ANSWERED.is_in(reply.message.text):
        return reply.typed
    asks = reply.meant.act == "question" and reply.meant.chance >= SURE
    return asks and any(map(FOR_PEOPLE.is_in, CLAUSE.split(reply.message.text)))


def keep_for_people(reply: Reply) -> None:
    """It stands on the request, or will; ours is put once more, and then passed over."""
    if reply.conversation.ticket is not None:
        name = reply.longest_unsaid(*asked_of_request.ADDED)
        reply.lead.append(reply.line(name, number=reply.conversation.ticket))
    else:
        reply.open_with("question_kept")
    if answer_checks.asked_once(reply):
        _go_on(reply)
    else:
        handover.answer(reply, SKIPPED)


def _go_on(reply: Reply) -> None:
    """The same question, or the next one where the words told its answer too."""
    questions.keep_what_was_heard(reply)
    if any(one.id == reply.conversation.asking for one in reply.conversation.gathered):
        reply.know(asking=None)
    handover.ask_next(reply)
