"""The buttons that answer a question: each of its choices, and the device in use where the browser is asked for."""

from bot.dialogue.button_values import Answer
from bot.dialogue.conversation import Button
from bot.dialogue.gathering.choices import Question
from bot.dialogue.lines import fingerprint
from bot.dialogue.reply import Reply


def saying(question: Question, words: str) -> Button:
    """A button that answers with its words; known by them, so that another order or another device never makes it mean others."""
    return Button.that(words, Answer(question.id, fingerprint(words)))


def own_device(reply: Reply, question: Question) -> tuple[Button, ...]:
    """A press tells the one in use; nothing is told without it (row EC5)."""
    device = reply.message.device
    if not device or question.id != "browser":
        return ()
    return (saying(question, reply.line("this_device", device=device)[0].strip()),)
