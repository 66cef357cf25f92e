"""`I was in, and the doctor never came`: no step of ours brings anybody, so people get it at once."""

from bot.dialogue.answering import steps
from bot.dialogue.answering.no_step_fits import IN_A_VISIT
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import JOIN_VIDEO, OF_VISITS, UNKNOWN
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import NOT_IN_KNOWN_ISSUES

NEVER_CAME = PHRASES.phrases["never_came"]
MAY_BE_READ = (JOIN_VIDEO, UNKNOWN)
"""As what such words are read where nothing is looked at yet."""


def is_told(reply: Reply) -> bool:
    """By a patient whose visit is looked at, or whose first words are about one; the clinic knows itself who came."""
    known, reading = reply.conversation, reply.reading
    if not reply.typed or known.user.role != "patient" or known.ticket is not None or not known.in_english:
        return False
    if not NEVER_CAME.is_in(reply.message.text):
        return False
    about = known.issue or (known.solved[-1] if known.solved and known.state == "solved" else "")
    return about.startswith(OF_VISITS) or (reading.sure and reading.issue in MAY_BE_READ) or _names_a_visit(reply)


def _names_a_visit(reply: Reply) -> bool:
    """Likest of a visit, which stands in the words, though not surely: `she never came, waited 25 mins on the video`."""
    named = any(word in reply.message.text.lower() for word in IN_A_VISIT)
    return named and reply.reading.candidates[0].issue in MAY_BE_READ


def to_people(reply: Reply) -> None:
    """What was looked at is left; the doctor's office is named beside, which can tell the soonest."""
    steps.leave_step(reply)
    reply.know(issue=UNKNOWN, step=None, reason=None, asking=None, asked=())
    handover.begin(reply, NOT_IN_KNOWN_ISSUES, opening=reply.line("nobody_came"))
