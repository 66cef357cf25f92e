"""What was told of a step in the words that brought the question about danger: it still counts once nobody is in danger."""

import re

from bot.dialogue.answering import steps, tried
from bot.dialogue.reply import Reply
from bot.understanding.reading import NO_HELP
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

SENTENCE, SURE = re.compile(r"(?<=[.!?;])\s+|\n+"), 0.9
ASKS_US = PHRASES.phrases["asks_us"]


def go_on(reply: Reply) -> None:
    """The step's next, where it was told that this one did not help; else its question once more."""
    step = reply.intent().step(reply.conversation.step or "")
    told = (reply.script.replies.to_step(one, reply.intent(), step) for one in _sentences(reply))
    result = next((one for one in told if one.act in NO_HELP and one.chance >= SURE), None)
    if result is None:
        steps.ask_again(reply)
    else:
        steps.choose_option(reply, step.onward, tried.TOLD[result.act])


def asked_something(reply: Reply) -> bool:
    """A question stood in those words, and may want an answer."""
    return any(ASKS_US.is_in(one) for one in _sentences(reply))


def _sentences(reply: Reply) -> list[str]:
    """Of the last words before the answer."""
    now = plain(reply.message.text)
    before = [one for one in reply.conversation.words if plain(one) != now]
    return [one for one in SENTENCE.split(before[-1]) if one.strip()] if before else []
