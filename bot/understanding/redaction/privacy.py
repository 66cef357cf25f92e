"""Words that may leave the store: an allow-list. What is not known to be harmless is hidden; nothing is looked for by model."""

import re
from collections.abc import Callable

from bot.understanding.redaction.allowed import MASK, Allowed, load_allowed
from bot.understanding.redaction.line import Line, is_harmless_number, is_month
from bot.understanding.redaction.names import hide_names
from bot.understanding.redaction.numbers import hide_great_ages, hide_spoken, is_address
from bot.understanding.redaction.patterns import ALWAYS, HELP_PAGE, NUMBERED, SPOKEN_ADDRESSES, WITH_A_SIGN
from handoff.safe import Excerpt

MOST_CHARACTERS = 8000
SHOWN = "[…]"
MOST_READINGS = 12
"""A text that so many readings do not settle is hidden whole."""
_MASK = rf"(?:{MASK}|{re.escape(SHOWN)})"
_MASKS = re.compile(rf"{_MASK}(?:[\s,.'’-]{{0,3}}{_MASK})*")
_HELP_PAGE = re.compile(HELP_PAGE)
_DIGIT = re.compile(r"\d")
_SIGN = re.compile(r"[@.:]|\((?:at|dot)\)|\[(?:at|dot)\]", re.IGNORECASE)
_SPOKEN_SIGN = re.compile(
    r"[(\[](?:at|dot)[)\]]| (?:dot|arroba|punto|punkt|ponto|chiocciola|underscore|unterstrich|underline) | at [\w-]{1,40}\.\w",
    re.IGNORECASE,
)


def load_excerpter() -> Callable[[str], Excerpt]:
    """A function from any text to what of it may be shown to a team, in mail and in reports; never raises."""
    allowed = load_allowed()
    return lambda text: excerpt(text, allowed)


def excerpt(text: str, allowed: Allowed) -> Excerpt:
    """The harmless words of a text, `[…]` for the rest, and itself of an excerpt; at most 8,000 characters are looked at."""
    lines = text[:MOST_CHARACTERS].replace(MASK, " ").splitlines()
    said = "\n".join(said for said in (" ".join(words.split()) for words in lines) if said)
    for _ in range(MOST_READINGS):
        before, said = said, _read(said, allowed)
        if said == before:
            return Excerpt(said.replace("\n", " ").strip())
    return Excerpt(SHOWN)


def _read(text: str, allowed: Allowed) -> str:
    """A text with a mark for all that is hidden in a row; what is hidden can make what stands around it read otherwise."""
    line = Line(_hide_patterns(text), allowed)
    for index in line.words:
        line.kept[index] = _kept(line, index)
    hide_names(line)
    return _MASKS.sub(SHOWN, "".join(line.kept))


def _hide_patterns(text: str) -> str:
    """A text with a mask for each thing that has the shape of what belongs to a person."""
    signs = _SIGN.search(text)
    groups = (
        (SPOKEN_ADDRESSES, signs or _SPOKEN_SIGN.search(text)),
        (WITH_A_SIGN, signs),
        (NUMBERED, _DIGIT.search(text)),
        (ALWAYS, True),
    )
    for patterns, needed in groups:
        for pattern in patterns if needed else ():
            text = pattern.sub(MASK, text)
    return hide_spoken(hide_great_ages(text))


def _kept(line: Line, index: int) -> str:
    """What of one word may be shown by itself, wherever it stands."""
    part, allowed = line.parts[index], line.allowed
    if part == MASK:
        return MASK
    if _HELP_PAGE.fullmatch(part):
        names = re.split("[/-]", part.partition(".com")[2])
        return part if all(allowed.word(word) for word in names if word) else MASK
    if _DIGIT.search(part) and part.lower() not in allowed.words:
        return part if is_harmless_number(line, index) and not is_address(part) else MASK
    if is_month(line, index) or allowed.word(part, starts=line.starts[index], loud=line.loud, foreign=line.foreign):
        return part
    return str(allowed.foreign.shown(part))
