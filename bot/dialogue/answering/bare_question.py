"""A question that names no thing (`where`, `which one`): asked of what stands before the user, and of no other matter."""

import re

from bot.dialogue.reply import Reply
from bot.understanding.text.plain import plain

ASKS, MOST = frozenset("where which what how when why".split()), 5
NAMES_NOTHING = ASKS | frozenset("is are it that this those these they one ones thing exactly find do i".split())
"""How such a question begins, and all words that may stand in it."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def is_all(reply: Reply) -> bool:
    """True for such a question alone."""
    words = _WORD.findall(plain(reply.message.text))
    return reply.typed and words[:1] != [] and words[0] in ASKS and len(words) <= MOST and {*words} <= NAMES_NOTHING
