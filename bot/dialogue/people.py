"""A person is asked for: by name, in a reply to a step, or by telling how one wants to be reached; and what is done then."""

from bot.dialogue import ended, handover, steps, waiting
from bot.dialogue.questions import PERSON, UNKNOWN
from bot.dialogue.reply import Reply
from bot.understanding.reading import LIKELY
from bot.understanding.text.phrases import PHRASES
from handoff.events import IssueRaised

SURE_IN_ANGER, SURE_TO_REFUSE = 0.75, 0.6
"""From which chance on angry words ask for a person, below it the anger is answered first; and from which on none is wanted."""
NO_PERSON = PHRASES.phrases["no_person"]
REACHED_BY = ("later", "details", "unclear", "cannot", "issue")
"""What a reply may look like that tells how somebody wants to be reached, and no result."""


def asked_for(reply: Reply) -> bool:
    """True where people shall take it, whatever else is told."""
    reading, known = reply.reading, reply.conversation
    if reading.sure and reading.issue == PERSON:
        return not _refuses(reply)
    if NO_PERSON.is_in(reply.message.text):
        return False
    if known.state == "answering" and known.step and (_means_person(reply) or _says_how_to_be_reached(reply)):
        return True
    return known.state in ("answering", "choosing") and reply.meant.act != "later" and reply.wants_people


def _refuses(reply: Reply) -> bool:
    """`don't put me through, I only want the address`."""
    stops = reply.meant.act == "stop" and reply.meant.chance >= SURE_TO_REFUSE
    return reply.typed and (stops or NO_PERSON.is_in(reply.message.text))


def _means_person(reply: Reply) -> bool:
    """Also angrily, where it is plain; mere anger is answered first."""
    enough = SURE_IN_ANGER if "angry" in reply.reading.signals else 0.0
    return reply.meant.act == "person" and reply.meant.chance >= enough


def _says_how_to_be_reached(reply: Reply) -> bool:
    """Who tells how they want to be called, and of no result, waits for people."""
    wished = "contact_wish" in reply.reading.heard.details
    return wished and reply.meant.act in REACHED_BY


def honour(reply: Reply) -> None:
    """Honoured at once, in any turn; a known issue is kept (decision O21)."""
    known, reading = reply.conversation, reply.reading
    if known.ticket is not None:
        waiting.person(reply)
        return
    if _names_what_for(reply):
        steps.leave_step(reply)
        reply.know(step=None)
        steps.start(reply, reading.issue)
        return
    if known.issue is None or known.state in ("solved", "new", "waiting"):
        named = [issue for issue in reading.also if issue != PERSON] or _taken_for_solved(reply)
        reply.know(issue=named[0] if named else None, also=tuple(named[1:]))
    handover.begin(reply, "asked_for_person")


def _taken_for_solved(reply: Reply) -> list[str]:
    """What was told to be solved just now, or let be, and is what a person is asked for: it is open again, with all that was told."""
    known = reply.conversation
    if known.state == "new" and known.ended is not None and known.ended.issue in reply.script.catalog.intents:
        issue = known.ended.issue
        ended.restore(reply)
        reply.happened(IssueRaised(issue))
        return [issue]
    if known.state != "solved" or known.solved[-1:] == () or known.solved[-1] not in reply.script.catalog.intents:
        return []
    reply.know(solved=known.solved[:-1])
    reply.happened(IssueRaised(known.solved[-1]))
    return [known.solved[-1]]


def _names_what_for(reply: Reply) -> bool:
    """What people shall have is surely another matter of theirs: `could you tell whoever builds these things?`"""
    reading = reply.reading
    surely = reading.sure and reading.decision == "handoff" and reading.candidates[0].confidence >= LIKELY
    surely = surely or (reading.decision == "handoff" and reading.issue in reply.conversation.also)
    return surely and reading.issue not in (PERSON, UNKNOWN, reply.conversation.issue)
