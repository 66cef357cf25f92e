"""`I am sorry to be such a bother`, and nothing else: no end and no answer; what was before the user stays before them."""

from bot.dialogue.answering import steps
from bot.dialogue.choosing import offering
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

SORRY_TO_BOTHER, MOST_BESIDE = PHRASES.phrases["sorry_to_bother"], 1
"""So many telling words beside the apology tell nothing else."""


def is_all(reply: Reply) -> bool:
    """The apology is all that is said."""
    if not reply.typed or not SORRY_TO_BOTHER.is_in(reply.message.text):
        return False
    rest = SORRY_TO_BOTHER.expression.sub(" ", plain(reply.message.text))
    return len(telling_words(rest)) <= MOST_BESIDE


def stay(reply: Reply) -> None:
    """They are no bother (`feelings` says so), and the question, step or choice is put once more."""
    known = reply.conversation
    if known.state == "choosing":
        offering.offer(reply, known.choices)
    elif known.state == "gathering":
        handover.ask_next(reply)
    elif known.state == "answering" and known.step:
        steps.ask_again(reply)
    elif known.ticket is not None:
        reply.say(reply.line("ticket_open", number=known.ticket))
    else:
        reply.say(reply.line("ask_issue"), buttons=(reply.person_button(),))
