"""Somebody changes their mind in the midst of a step or a question: `forget it, actually my prescription is missing`."""

from bot.dialogue import steps, unclear, vague
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

CHANGES_MIND = PHRASES.phrases["changes_mind"]
LIKELY = 0.25
"""How likely the other issue must be, by the words themselves."""


def turns_away(reply: Reply) -> bool:
    """The words say so, and name something else; never once people have the request."""
    if not reply.typed or reply.conversation.ticket is not None or not CHANGES_MIND.is_in(reply.message.text):
        return False
    return _area(reply) is not None or _other(reply) is not None


def turn(reply: Reply) -> None:
    """The other issue begins; or which one it is, where only its area was named."""
    other, area = _other(reply), _area(reply)
    steps.leave_step(reply)
    reply.know(step=None, reason=None, asking=None, asked=())
    reply.open_with("changed_topic")
    if area is not None:
        unclear.in_area(reply, area)
    elif other is not None:
        steps.start(reply, other)


def _area(reply: Reply) -> str | None:
    return vague.only_area(CHANGES_MIND.expression.sub(" ", plain(reply.message.text)))


def _other(reply: Reply) -> str | None:
    """The likeliest issue, where it is another than the one that is looked at."""
    first = reply.reading.candidates[0]
    other = first.issue != reply.conversation.issue and reply.intent(first.issue).tier is not None
    return first.issue if other and first.confidence >= LIKELY else None
