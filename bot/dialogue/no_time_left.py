"""A visit starts within minutes, and what stands before it cannot be done: people at once, and no further step."""

from bot.dialogue import handover, steps, visit_now
from bot.dialogue.in_writing import CANNOT_HEAR
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES

LITTLE_TIME, OF_VISITS, NOT_SOLVED = PHRASES.phrases["little_time"], "appointment.", "not_resolved_by_documentation"
BLOCKED, SURE = ("cannot", "not_helped", "did_before"), 0.8
"""What says that the step leads nowhere, and from which chance on."""


def is_told(reply: Reply) -> bool:
    """Amid a step that is no visit's, with a visit due: no time is left, the step is no way, or what becomes of the visit is asked."""
    known, meant = reply.conversation, reply.meant
    due = (
        visit_now.SOON in known.signals
        and known.ticket is None
        and known.state == "answering"
        and known.step is not None
    )
    if not due or not reply.typed or (known.issue or "").startswith(OF_VISITS) or meant.act == "helped":
        return False
    text = reply.message.text
    if LITTLE_TIME.is_in(text) or visit_now.is_told(reply) or CANNOT_HEAR.is_in(text):
        return True
    return (meant.act in BLOCKED and meant.chance >= SURE) or _presses_what_cannot_be(reply)


def _presses_what_cannot_be(reply: Reply) -> bool:
    """The button that says that the step cannot be taken."""
    step = reply.intent().step(reply.conversation.step or "")
    meant = reply.meant
    return meant.act == "button" and any(one.cannot for one in step.options if one.label == meant.button)


def to_people(reply: Reply) -> None:
    """The request first; what else was told stays on it, and no step is shown any more."""
    steps.note_tried(reply)
    opening = reply.line("in_writing") if CANNOT_HEAR.is_in(reply.message.text) else None
    handover.begin(reply, NOT_SOLVED, opening=opening)
