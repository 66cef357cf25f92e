"""An answer that begins with a yes or no, or says the question over again: `no i can sign in`, to whether they still can, is a yes."""

import re
from collections.abc import Sequence

from bot.understanding.matching.likeness import DENIALS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

CORRECTS = PHRASES.phrases["corrects"]
YES, NO, FEW = "yes", "no", 2
_LEAD, _WORD = re.compile(r"^(?:(?:yes|yeah|yep|no|nope|nah|well|oh)\b[ ,.!]*)+"), re.compile(r"[\w']+")
_FIRST, _PARTS = re.compile(r"^(yes|yeah|yep|no|nope|nah)\b ?(.*)$"), re.compile(r"[.!?;,]+(?:\s|$)")
OWN = frozenset("i i'm im we my me myself it still just now".split())


def answer_in(words: str, ask: str, choices: Sequence[str]) -> str | None:
    """The yes or the no of the choices; None where anything is told besides the question's own words."""
    named = {plain(choice): choice for choice in choices}
    said = _WORD.findall(_LEAD.sub("", plain(words)))
    denied = {word for word in said if word in DENIALS or word.endswith("n't")}
    told = {*said} - OWN - denied
    if (
        not {YES, NO} <= named.keys()
        or len(said) < FEW
        or not (told or denied)
        or not told <= {*_WORD.findall(plain(ask))}
    ):
        return None
    return named[NO] if denied else named[YES]


def first_word_in(words: str, choices: Sequence[str]) -> str | None:
    """The yes or no of the choices that the words begin with, where what follows it agrees: `no, i told you, i can't`."""
    named = {plain(choice): choice for choice in choices}
    first, *rest = _PARTS.split(plain(words))
    found = _FIRST.match(first)
    if found is None or not {YES, NO} <= named.keys() or CORRECTS.is_in(". ".join([found[2], *rest])):
        return None
    says = NO if found[1].startswith("n") else YES
    denied = any(word in DENIALS or word.endswith("n't") for word in _WORD.findall(found[2]))
    agrees = bool(rest) if not found[2] else denied == (says == NO)
    return named[says] if agrees else None
