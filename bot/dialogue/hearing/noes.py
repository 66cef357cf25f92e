"""A no that stands by itself, in any language: `nie, wszystko dobrze`, `no no`; what denies a verb (`no está bien`) is none."""

import re

from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

NEGATIONS, NOES, COURTESIES = (PHRASES.group(name) for name in ("negations", "noes", "courtesies"))
GLUED = re.compile("[不没沒無无]")
"""Chinese negations stand within their words."""
NO_IS_NO_NO, ONLY_A_NO = ("pl", "vi"), {"fr": "non", "it": "no", "de": "no"}
"""Where `no` says well, or he, without its accent; and where a word is ever a no, and denies no verb."""
_CLAUSES, _WORDS = re.compile(r"[.,;:!?\n。！？，、؟،।]+|\s-\s"), re.compile(r"[^\s.,;:!?'\"。！？，、؟،।]+")


def stands_alone(text: str, language: str) -> bool:
    """Begins with a word that is only ever a no, or with a clause of nothing but noes."""
    first, *_ = [*(one for one in _CLAUSES.split(plain(text)) if one.strip()), ""]
    words = _WORDS.findall(first)
    if not words or (words[0] == "no" and language in NO_IS_NO_NO):
        return False
    only_a_no = words[0] in NOES or words[0] == ONLY_A_NO.get(language)
    return only_a_no or (words[0] in NEGATIONS and all(word in NEGATIONS | COURTESIES for word in words))


def has_negation(text: str, language: str = "") -> bool:
    """Something is denied in it, in any language; in that one, where `no` denies nothing there."""
    said = plain(text)
    denying = NEGATIONS - {"no"} if language in NO_IS_NO_NO else NEGATIONS
    return not denying.isdisjoint(_WORDS.findall(said)) or GLUED.search(said) is not None
