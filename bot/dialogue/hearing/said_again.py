"""An answer that begins with a yes or no, or says the question over again: `no i can sign in`, to whether they still can, is a yes."""

import re
from collections.abc import Sequence

from bot.understanding.matching.semantic_match import DENIALS
from bot.understanding.text.cuts import WORD_OR_SHORT
from bot.understanding.text.plain import plain

YES, NO, FEW = "yes", "no", 2
_LEAD = re.compile(r"^(?:(?:yes|yeah|yep|no|nope|nah|well|oh)\b[ ,.!]*)+")
OWN = frozenset("i i'm im we my me myself it still just now".split())


def answer_in(words: str, ask: str, choices: Sequence[str]) -> str | None:
    """The yes or the no of the choices; None where anything is told besides the question's own words."""
    named = {plain(choice): choice for choice in choices}
    said = WORD_OR_SHORT.findall(_LEAD.sub("", plain(words)))
    denied = {word for word in said if word in DENIALS or word.endswith("n't")}
    told = {*said} - OWN - denied
    if (
        not {YES, NO} <= named.keys()
        or len(said) < FEW
        or not (told or denied)
        or not told <= {*WORD_OR_SHORT.findall(plain(ask))}
    ):
        return None
    return named[NO] if denied else named[YES]
