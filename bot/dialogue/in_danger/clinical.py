"""Doses, symptoms, side effects (decision O19): never answered, also when they are asked on and on, in the midst of something else."""

from collections.abc import Callable, Mapping

from bot.dialogue.answering import steps
from bot.dialogue.button_values import TakeUp
from bot.dialogue.hearing.times import TELLS_TIME
from bot.dialogue.reply import Reply
from bot.dialogue.small_talk import asides
from bot.understanding.intents.names import HOW_TO_BOOK, MEDICAL
from bot.understanding.reading import OPENS_MATTER
from bot.understanding.replying.bare import is_bare
from bot.understanding.text.cuts import SENTENCES
from bot.understanding.text.phrases import PHRASES

SURELY_HELPED, STILL, ELSEWHERE = 0.8, 0.4, 0.3
"""How likely words before the question tell that the step is settled; how likely all that was said is clinical for it to go on; and
from which chance on the words are of the step's own issue."""
SURELY_A_RESULT, SURE_OF_LEAVE = 0.9, 0.9
SETTLES: Mapping[str, Callable[[Reply], None]] = {"helped": steps.solved, "stop": steps.dropped}
RESULTS = ("helped", "not_helped", "button", "cannot")
ASKS_WHOM = PHRASES.phrases["asks_whom"]


def asked_in_step(reply: Reply) -> bool:
    """A clinical question by the words and by all that was said, whatever else it looks like: `it's all there, but may I eat
    grapefruit with these?`"""
    reading, meant = reply.reading, reply.meant
    if reading.issue != MEDICAL or not reading.sure or not reading.matter:
        return False
    settled = meant.act == "helped" and meant.chance >= SURELY_HELPED
    return reading.matter[0].issue == MEDICAL and not settled


def decline_in_step(reply: Reply) -> None:
    """The question is declined; the step before the user is settled where the words before it say so, and stays otherwise."""
    before = _said_before(reply)
    if before is not None and before in SETTLES:
        SETTLES[before](reply)
        asides.decline_clinical(reply)
    else:
        asides.decline_clinical(reply)
        steps.ask_again(reply)


def _said_before(reply: Reply) -> str | None:
    """What the first of several sentences surely says of the step: `Found it, yes. May I drink with these?`"""
    before, *others = SENTENCES.split(reply.message.text.strip())
    if not others:
        return None
    intent = reply.intent()
    meant = reply.script.replies.to_step(before, intent, intent.step(reply.conversation.step or ""))
    return meant.act if meant.chance >= SURELY_HELPED else None


def goes_on(reply: Reply) -> bool:
    """The question was declined with the last words, and these are more of it: `three weeks now, it is only tedious`."""
    known, reading = reply.conversation, reply.reading
    if reply.topic_before != MEDICAL or known.ticket is not None or not reply.typed or is_bare(reply.message.text):
        return False
    if reading.issue == MEDICAL and reading.sure:
        return True
    chats = reading.decision == "smalltalk" and not ASKS_WHOM.is_in(reply.message.text)
    if reading.sure and (reading.decision in OPENS_MATTER or chats):
        return False
    if known.state != "answering":
        return known.state in ("waiting", "solved")
    result = reply.meant.act in RESULTS and reply.meant.chance >= SURELY_A_RESULT
    here = next((one.confidence for one in reading.candidates if one.issue == known.issue), 0.0)
    whole = reading.matter[0] if reading.matter else None
    return (
        whole is not None and whole.issue == MEDICAL and whole.confidence >= STILL and not result and here < ELSEWHERE
    )


def still_decline(reply: Reply) -> None:
    """In few words, or whom to ask instead; who takes leave is let go; a step that is before the user stays, and is not asked about."""
    known = reply.conversation
    leave = reply.script.replies.to_question(reply.message.text, "ended")
    reply.know(topic=MEDICAL)
    clinical = reply.reading.issue == MEDICAL and reply.reading.sure
    if (
        leave.act == "thanks"
        and leave.chance >= SURE_OF_LEAVE
        and not clinical
        and not TELLS_TIME.is_in(reply.message.text)
    ):
        asides.thanked(reply)
        return
    asks = ASKS_WHOM.is_in(reply.message.text)
    names = ("whom_to_ask", "cant_say_clinical") if asks else ("cant_say", "cant_say_clinical")
    line = reply.local("medical") or reply.line(reply.first_unsaid(*names))
    if known.state == "answering" and known.step:
        steps.ask_again(reply, line, question=False, person=True)
    else:
        book = (reply.button("book_instead", TakeUp(HOW_TO_BOOK)),) if asks else ()
        reply.say(line, buttons=(*book, reply.person_button()))
