"""Asked about the assistant itself (`do you ever sleep`, `are you reading my chart`) while something of ours is before the user: it is
answered, and that stays. Such words are no answer, no result, and no wish for a person."""

from bot.dialogue.answering import steps
from bot.dialogue.handing_over import handover
from bot.dialogue.reply import Reply
from bot.dialogue.small_talk import asides
from bot.dialogue.with_support import asked_of_request
from bot.understanding.intents.names import ABOUT_BOT
from bot.understanding.reading import Reading
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

ASKS_US, ASKS_WHOM, LIKELY, MOST = PHRASES.phrases["asks_us"], PHRASES.phrases["asks_whom"], 0.7, 8
"""From which chance on a question of so few words is about the assistant: of 33 that were tried 28 are over it."""
OF_WHAT_WAS_SAID = frozenset("it that mean means".split())
"""Words of a question that is about what we said last: `what do you mean`, `how do you do that`."""


def is_asked(reply: Reply) -> bool:
    """A short question, surely about the assistant: neither whom to ask, nor what a file answers on the way to a person."""
    known, reading, text = reply.conversation, reply.reading, reply.message.text
    words = plain(text).strip(" ?!.").split()
    asked = reply.typed and ASKS_US.is_in(text) and len(words) <= MOST and OF_WHAT_WAS_SAID.isdisjoint(words)
    if not asked or not surely_of_us(reading) or ASKS_WHOM.is_in(text):
        return False
    if known.state == "gathering":
        return not asked_of_request.is_answered_by_file(reply)
    return known.state == "answering" and known.step is not None


def surely_of_us(reading: Reading) -> bool:
    """The words ask who is answering: `what is this`, said first of all."""
    return reading.sure and reading.issue == ABOUT_BOT and reading.candidates[0].confidence >= LIKELY


def answer(reply: Reply) -> None:
    """The approved answer, and what was before the user once more."""
    asides.decline_or_chat(reply)
    if reply.conversation.state == "gathering":
        handover.ask_next(reply)
    else:
        steps.ask_again(reply)
