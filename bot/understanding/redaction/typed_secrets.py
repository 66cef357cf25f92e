"""Passwords, one-time codes, card and social security numbers that somebody typed: nothing else of their words is hidden here."""

import re

from bot.understanding.redaction.allowed import MASK, load_allowed
from bot.understanding.redaction.line import Line
from bot.understanding.redaction.privacy import MOST_CHARACTERS, SHOWN
from bot.understanding.redaction.secrets import hide_codes, hide_secrets

_CARD = re.compile(r"(?<![\w+.-])\d(?:[ -]?\d){12,18}(?![\w-])")
_SOCIAL = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_NAMED_SOCIAL = re.compile(
    r"(?i)(\b(?:social(?: security)?|ssn)(?: (?:number|no\.?|nr\.?))?(?: is)?[ :#]{1,3})\d{3}[ -]?\d{2}[ -]?\d{4}(?![\w-])"
)
_MASKS = re.compile(rf"{MASK}(?:\s{{0,3}}{MASK})*")


def without_secrets(text: str) -> str:
    """The text with `[…]` for each password, one-time code, card and social security number; the same text where there is none."""
    shown = _CARD.sub(_card, text[:MOST_CHARACTERS].replace(MASK, " "))
    shown = _NAMED_SOCIAL.sub(rf"\g<1>{MASK}", _SOCIAL.sub(MASK, shown))
    line = Line(shown, load_allowed())
    for index, part in enumerate(line.parts):
        if part == MASK:
            line.hide(index)
    hide_secrets(line)
    hide_codes(line)
    if not any(map(line.hidden, range(len(line.parts)))):
        return text
    return _MASKS.sub(SHOWN, "".join(line.kept)) + text[MOST_CHARACTERS:]


def _card(found: re.Match[str]) -> str:
    """A mask for digits that are a card's by their check digit."""
    digits = [int(digit) for digit in reversed(found[0]) if digit.isdigit()]
    doubled = [digit if place % 2 == 0 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(digits)]
    return found[0] if sum(doubled) % 10 or len(set(digits)) == 1 else MASK
