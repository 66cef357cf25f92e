"""A no to whether somebody is in danger that no reading may doubt: an indignant one, or our own button with more behind it."""

from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from bot.understanding.worrying import worries

INDIGNANT, FEW = PHRASES.phrases["indignant_no"], 12
"""Longer words tell more than a no."""


def is_said(reply: Reply) -> bool:
    """`of course not`; `wala po, may isa pa siyang natira`; never beside a sign of danger that is beyond doubt."""
    reading, text = reply.reading, reply.message.text
    if reading.heard.rules or worries(text):
        return False
    indignant = INDIGNANT.is_in(text) and len(text.split()) <= FEW and reading.decision != "emergency"
    return (indignant and not sounds_like_yes(reply)) or _begins_with_our_no(reply)


def sounds_like_yes(reply: Reply) -> bool:
    """`not in danger like you mean, I just don't want to wake up`: as an answer to whether somebody is in danger it is a yes."""
    return reply.script.replies.to_question(reply.message.text, "safety").act == "yes"


def _begins_with_our_no(reply: Reply) -> bool:
    """The label of our own button, while it is before the user; of one word it may be any no."""
    if reply.conversation.state != "checking":
        return False
    own, said = reply.local("danger_no"), plain(reply.message.text)
    label = plain(own[0]) if own else ""
    return " " in label and said.startswith(label)
