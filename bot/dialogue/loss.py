"""Somebody tells of a death: it is named before anything else, and people are offered; nobody is taken to say goodbye by it."""

from bot.dialogue import asides, handover, steps
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

TELLS = PHRASES.phrases["tells_of_loss"]
CLEARLY, FEW = 0.4, 2
"""From which chance of danger on the question whether somebody is in danger goes first; so many words beside a loss tell no more."""


def _is_told(reply: Reply) -> bool:
    reading, known = reply.reading, reply.conversation
    if not reply.typed or known.state in ("with_staff", "checking") or known.language != "en":
        return False
    doubted = reading.ranked is None or reading.ranked.danger < CLEARLY
    return doubted and not reading.heard.rules and TELLS.is_in(reply.message.text)


def _names_more(reply: Reply) -> bool:
    """An issue of ours, or several words beside the loss: `and I need to close his account`."""
    reading = reply.reading
    rest = TELLS.expression.sub(" ", plain(reply.message.text))
    return (reading.sure and reading.decision in ("answer", "handoff")) or len(telling_words(rest)) > FEW


def lead(reply: Reply) -> None:
    """Where something of ours is told with it, the loss is named before that is looked at."""
    if _is_told(reply) and _names_more(reply):
        reply.open_with("condolence_short")


def is_all(reply: Reply) -> bool:
    """A loss is told, and next to nothing else."""
    return _is_told(reply) and not _names_more(reply)


def condole(reply: Reply) -> None:
    """The loss is named, the numbers and people are offered, and what was before the user stays there."""
    known = reply.conversation
    reply.open_with("condolence")
    if known.state == "answering" and known.step:
        steps.ask_again(reply, person=True)
    elif known.state == "gathering":
        handover.ask_next(reply)
    elif known.state == "choosing":
        asides.offer(reply, known.choices)
    elif known.ticket is not None:
        reply.say(reply.line("added_to_ticket", number=known.ticket))
    else:
        reply.know(state="waiting")
        reply.say(reply.line("person_can_take_over"), buttons=(reply.person_button(),))
