"""A no to whether somebody is in danger that no reading may doubt: soft, indignant, or our own button with more behind it."""

import re

from bot.dialogue.in_danger import last_things
from bot.dialogue.reply import Reply
from bot.understanding.pieces import first_clause
from bot.understanding.reading import Act, Meant
from bot.understanding.replying.bare import is_bare
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain
from bot.understanding.worrying import worries

CALM, LIKELY_YES, BEGUN = 0.3, 0.6, 0.72
"""Under which chance of danger, and of a yes, what stands behind a soft no speaks of none: of 26 that were tried all harmless ones are
under 0.21, and the others over 0.4, or likely a yes. And how like a saying the words before it must be."""

DENIES, WORD, FEW_BESIDE = PHRASES.phrases["denies_danger"], re.compile(r"[^\W\d_]+"), 2
NOES = PHRASES.group("negations") | PHRASES.group("noes") | PHRASES.group("courtesies")
"""So many words beside a denied danger tell nothing more."""


def is_said(reply: Reply) -> bool:
    """`of course not`; `I don't think so, it's about my bill`; never beside a sign of danger that is beyond doubt."""
    if reply.conversation.state != "checking" or reply.reading.heard.rules or worries(reply.message.text):
        return False
    low = last_things.is_low(reply)
    return ((soft_answer(reply) == "no" or _only_denies_danger(reply)) and not low) or _begins_with_our_no(reply)


def _only_denies_danger(reply: Reply) -> bool:
    """`nahi nahi koi danger nahi`: the danger is named to deny it, and next to nothing stands beside it."""
    said = plain(reply.message.text)
    beside = [one for one in WORD.findall(DENIES.expression.sub(" ", said)) if one not in NOES]
    return DENIES.is_in(said) and len(beside) <= FEW_BESIDE


def soft_answer(reply: Reply) -> Act | None:
    """What a soft answer says, alone or before more in which no danger is heard; None where it is none. A yes or no alone with
    more behind it is none."""
    told, text = reply.script.replies.soft_answer, reply.message.text
    first = first_clause(text)
    if is_bare(first):
        return None
    if (whole := told(text, of_danger=True)) is not None:
        return whole.act
    begun = told(first, of_danger=True) if _is_calm(reply) else None
    return begun.act if begun is not None and begun.act != "yes" and begun.chance >= BEGUN else None


def _is_calm(reply: Reply) -> bool:
    """By the whole of the words, and as an answer to the question."""
    ranked, meant = reply.reading.ranked, _as_answer(reply)
    calm = reply.reading.decision != "emergency" and ranked is not None and ranked.danger < CALM
    return calm and not (meant.act == "yes" and meant.chance >= LIKELY_YES)


def sounds_like_yes(reply: Reply) -> bool:
    """`not in danger like you mean, I just don't want to wake up`: as an answer to whether somebody is in danger it is a yes."""
    return _as_answer(reply).act == "yes"


def _as_answer(reply: Reply) -> Meant:
    return reply.script.replies.to_question(reply.message.text, "safety")


def _begins_with_our_no(reply: Reply) -> bool:
    """The label of our own button; of one word it may be any no."""
    own, said = reply.local("danger_no"), plain(reply.message.text)
    label = plain(own[0]) if own else ""
    return " " in label and said.startswith(label)
