"""What is told of an emergency that people have already: help is there, somebody is better, it was none; or it gets worse."""

from bot.dialogue.in_danger import wrong_dose
from bot.dialogue.reply import Reply
from bot.dialogue.with_support import taken
from bot.understanding.matching.likeness import denies
from bot.understanding.replying.replies import is_bare
from bot.understanding.text.phrases import PHRASES

OVER = tuple(PHRASES.phrases[name] for name in ("danger_is_over", "danger_is_over_abroad"))
HELP = tuple(PHRASES.phrases[name] for name in ("help_is_there", "help_is_there_abroad"))
WORSE = PHRASES.phrases["gets_worse"]
SIGN = ("emergency", "safety_check")
NO_TRACE, SURE, SURELY_NONE, SURELY_WELL = 0.05, 0.6, 0.9, 0.75
"""Under which chance of danger words that tell of none are news; from which on nobody is in danger by them, also where they sound
like a complaint (`nadie viene`), and it is well now."""
NEEDS_HELP, DOUBTED = ("question", "cannot", "not_helped", "person", "emergency", "medical"), 0.5
"""What is no news, also without a trace of danger: that nobody comes, that they cannot phone, a question."""


def gets_worse(reply: Reply) -> bool:
    """It gets worse, or begins again."""
    return reply.typed and WORSE.is_in(reply.message.text)


def is_over(reply: Reply) -> bool:
    """The words say that the danger is over, and nothing else in them speaks of any."""
    said = reply.message.text
    return any(one.is_in(said) for one in OVER) and reply.reading.decision not in SIGN and not WORSE.is_in(said)


def is_told(reply: Reply) -> bool:
    """Nothing in the words speaks of danger, and they tell how it went on: beyond doubt, or as they are likely meant."""
    reading, said = reply.reading, reply.message.text
    if not reply.typed or is_bare(said) or reading.heard.rules or reading.decision in SIGN or WORSE.is_in(said):
        return False
    if any(one.is_in(said) for one in (*OVER, *HELP)):
        return True
    if reading.ranked is None or reading.ranked.danger >= NO_TRACE or wrong_dose.is_unwell(reply):
        return False
    return (reading.sure and reading.issue == "chat.thanks") or _speaks_of_none(reply)


def _speaks_of_none(reply: Reply) -> bool:
    """As an answer to whether somebody is in danger it is a no; or it tells that it is well now, and is no yes. `Nobody is coming`
    is none."""
    replies, said = reply.script.replies, reply.message.text
    if denies(said):
        return False
    ending, danger = replies.to_ending(said), replies.to_question(said, "safety")
    if ending.act in NEEDS_HELP and ending.chance >= DOUBTED:
        return False
    unsolved = replies.to_question(said, "resolved")
    bad = unsolved.act == "no" and unsolved.chance >= DOUBTED
    if danger.act == "no" and danger.chance >= (SURELY_NONE if bad else SURE):
        return True
    said_yes = danger.act == "yes" and danger.chance >= SURE
    return ending.act == "helped" and ending.chance >= SURELY_WELL and not said_yes


def tell(reply: Reply) -> None:
    """Thanks, that it is on the request, and the numbers once, should it change; nothing is promised to be well."""
    taken.keep_where(reply)
    open_with(reply)
    reply.say()


def open_with(reply: Reply) -> None:
    """The same, before whatever else is said."""
    number = reply.conversation.ticket
    reply.lead.append(reply.local("numbers_stay", number=number) or reply.line("numbers_stay", number=number))
