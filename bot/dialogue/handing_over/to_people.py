"""What is said first where people take over: by why they do, and by what was tried together before."""

from bot.dialogue.reply import Part, Reply
from handoff.policy.names import ASKED_FOR_PERSON, NOT_UNDERSTOOD, REPEATED_ANGER

ASKED, UNCLEAR = "handing_over_asked", "handing_over_unclear"
OPENINGS = {ASKED_FOR_PERSON: ASKED, REPEATED_ANGER: ASKED, NOT_UNDERSTOOD: UNCLEAR}
TRIED_TOGETHER = 2
"""So many steps that were shown are an attempt that was made together."""


def opening(reply: Reply, reason: str, *, urgent: bool) -> Part:
    """Where nobody asked for people: several steps were tried together, it is grave, or neither."""
    issue = reply.conversation.issue
    shown = [place for place in reply.conversation.offered if place.startswith(f"{issue}/")]
    untold = "handing_over" if len(shown) >= TRIED_TOGETHER else "handing_over_untried"
    return reply.line(OPENINGS.get(reason) or ("handing_over_grave" if urgent else untold))


def how_many(reply: Reply, count: int) -> Part:
    """That a few questions come; who asked for a person is not held up by them."""
    wished = reply.conversation.reason == ASKED_FOR_PERSON
    if count == 1:
        return reply.line("one_question_asked" if wished else "one_question")
    return reply.line("few_questions_asked" if wished else "few_questions", count=count)
