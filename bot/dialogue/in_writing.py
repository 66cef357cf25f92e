"""Who does not hear, or needs captions or an interpreter, gets people who write, and no step by ear."""

from bot.dialogue import handover, steps
from bot.dialogue.questions import UNKNOWN
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES

CANNOT_HEAR = PHRASES.phrases["cannot_hear"]
VISIT, NOT_BEGUN = "appointment.join_video", ("new", "waiting", "choosing", "answering")
NOT_SOLVED = "not_resolved_by_documentation"


def is_wanted(reply: Reply) -> bool:
    """A visit by video that is not heard, or that an interpreter is needed for; told now, or before it came to the visit."""
    known, first = reply.conversation, reply.reading.candidates[0]
    open_still = known.ticket is None and known.state in NOT_BEGUN and known.language == "en"
    told = reply.typed and any(CANNOT_HEAR.is_in(words) for words in (reply.message.text, *known.words))
    return open_still and told and VISIT in (first.issue, known.issue) and reply.reading.decision != "smalltalk"


def write(reply: Reply) -> None:
    """People take it from here, in writing."""
    steps.leave_step(reply)
    reply.know(issue=VISIT if VISIT in reply.script.catalog.intents else UNKNOWN, step=None)
    handover.begin(reply, NOT_SOLVED, opening=reply.line("in_writing"))
