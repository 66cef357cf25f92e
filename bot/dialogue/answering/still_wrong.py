"""A no that is told by what is there, what should be, or what fails all the same: more than a fact to be noted."""

from bot.dialogue.answering import evidence
from bot.dialogue.hearing import only_when
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES

NO_FIRST, SHOULD_BE, FAILS = (PHRASES.phrases[name] for name in ("begins_with_no", "should_be", "fails_all_the_same"))
YES_OR_NO, ONLY_TOLD = PHRASES.phrases["yes_or_no"], ("details", "unclear", "add", "other")


def says_no_and_why(reply: Reply) -> bool:
    """`no. found the 19th, but I fly on the 14th`: what follows the no sounds like a result, and is why it is none."""
    step = reply.intent().step(reply.conversation.step or "")
    asked = YES_OR_NO.is_in(step.ask) and reply.typed and NO_FIRST.is_in(reply.message.text)
    return asked and reply.meant.act == "helped" and evidence.is_of_something_else(reply)


def is_told(reply: Reply) -> bool:
    """`surely it should be 1.30 for her`, `safari wont open it`, where no result is read in it."""
    text = reply.message.text
    told = SHOULD_BE.is_in(text) or FAILS.is_in(text)
    return reply.typed and reply.meant.act in ONLY_TOLD and told and not only_when.is_all(text)
