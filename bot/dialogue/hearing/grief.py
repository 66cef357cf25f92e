"""Somebody tells of a death, with these words or in an earlier message."""

from bot.dialogue.conversation import NOTHING_BEGINS
from bot.dialogue.reply import Reply
from bot.understanding.reading import OPENS_MATTER
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

TELLS, FOR_THE_LOST = PHRASES.phrases["tells_of_loss"], PHRASES.phrases["for_the_lost"]
BREAKS_HEART = PHRASES.phrases["breaks_heart"]
CLEARLY, FEW = 0.6, 2
"""From which chance of danger on the question whether somebody is in danger goes first; so many words beside a loss tell no more."""


def is_told(reply: Reply) -> bool:
    """With these words, by somebody who is in no clear danger."""
    reading, known = reply.reading, reply.conversation
    if not reply.typed or known.state in NOTHING_BEGINS or not known.in_english:
        return False
    doubted = reading.ranked is None or reading.ranked.danger < CLEARLY
    return doubted and not reading.heard.rules and TELLS.is_in(reply.message.text)


def names_more(reply: Reply) -> bool:
    """An issue of ours, or several words beside the loss: `and I need to close his account`."""
    reading, rest = reply.reading, beside(reply)
    return (
        FOR_THE_LOST.is_in(rest)
        or (reading.sure and reading.decision in OPENS_MATTER)
        or len(telling_words(rest)) > FEW
    )


def beside(reply: Reply) -> str:
    """What is told beside the loss."""
    return TELLS.expression.sub(" ", plain(reply.message.text))


def was_told(reply: Reply) -> bool:
    """In an earlier message of this conversation."""
    return any(TELLS.is_in(words) for words in reply.conversation.so_far[:-1])


def is_told_of(reply: Reply) -> bool:
    """A death was told in this conversation: `he was 19` is then no result."""
    known = reply.conversation
    return any(TELLS.is_in(words) for words in (*known.so_far, *known.words))


def is_grief(reply: Reply) -> bool:
    """`it breaks her heart`, after a death was told, with nothing beside it that is danger beyond doubt."""
    return is_told_of(reply) and BREAKS_HEART.is_in(reply.message.text) and not reply.reading.heard.rules
