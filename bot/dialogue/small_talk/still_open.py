"""A thank-you while nobody has the matter is no goodbye: it is said so, once, with the way to a person."""

from bot.dialogue.button_values import NoneOfThese, TalkToPerson
from bot.dialogue.conversation import Button
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import FRUSTRATION, THANKS
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import ASKED_FOR_PERSON

WAITS = PHRASES.phrases["waits_for_people"]
SURE, SURELY_LET_BE = 0.6, 0.8
"""From which chance on words thank us, and from which on they let it be."""


def _thanks(reply: Reply) -> bool:
    reading, meant = reply.reading, reply.meant
    if reading.sure and reading.issue == THANKS:
        return True
    return meant.act == "thanks" and meant.chance >= SURE


def is_left(reply: Reply) -> bool:
    """Thanks, or that they will wait, while it is asked what it is about; who surely lets it be, or says it again, is let go."""
    known = reply.conversation
    told = known.unclear > 0 or reply.topic_before == FRUSTRATION
    asked = known.state == "choosing" or (known.state == "waiting" and told)
    if not asked or not reply.typed or known.ticket is not None:
        return False
    if WAITS.is_in(reply.message.text):
        return True
    ending = reply.script.replies.to_ending(reply.message.text)
    let_be = ending.act in ("stop", "helped") and ending.chance >= SURELY_LET_BE
    return _thanks(reply) and not let_be and "still_open" not in known.unsaid


def tell(reply: Reply) -> None:
    """What was asked stays; who waits for people all the same gets them."""
    known = reply.conversation
    if "still_open" in known.unsaid:
        handover.begin(reply, ASKED_FOR_PERSON)
        return
    reply.say(reply.line("still_open"), buttons=_with_person(reply))


def _with_person(reply: Reply) -> tuple[Button, ...]:
    """What was offered, and a person in the place of "none of these"."""
    offered = [one for one in reply.conversation.buttons if one.does not in (TalkToPerson(), NoneOfThese())]
    return (*offered, reply.person_button())
