"""A change of mind on the way to people: nothing more is asked, and the wish that was taken back is told to whoever has it."""

from bot.dialogue.answering import change_of_issue, steps
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import closing
from bot.understanding.replying.bare import bare_end
from bot.understanding.text.phrases import PHRASES
from handoff.ticket import Gathered

TAKES_BACK = PHRASES.phrases["takes_back"]
ENDS, SURE = ("stop", "helped", "solved"), 0.8
"""What such words look like besides, and from which chance on."""
DETAIL, LONGEST = "taken_back", 300


def is_said(reply: Reply) -> bool:
    """By its words and as said after an end; never in anger, and never where something else is named in its place."""
    if not reply.typed or not TAKES_BACK.is_in(reply.message.text) or closing.denies_closing(reply):
        return False
    if "angry" in reply.reading.signals or reply.wants_people or change_of_issue.turns_away(reply):
        return False
    ending = reply.script.replies.to_ending(reply.message.text)
    return ending.act in ENDS and ending.chance >= SURE


def let_go(reply: Reply) -> None:
    """Where nobody has it yet, it is let be; else people read that it was taken back, and it is asked whether to close it."""
    known = reply.conversation
    if known.ticket is None or known.beside is not None:
        steps.dropped(reply)
        return
    _note(reply)
    reply.know(state="with_support", step=None, asking=None, reason=None)
    if closing.is_kept(reply) or closing.wanted(reply):
        closing.close(reply)
    else:
        closing.ask_with(reply, "taken_back_ask")


def _note(reply: Reply) -> None:
    """On the ticket, in the user's own words; a mere "never mind" tells nothing."""
    known, text = reply.conversation, reply.message.text.strip()
    if bare_end(text) or known.issue not in reply.script.catalog.intents:
        return
    kept = tuple(detail for detail in known.gathered if detail.id != DETAIL)
    told = Gathered(DETAIL, reply.script.lines.label("taken_back"), text[:LONGEST])
    reply.know(gathered=(*kept, told))
    handover.tell_people(reply)
