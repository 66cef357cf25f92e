"""A question that names no thing (`where`, `which one`): asked of what stands before the user, and of no other matter."""

import re

from bot.dialogue.reply import Reply
from bot.understanding.text.plain import plain

ASKS, MOST = frozenset("where which what how when why".split()), 5
SAID = frozenset("it that this those these".split())
NAMES_NOTHING = ASKS | SAID | frozenset("is are they one ones thing exactly find do i".split())
"""How such a question begins, the words for what was said, and all words that may stand in it."""
YOU = "you"
"""Anybody, where it is asked of what was said: `how do you do that`; else us: `what do you do`."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def is_all(reply: Reply) -> bool:
    """True for such a question alone."""
    words = _WORD.findall(plain(reply.message.text))
    may_stand = NAMES_NOTHING | {YOU} if SAID & {*words} else NAMES_NOTHING
    return reply.typed and words[:1] != [] and words[0] in ASKS and len(words) <= MOST and {*words} <= may_stand
