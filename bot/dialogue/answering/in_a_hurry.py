"""That it cannot wait, told while nobody has it: a person is offered at once, and the phone; the step stays."""

import re

from bot.dialogue.answering import steps
from bot.dialogue.gathering import answer_checks, questions
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import party
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from handoff.facts import CANNOT_WAIT
from handoff.policy.names import ASKED_FOR_PERSON
from handoff.ticket import SKIPPED

SAYS_SO, CLAUSE = PHRASES.phrases["cannot_wait"], re.compile(r"[,.;!]+\s+|\s+(?=(?:and|but) )")


def is_said_in(text: str) -> bool:
    """By the whole, or by one of its clauses: `I have patients now, it can't wait`."""
    return SAYS_SO.is_in(text) or any(SAYS_SO.is_in(re.sub(r"^(?:and|but) ", "", one)) for one in CLAUSE.split(text))


def is_said(reply: Reply) -> bool:
    """No request is open; and no result is told with it."""
    nobody = reply.typed and reply.conversation.ticket is None
    said = is_said_in(reply.message.text) or party.is_of_staying(reply)
    return nobody and ((reply.meant.act != "helped" and said) or reply.script.replies.hurries(reply.message.text))


def is_told_to_question(reply: Reply) -> bool:
    """`please fix it today`, to a question on the way to a person: no day of a visit, and no news that it works."""
    return reply.typed and reply.script.replies.hurries(reply.message.text)


def note(reply: Reply) -> None:
    """Whatever request follows has the mark, and the question stays; a second time it is passed over."""
    reply.add_signals(CANNOT_WAIT)
    reply.open_with("hurried")
    if answer_checks.asked_once(reply):
        questions.keep_what_was_heard(reply)
        handover.ask_next(reply)
    else:
        handover.answer(reply, SKIPPED)


def offer_person(reply: Reply) -> None:
    """Once; who says it again gets a person. Whatever request follows has the mark."""
    reply.add_signals(CANNOT_WAIT)
    if "person_at_once" in reply.conversation.unsaid:
        handover.begin(reply, ASKED_FOR_PERSON)
        return
    phone = reply.script.phone_number
    steps.ask_again(reply, reply.line("person_at_once", phone=phone), person=True)
