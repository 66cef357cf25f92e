"""A no to whether somebody is in danger that no reading may doubt: an indignant one, or our own button with more behind it."""

from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from bot.understanding.worrying import worries

INDIGNANT = PHRASES.phrases["indignant_no"]


def is_said(reply: Reply) -> bool:
    """`of course not`; `wala po, may isa pa siyang natira`; never beside a sign of danger that is beyond doubt."""
    reading, text = reply.reading, reply.message.text
    if reading.heard.rules or worries(text):
        return False
    return _begins_with_our_no(reply) or (INDIGNANT.is_in(text) and reading.decision != "emergency")


def _begins_with_our_no(reply: Reply) -> bool:
    """The label of our own button; of one word it may be any no."""
    own, said = reply.local("danger_no"), plain(reply.message.text)
    label = plain(own[0]) if own else ""
    return " " in label and said.startswith(label)
