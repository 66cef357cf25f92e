"""What was told on the way to a person makes it urgent: people first, then the question (O30)."""

from bot.dialogue.gathering import answer_checks, questions
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import visit_now
from bot.dialogue.hearing.times import time_told
from bot.dialogue.reply import Reply
from handoff.ticket import Gathered


def is_told(reply: Reply) -> bool:
    """What was told makes it urgent: people look before anything more is asked (O30)."""
    return reply.conversation.ticket is None and handover.has_become_urgent(reply)


def call(reply: Reply) -> None:
    """People have it now; the question stays, for them."""
    question = questions.asked_now(reply)
    questions.keep_what_was_heard(reply)
    if question is not None and question.id in answer_checks.TIMES and _tells_when(reply):
        told = Gathered(question.id, question.label, answer_checks.as_asked(reply, question))
        reply.know(gathered=(*reply.conversation.gathered, told))
        question = next(questions.missing(reply), None)
    handover.hand_over(reply)
    if question is not None:
        handover.ask_next_of(reply, question)


def _tells_when(reply: Reply) -> bool:
    """The visit runs, or what makes it urgent is its time: `no it's today at 4`."""
    soon = visit_now.SOON in reply.fresh and time_told(reply.message.text) is not None
    return visit_now.is_told(reply) or soon
