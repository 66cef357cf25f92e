"""A calm question who may see somebody's data: what can be said first, and the security team where it is wanted; what has happened goes
to them at once."""

from bot.dialogue.answering import steps
from bot.dialogue.button_values import NoneOfThese, TakeUp
from bot.dialogue.choosing import only_yes
from bot.dialogue.hearing import urgency
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import ABOUT_BOT, CANT_FIND_FEATURE, PRIVACY
from bot.understanding.replying.bare import bare_answer
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from handoff.policy.names import PHI_EXPOSURE

LINE = "who_sees"
ASKS, OF_WRITTEN, LIKELY = PHRASES.phrases["asks_who_sees"], PHRASES.phrases["what_was_written"], 0.3
"""How a calm question is put, and how likely it must be of privacy, where it does not name what was written."""
NOT_ANSWERED = PHRASES.phrases["not_answered"]
OF_US = (ABOUT_BOT, CANT_FIND_FEATURE)
"""What such a question may be about all the same: who answers here, and where something is."""
OK = ("ok", "okay", "k")
"""What agrees to an offer, and to a statement says only that it was read."""


def is_asked(reply: Reply) -> bool:
    """Nothing is told that has happened, nothing has begun, and it was not answered before."""
    known, reading = reply.conversation, reply.reading
    if not reply.typed or not known.in_english or LINE in known.unsaid or known.ticket is not None:
        return False
    if known.state not in (*urgency.NOTHING_BEGUN, "solved") or PHI_EXPOSURE in known.signals:
        return False
    likely = any(one.issue == PRIVACY and one.confidence >= LIKELY for one in reading.candidates)
    named = OF_WRITTEN.is_in(reply.message.text) and not (reading.sure and reading.issue in OF_US)
    return (likely or named) and ASKS.is_in(reply.message.text)


def answer(reply: Reply) -> None:
    """What can be said, and the offer to pass it on; nobody is called yet."""
    pass_on = reply.button("pass_question", TakeUp(PRIVACY))
    reply.know(state="choosing", choices=(PRIVACY,), asking=None, unclear=0)
    reply.say(reply.line(LINE), buttons=(pass_on, reply.button("not_needed", NoneOfThese())))


def is_answered(reply: Reply) -> bool:
    """Anything to the offer but what is surely another issue."""
    known, reading = reply.conversation, reply.reading
    if known.state != "choosing" or known.choices != (PRIVACY,) or LINE not in known.unsaid:
        return False
    other = reading.sure and reading.decision in ("answer", "handoff", "decline") and reading.issue != PRIVACY
    return reply.message.presses == NoneOfThese() or (reply.typed and not other)


def take_answer(reply: Reply) -> None:
    """Their team gets the question, and what is told with it; or it is left there, where they say so."""
    text = reply.message.text
    leaves = reply.meant.act in ("none", "stop", "thanks") or bare_answer(text) == "not_helped"
    agrees = only_yes.begins_with_it(reply) or plain(text).strip(" .!") in OK
    insists = NOT_ANSWERED.is_in(text)
    if reply.message.presses == NoneOfThese() or (leaves and not agrees and not insists):
        steps.dropped(reply)
    else:
        steps.start(reply, PRIVACY)
