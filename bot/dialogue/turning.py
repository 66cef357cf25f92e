"""The issue changes in the midst of a step or a question: by what all that was said is about, or because somebody changes their
mind: `forget it, actually my prescription is missing`."""

from bot.dialogue import handover, steps, unclear, vague
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

CHANGES_MIND = PHRASES.phrases["changes_mind"]
WISHED, LIKELY = "asked_for_person", 0.25
"""Why people get what somebody wanted them for; and how likely the other issue must be, by the words themselves."""


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


def understand_anew(reply: Reply) -> None:
    """What all that was said is about, in the place of what was understood at first; a wish for people is kept."""
    found = reply.reading.matter[0]
    steps.leave_step(reply)
    if reply.conversation.reason == WISHED:
        reply.know(issue=found.issue, asking=None)
        handover.begin(reply, WISHED, opening=reply.line("thanks_noted"))
        return
    reply.know(issue=None, step=None, reason=None, asking=None, asked=())
    reply.open_with("understood_anew")
    steps.start(reply, found.issue)


def _area(reply: Reply) -> str | None:
    return vague.only_area(CHANGES_MIND.expression.sub(" ", plain(reply.message.text)))


def _other(reply: Reply) -> str | None:
    """The likeliest issue, where it is another than the one that is looked at."""
    first = reply.reading.candidates[0]
    other = first.issue != reply.conversation.issue and reply.intent(first.issue).tier is not None
    return first.issue if other and first.confidence >= LIKELY else None
