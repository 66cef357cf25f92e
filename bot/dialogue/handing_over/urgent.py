"""Security, privacy, lost data, an outage: what is done where one is told."""

from bot.dialogue.answering import steps
from bot.dialogue.handing_over import in_another_language
from bot.dialogue.hearing import unspoken_language, urgency
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import OUTAGE
from handoff.policy.names import MULTIPLE_USERS_AFFECTED


def hand_over(reply: Reply) -> None:
    """Its team gets it, with what was looked at before; in another language by its short texts alone, and no question in English."""
    if unspoken_language.holds(reply):
        in_another_language.answer(reply)
        return
    earlier = reply.conversation.issue
    steps.leave_step(reply)
    others = tuple(dict.fromkeys([*reply.conversation.also, *reply.reading.also, *((earlier,) if earlier else ())]))
    reply.know(also=tuple(other for other in others if other != reply.reading.issue), step=None)
    steps.start(reply, reply.reading.issue)


def start(reply: Reply) -> None:
    steps.start(reply, reply.reading.issue)


def begin_outage(reply: Reply) -> None:
    """What was looked at is left: several people have it."""
    steps.leave_step(reply)
    reply.add_signals(MULTIPLE_USERS_AFFECTED)
    steps.start(reply, OUTAGE)


def start_of_one_team(reply: Reply) -> None:
    steps.start(reply, urgency.which_of_one_team(reply) or reply.reading.issue)
