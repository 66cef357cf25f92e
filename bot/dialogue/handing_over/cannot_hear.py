"""Who does not hear, or needs captions or an interpreter, gets people who write, and no step by ear; and that somebody is not heard in
a visit is no danger."""

from bot.dialogue.answering import steps
from bot.dialogue.conversation import NOT_HANDED_OVER
from bot.dialogue.handing_over import handover
from bot.dialogue.hearing import urgency, visit_now
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import JOIN_VIDEO, UNKNOWN
from bot.understanding.reading import LIKELY
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import NOT_RESOLVED_BY_DOCUMENTATION

CANNOT_HEAR = PHRASES.phrases["cannot_hear"]
HEARS_NOBODY, HARDLY = PHRASES.phrases["hears_nobody"], 0.2
"""That somebody is not heard in a visit, and under which chance such words speak of no danger."""


def is_wanted(reply: Reply) -> bool:
    """A visit by video that is not heard, or that an interpreter is needed for; told now, or before it came to the visit."""
    known, first = reply.conversation, reply.reading.candidates[0]
    open_still = known.ticket is None and known.state in NOT_HANDED_OVER and known.in_english
    told = reply.typed and any(CANNOT_HEAR.is_in(words) for words in (reply.message.text, *known.words))
    due = visit_now.SOON in known.signals
    return (
        open_still
        and told
        and (JOIN_VIDEO in (first.issue, known.issue) or due)
        and reply.reading.decision != "smalltalk"
    )


def write(reply: Reply) -> None:
    """People take it from here, in writing."""
    steps.leave_step(reply)
    reply.know(issue=JOIN_VIDEO if JOIN_VIDEO in reply.script.catalog.intents else UNKNOWN, step=None)
    handover.begin(reply, NOT_RESOLVED_BY_DOCUMENTATION, opening=reply.line("in_writing"))


def is_of_sound(reply: Reply) -> bool:
    """`my dad can't hear the doctor, he is 91`: likely a visit by video, with hardly a sign of danger and none beyond doubt."""
    reading, first = reply.reading, reply.reading.candidates[0]
    if not reply.typed or reading.decision != "safety_check" or reading.ranked is None or reading.heard.rules:
        return False
    likely = first.issue == JOIN_VIDEO and first.confidence >= LIKELY and reading.ranked.danger < HARDLY
    return likely and HEARS_NOBODY.is_in(reply.message.text)


def begins_with_sound(reply: Reply) -> bool:
    """The same where nothing has begun yet."""
    nothing = reply.conversation.state in urgency.NOTHING_BEGUN and reply.conversation.ticket is None
    return nothing and is_of_sound(reply)
