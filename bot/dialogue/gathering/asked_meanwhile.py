"""A question of the user's, asked in the place of an answer to ours: how long it takes, or something for people to answer. It is met
first, and ours stays before them."""

import re

from bot.dialogue.gathering import answer_checks, choices, questions
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import asked_of_request, request_status
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.ticket import SKIPPED, Gathered

NOT_ANSWERED = PHRASES.phrases["not_answered"]
FOR_PEOPLE, SURE, CLAUSE = PHRASES.phrases["asks_something_else"], 0.5, re.compile(r"[,.;!?]+\s+")
FEW = 3
"""So many words are a question of their own."""


def asks_how_long(reply: Reply) -> bool:
    """`how long will it take?`, also with thanks before it."""
    return reply.typed and request_status.asks_what_comes(reply.message.text)


def tell_how_long(reply: Reply) -> None:
    """By when people answer, where they have it; else that it is told with the request."""
    if reply.conversation.ticket is not None:
        request_status.tell_status(reply)
    else:
        reply.open_with("how_long_then")
    go_on(reply)


def is_for_people(reply: Reply) -> bool:
    """`do you have a pdf of that`, `will I lose the visit?`: no question about ours, and nobody but a person can answer it."""
    if NOT_ANSWERED.is_in(reply.message.text):
        return reply.typed
    asks = reply.meant.act == "question" and reply.meant.chance >= SURE
    return asks and any(map(FOR_PEOPLE.is_in, CLAUSE.split(reply.message.text)))


def keep_for_people(reply: Reply) -> None:
    """It stands on the request, or will; ours is put once more, and then passed over."""
    _say_it_is_kept(reply)
    if answer_checks.asked_once(reply):
        go_on(reply)
    else:
        handover.answer(reply, SKIPPED)


def keep_answer(reply: Reply) -> None:
    """An answer to ours that stands before a question of theirs: `android. did you tell me to ring the bank?`"""
    question, choice = questions.asked_now(reply), _told_first(reply)
    if question is not None and choice is not None:
        kept = (one for one in reply.conversation.gathered if one.id != question.id)
        reply.know(gathered=(*kept, Gathered(question.id, question.label, choice)))


def names_in_a_word(reply: Reply) -> bool:
    """`sending. i told you`; never where people shall take it."""
    question = questions.asked_now(reply)
    named = question is not None and choices.named_in_clause(reply.message.text, question) is not None
    return named and reply.typed and not reply.wants_people and answer_checks.chosen(reply) is not None


def keep_besides(reply: Reply) -> None:
    """The question behind such an answer is for people."""
    if _told_first(reply) is not None:
        _say_it_is_kept(reply)


def _told_first(reply: Reply) -> str | None:
    """The choice that the first clause names, where a question of their own stands behind it."""
    question, clauses = questions.asked_now(reply), [one for one in CLAUSE.split(reply.message.text) if one.strip()]
    asked = reply.typed and reply.message.text.rstrip().endswith("?") and len(clauses) > 1
    if question is None or not asked or len(clauses[-1].split()) < FEW:
        return None
    return choices.named_choice(plain(clauses[0]), question)


def _say_it_is_kept(reply: Reply) -> None:
    if reply.conversation.ticket is not None:
        name = reply.longest_unsaid(*asked_of_request.ADDED)
        reply.lead.append(reply.line(name, number=reply.conversation.ticket))
    else:
        reply.open_with("question_kept")


def go_on(reply: Reply) -> None:
    """The same question, or the next one where the words told its answer too."""
    questions.keep_what_was_heard(reply)
    if any(one.id == reply.conversation.asking for one in reply.conversation.gathered):
        reply.know(asking=None)
    handover.ask_next(reply)
