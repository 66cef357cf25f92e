"""The questions on the way to a person end: nobody who only thanks or wants a person is told of questions."""

from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply


def no_more(reply: Reply) -> None:
    """People get what is there; who wants to be asked no more is told so."""
    if reply.conversation.ticket is not None:
        handover.enough(reply)
    else:
        handover.hand_over(reply)


def person(reply: Reply) -> None:
    """Who wants one is told that they come, and by when, where people have the request."""
    request = reply.message.request
    if request is None:
        no_more(reply)
    else:
        handover.enough(reply, reply.line("person_on_the_way", number=request.number, due=request.due))


def thanked(reply: Reply) -> None:
    """Thanks end the questions: everything is on the request."""
    known = reply.conversation
    if known.ticket is None:
        no_more(reply)
    else:
        handover.enough(reply, reply.line("all_noted", number=known.ticket))
