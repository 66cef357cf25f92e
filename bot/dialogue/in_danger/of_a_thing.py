"""Words to whether somebody is in danger that tell what a page, a card or a button does: they confirm no danger."""

import re

from bot.dialogue.in_danger import clear_no
from bot.dialogue.reply import Reply
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from bot.understanding.worrying import worries

SOMEBODY, WORD = (
    PHRASES.group("cared_for") | frozenset("he she they him her them his".split()),
    re.compile(r"[^\W\d_]+"),
)
"""Words that speak of somebody: what is told of them is no thing's."""
RESULTS = ("helped", "not_helped", "cannot", "details")
SURE, SURELY_YES, NO_TRACE, TELLS = 0.85, 0.95, 0.005, 5
"""How surely so many words tell a result or a fact, as one tells it to a step, how sure a yes is all the same, and under which chance
of danger they speak of none."""


def is_told(reply: Reply) -> bool:
    """`front yes, back wont take the picture`, `yes the page loads`; never with a trace of danger, where they speak of somebody, or are
    surely a yes."""
    said, ranked, meant = reply.message.text, reply.reading.ranked, reply.meant
    if not reply.typed or clear_no.is_asked(reply) or ranked is None or ranked.danger >= NO_TRACE or worries(said):
        return False
    if SOMEBODY & {*WORD.findall(plain(said))}:
        return False
    ending = reply.script.replies.to_ending(said)
    surely = ending.act in RESULTS and ending.chance >= SURE and len(said.split()) >= TELLS
    return surely and not (meant.act == "yes" and meant.chance >= SURELY_YES)
