"""A yes, a no, a thumb or a "never mind" that stands alone, in any language."""

import re
from collections.abc import Mapping

from bot.understanding.reading import Act
from bot.understanding.text.cuts import ENDS
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

FEW_BEFORE = 4
"""Words before a yes or no that stands alone."""
EMOJI: Mapping[str, Act] = {
    **dict.fromkeys(("👍", "✅", "🎉", "🙌", "👌", "✔️", "✔"), "helped"),
    **dict.fromkeys(("👎", "❌", "😡", "🤬"), "not_helped"),
}
YES = """yes y yep yeah yup sí si sì oui ja sim tak evet vâng có हाँ haan نعم 是 oo opo"""
NO_ALONE = """no n nope nah non nein não nie hayır không नहीं nahi لا 不 没有 hindi"""
BARE: Mapping[str, Act] = {**dict.fromkeys(YES.split(), "helped"), **dict.fromkeys(NO_ALONE.split(), "not_helped")}
ONLY_TRIED, HESITATES = PHRASES.phrases["only_tried"], PHRASES.phrases["hesitates"]
_SKIN = re.compile("[\U0001f3fb-\U0001f3ff]")
"""The colour of a thumb says nothing."""
_DRAWN_OUT = re.compile(r"(\w)\1{1,}$")
"""`yesss`, `noooo`."""
LET_BE = frozenset(
    ("never mind", "nevermind", "nvm", "forget it", "leave it", "drop it", "déjalo", "laisse tomber", "schon gut")
)


def bare_answer(text: str) -> Act | None:
    """What a yes, a no or a thumb alone says; None for anything else."""
    act = alone(plain(text))
    return act if act in ("helped", "not_helped") else None


def is_bare(text: str) -> bool:
    """True for a yes, a no or a thumb alone."""
    return bare_answer(text) is not None


def bare_beginning(text: str) -> Act | None:
    """What the word says with which the text begins, where it is a yes or no in any language: `tak, teraz`, `no, thank you`."""
    first = plain(text).split(maxsplit=1)[:1]
    return bare_answer(first[0]) if first and len(first[0]) > 1 else None


def bare_end(text: str) -> bool:
    """True for a "never mind" alone, whatever calls out before it."""
    return plain(text).strip(" .!,").removeprefix("oh ").strip(" ,") in LET_BE


def short(said: str) -> Act | None:
    """What few words say that are, or end with, a yes or no."""
    return alone(said) or _short_end(said)


def alone(said: str) -> Act | None:
    """What a word says that stands alone."""
    bare = HESITATES.expression.sub("", said.strip(" .!,"))
    if bare in LET_BE:
        return "stop"
    if ONLY_TRIED.is_in(bare):
        return "unclear"
    return EMOJI.get(_SKIN.sub("", said.strip())) or BARE.get(bare) or BARE.get(_DRAWN_OUT.sub(r"\1", bare))


def _short_end(said: str) -> Act | None:
    """A yes or no that stands alone after few words: "did it. NO." """
    *before, last = [one.strip(" ,") for one in ENDS.split(said) if one.strip(" ,")] or [""]
    return BARE.get(last) if before and len(" ".join(before).split()) <= FEW_BEFORE else None
