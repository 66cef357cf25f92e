"""When a fault shows itself (`literally every time I tap messages`), and that the step before the user is for another fault: both go on
with what was told, and press no button of another branch."""

from bot.dialogue.reply import Reply
from bot.understanding.intents.intent_file import Step
from bot.understanding.matching.semantic_match import denies
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, telling_words

TELLS_OCCASION = PHRASES.phrases["tells_occasion"]
STEM, OPEN_ACTS = 5, ("details", "unclear", "question", "other", "add", "correction")
"""So many letters name a thing in any of its forms (`notifs`); and what such a reply looks like."""


def is_all(reply: Reply) -> bool:
    """Only when it happens, with no word of what the step, or a button of it, is about."""
    said = reply.message.text
    step = reply.intent().step(reply.conversation.step or "")
    return reply.typed and TELLS_OCCASION.is_in(said) and not _names(said, [one.label for one in step.options])


def is_another_branch(reply: Reply) -> bool:
    """`no I don't care about notifs`, to a step to which only the button about notifications leads."""
    step = reply.intent().step(reply.conversation.step or "")
    open_still = reply.typed and reply.meant.act in OPEN_ACTS
    return open_still and denies(plain(reply.message.text)) and _names(reply.message.text, _buttons_to(reply, step))


def _buttons_to(reply: Reply, step: Step) -> list[str]:
    """The labels that lead to this step and say what it is about."""
    aside = [one for one in reply.intent().steps if one.onward.go != step.id]
    return [option.label for one in aside for option in one.options if option.go == step.id]


def _names(said: str, labels: list[str]) -> bool:
    stems = {word[:STEM] for label in labels for word in telling_words(plain(label)) if len(word) >= STEM}
    return any(word[:STEM] in stems for word in telling_words(plain(said)))
