"""Told in a sentence that no step fits: a wrong visit was cancelled, or the doctor does not come; what holds, and people."""

from bot.dialogue.answering import steps
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import CANCEL_VISIT, JOIN_VIDEO, MEDICAL
from bot.understanding.reading import OPENS_MATTER
from bot.understanding.text.phrases import PHRASES
from handoff.policy.names import NOT_RESOLVED_BY_DOCUMENTATION

MISTAKEN, WAITS, LONG = (PHRASES.phrases[name] for name in ("cancelled_by_mistake", "waits_for_doctor", "waits_long"))

SOON, PATIENT, HINTED = "visit_soon", "patient", 0.1
"""How likely a visit by video must be, for words to be of one that waits for its doctor."""
IN_A_VISIT = ("waiting room", "video", "visit", "call", "consult", "appointment")
NOT_BEGUN = ("new", "waiting", "choosing", "answering", "solved")
DOCTOR_LATE, CANT_SAY, ASKS_US = "doctor_late", "cant_say_person", PHRASES.phrases["asks_us"]


def _is_open(reply: Reply) -> bool:
    known = reply.conversation
    return reply.typed and known.ticket is None and known.in_english and known.state in NOT_BEGUN


def cancelled_wrong(reply: Reply) -> bool:
    """`oh no, I cancelled the wrong visit`: it is no visit to cancel."""
    return _is_open(reply) and MISTAKEN.is_in(reply.message.text)


def give_back(reply: Reply) -> None:
    """How to have the time again, soon, and people; nobody asks what happens at cancelling."""
    steps.leave_step(reply)
    reply.know(issue=CANCEL_VISIT if CANCEL_VISIT in reply.script.catalog.intents else None, step=None, choices=())
    handover.begin(reply, NOT_RESOLVED_BY_DOCUMENTATION, opening=reply.line("cancelled_wrong"))


def doctor_late(reply: Reply) -> bool:
    """Somebody is in the visit, or waits for it, and the doctor does not come; or no more than how long that is."""
    known, text = reply.conversation, reply.message.text
    if not _is_open(reply) or known.user.role != PATIENT:
        return False
    if known.issue == JOIN_VIDEO and DOCTOR_LATE in known.unsaid:
        return LONG.is_in(text) or WAITS.is_in(text)
    if not WAITS.is_in(text) or _is_of_something_else(reply):
        return False
    first = reply.reading.candidates[0]
    chance = next((one.confidence for one in reply.reading.candidates if one.issue == JOIN_VIDEO), 0.0)
    named = any(word in text.lower() for word in IN_A_VISIT)
    return (
        known.issue == JOIN_VIDEO
        or first.issue == JOIN_VIDEO
        or (named and (chance >= HINTED or first.issue == MEDICAL))
        or _in_room(text)
    )


def _in_room(text: str) -> bool:
    return IN_A_VISIT[0] in text.lower()


def _is_of_something_else(reply: Reply) -> bool:
    """Surely another matter of ours, whatever is told of the doctor beside it."""
    reading = reply.reading
    return reading.sure and reading.decision in OPENS_MATTER and reading.issue != JOIN_VIDEO


def say_what_to_do(reply: Reply) -> None:
    """To stay, and whom to ask, with a person beside it; once that was said, people, as for a visit that runs now. A clinical
    question beside it is declined."""
    if (
        DOCTOR_LATE in reply.conversation.unsaid
        and ASKS_US.is_in(reply.message.text)
        and CANT_SAY not in reply.conversation.unsaid
    ):
        reply.say(reply.line(CANT_SAY), buttons=(reply.person_button(),))
        return
    if DOCTOR_LATE in reply.conversation.unsaid:
        reply.add_signals(SOON)
        handover.begin(reply, NOT_RESOLVED_BY_DOCUMENTATION)
        return
    steps.leave_step(reply)
    reply.know(issue=JOIN_VIDEO, step=None, state="waiting", choices=(), unclear=0)
    declined = (reply.text_of(reply.intent(MEDICAL), "answer", reply.intent(MEDICAL).answer),)
    parts = declined if reply.reading.issue == MEDICAL else ()
    reply.say(*parts, reply.line(DOCTOR_LATE), buttons=(reply.person_button(),))
