"""What belongs to a hidden neighbour: initials, house numbers, the rest of a name or of an address, and the other of two names."""

import re

from bot.understanding.redaction.allowed import MASK
from bot.understanding.redaction.line import JOINS, Line, is_month

_DIGIT = re.compile(r"\d")
_BETWEEN = frozenset(" .-',/()")
_HOUSE = re.compile(r"(?:[A-Z]-?)?\d{1,5}[A-Za-z]?|\d{1,4}[/-]\d{1,4}|\d{1,3}[º°ª]")
_PARTICLES = frozenset({
    "van", "den", "der", "de", "la", "le", "do", "bin", "pan", "da", "dos", "das", "di", "del", "della", "du", "te", "ten",
    "ter", "von", "zu", "mac", "mc", "wa", "ap", "al", "el", "st", "binti", "bint", "ibn", "abu", "und", "y", "e",
})  # fmt: skip


def hide_beside_masks(line: Line) -> None:
    """Hide what belongs to a hidden neighbour: initials, house numbers, the rest of a name or of an address."""
    for index in (*line.words, *reversed(line.words)):
        if (
            line.hidden(index)
            or MASK not in line.kept[max(0, index - 3) : index + 4]
            or not line.parts[index][0].isalnum()
        ):
            continue
        before, after = _hidden_beside(line, index, -1), _hidden_beside(line, index, 1)
        if (before or after) and _belongs(line, index, before, after):
            line.hide(index)


def _belongs(line: Line, index: int, before: str, after: str) -> bool:
    """True for a word that goes with what is hidden before or after it."""
    allowed, part, word = line.allowed, line.parts[index], line.base(index)
    one, other = line.preceding(index), line.following(index)
    touches_before = one is not None and line.hidden(one)
    touches_after = other is not None and line.hidden(other) and (part.islower() or not after[:1].islower())
    if word in allowed.told["name_follows"] or line.near(index, "faults", 2, 0):
        return False
    if _DIGIT.search(part):
        coded = after[:1].isupper() or bool(_DIGIT.search(after)) or after == MASK
        grown = line.hidden(max(0, index - 1)) or line.hidden(min(len(line.parts) - 1, index + 1))
        return grown or (bool(_HOUSE.fullmatch(part)) and (bool(before) or coded))
    if word in _PARTICLES and not part.isupper():
        return _between_names(line, index)
    if len(part) == 1:
        return (part.isupper() and part != "I") or line.parts[index + 1 : index + 2] == ["."]
    if word in allowed.brands or is_month(line, index):
        return touches_before and touches_after and before[0].isupper() and line.capital(index)
    if word in allowed.screen:
        return (
            line.capital(index) and not part.isupper() and line.starts[index] < 2 and (touches_before or touches_after)
        )
    if part.isupper() and len(part) == 2:
        return bool(before)
    if line.capital(index) and not part.isupper():
        if line.starts[index] > 1:
            return word in allowed.names and touches_after
        return touches_before or touches_after or not (line.foreign and allowed.known_abroad(part))
    if not before:
        return word in allowed.given - allowed.told["names_that_are_verbs"] and line.starts[index] > 1 and touches_after
    return word in allowed.names and (before.islower() or word in allowed.given or line.loud)


def _between_names(line: Line, index: int) -> bool:
    """True for `de la` between hidden words."""
    before, after = line.preceding(index), line.following(index)
    while before is not None and line.lower[before] in _PARTICLES and not line.hidden(before):
        before = line.preceding(before)
    while after is not None and line.lower[after] in _PARTICLES and not line.hidden(after):
        after = line.following(after)
    return before is not None and after is not None and line.hidden(before) and line.hidden(after)


def _hidden_beside(line: Line, index: int, step: int) -> str:
    """What was hidden next to a place on that side, with at most a space and a point or so between; "" for nothing."""
    for place in range(index + step, index + 4 * step, step):
        if not 0 <= place < len(line.kept):
            return ""
        if line.hidden(place):
            return str(line.parts[place])
        if line.kept[place] not in _BETWEEN:
            return ""
    return ""


def hide_other_name(line: Line) -> None:
    """Hide a name beside another one: `Rich and Poppy`, `Joy & Rose`."""
    for index in line.words:
        if line.lower[index] not in JOINS:
            continue
        before, after = line.preceding(index), line.following(index)
        if before is None or after is None:
            continue
        for one, other in ((before, after), (after, before)):
            if (
                line.hidden(one)
                and line.parts[one][:1].isupper()
                and line.capital(other)
                and line.base(other) in line.allowed.given
            ):
                line.hide(other)
