"""What is written in a language that the assistant reads and does not speak."""

from bot.dialogue.hearing import other_language
from bot.dialogue.reply import Reply
from bot.understanding.intents.names import UNKNOWN

A_NAME = 3
"""Fewer words may be a name, which is of no language."""


def holds(reply: Reply) -> bool:
    """Written in a language that the assistant reads and does not speak."""
    return reply.conversation.language in reply.script.lines.languages and not reply.conversation.in_english


def is_only_likely(reply: Reply) -> bool:
    """Of something grave that the words do not name, in another language, and nothing was asked yet: what was meant is asked first."""
    grave = reply.intent(reply.reading.issue).is_grave and reply.conversation.unclear == 0
    return holds(reply) and grave and not (other_language.is_named(reply.reading) or is_known(reply))


def is_known(reply: Reply) -> bool:
    """What it is about was told before, in whatever language."""
    issue = reply.conversation.issue
    return issue in reply.script.catalog.intents and issue != UNKNOWN
