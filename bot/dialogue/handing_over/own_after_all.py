"""What was taken for somebody else's data is the user's own: nobody is to keep it closed, and people hear so."""

from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.understanding.replying.replies import bare_beginning
from bot.understanding.text.phrases import PHRASES

PRIVACY, EXPOSED, IS_MINE = "escalate.privacy", "phi_exposure", PHRASES.phrases["is_my_own"]


def is_told(reply: Reply) -> bool:
    """`no, they are MY results`, of a request about data of others that were seen."""
    known, text = reply.conversation, reply.message.text
    seen = known.ticket is not None and known.issue == PRIVACY and EXPOSED in known.signals
    return reply.typed and seen and bare_beginning(text) == "not_helped" and IS_MINE.is_in(text)


def take(reply: Reply) -> None:
    """We misunderstood; no question about what was seen is asked any more, and the request has these words."""
    known = reply.conversation
    reply.know(state="with_support", asking=None, signals=tuple(one for one in known.signals if one != EXPOSED))
    reply.for_ticket = True
    reply.more = handover.request_of(reply, known.reason or EXPOSED)
    reply.say(reply.local("added", number=known.ticket) or reply.line("own_after_all", number=known.ticket))
