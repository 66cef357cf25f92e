"""What was told before is put right: both are named, the new value alone is told, or two values were exchanged."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from bot.dialogue.hearing.contrast import Contrast, contrast_in
from bot.understanding.details import day_in, day_told, facts_of
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import neat, plain, telling_words

MARKED = tuple(PHRASES.phrases[name] for name in ("corrects", "corrects_abroad"))
NUMBERS = tuple(PHRASES.phrases[name] for name in ("this_number_not_that", "not_this_number_but_that"))
EXCHANGES = PHRASES.phrases["exchanges"]
LEADS, ENDS = PHRASES.phrases["leads_to_correction"], PHRASES.phrases["ends_a_correction"]
NUMBER, VALUE = (
    re.compile(r"\d+(?:[.,:]\d+)*"),
    re.compile(r"(?<![\w.,:])\d{1,2}(?:[:.]\d{2})?(?: ?[ap]\.?m\b)?(?![\w:])"),
)
MOST_BEFORE, LONGEST_VALUE, FEW, BOTH = 2, 3, 4, 2
"""So many messages before are looked at; a number that is told alone has so many words at most, and so many any fact after `sorry`;
and two can be exchanged."""


def is_marked(text: str) -> bool:
    """The words say that something is put right."""
    led = LEADS.is_in(text) and len(_left(text).split()) <= FEW
    return led or any(phrase.is_in(text) for phrase in MARKED) or _value_alone(text) is not None or exchanges(text)


def exchanges(text: str) -> bool:
    """`sorry, other way round`."""
    return EXCHANGES.is_in(text)


def correction_in(text: str, before: Sequence[str]) -> Contrast | None:
    """What is meant, and what stands for it in the words before; None where nothing that was told is put right."""
    named = contrast_in(text) or _numbers_in(text)
    value = _value_alone(text) if named is None else None
    if value is None:
        return named
    olds = (_like(value, text, one) for one in reversed(before[-MOST_BEFORE:]))
    old = next((one for one in olds if one is not None), None)
    return None if old is None or plain(old) == plain(value) else Contrast(value, old)


def _numbers_in(text: str) -> Contrast | None:
    """The number that is meant, and the one that is denied."""
    found = next((one for phrase in NUMBERS if (one := phrase.expression.search(plain(text)))), None)
    return None if found is None else Contrast(found["meant"], found["denied"])


def exchanged(before: Sequence[str]) -> tuple[str, str] | None:
    """The two values of the last words that have just two: `says 3pm should be 2pm`."""
    found = (VALUE.findall(neat(one)) for one in reversed(before))
    two = next((values for values in found if len(values) == BOTH), None)
    return (two[0], two[1]) if two else None


def righted(text: str, before: Sequence[str]) -> Callable[[str], str] | None:
    """By what words that were told before become what is meant; None where nothing is put right."""
    if (change := correction_in(text, before)) is not None:
        return change.in_place
    two = exchanged(before) if exchanges(text) else None
    return None if two is None else partial(_exchanged_in, two)


def _exchanged_in(two: tuple[str, str], words: str) -> str:
    """Each in the other's place."""
    either = re.compile(rf"(?<![\w.,:])(?:{re.escape(two[0])}|{re.escape(two[1])})(?![\w:])")
    return either.sub(lambda found: two[1] if found[0] == two[0] else two[0], words)


def told_right(words: Sequence[str], longest: int) -> tuple[str, ...]:
    """What was told, as it was put right: what is meant in its place, or right after it, so that nobody reads the one without the
    other."""
    told: list[str] = []
    for one in words:
        right = righted(one, told) if told else None
        place = next((n for n in range(len(told) - 1, -1, -1) if right and right(told[n]) != told[n]), None)
        if right is not None and place is not None:
            told[place] = right(told[place])
        elif told and (place := _same_fact(one, told)) is not None:
            told[place] = _joined(told[place], one, longest)
        else:
            told.append(one)
    return tuple(told)


def _same_fact(text: str, told: Sequence[str]) -> int | None:
    """The last words of which a fact is told once more, and said to be put right."""
    facts = facts_of(text).keys() if is_marked(text) else frozenset()
    return next((n for n in range(len(told) - 1, -1, -1) if facts & facts_of(told[n]).keys()), None)


def _joined(before: str, right: str, longest: int) -> str:
    room = max(longest - len(right) - len("… "), 0)
    return f"{before.rstrip(' .')}. {right}" if len(before) <= room else f"{before[:room].rstrip()}… {right}"


def _left(text: str) -> str:
    """The words without what says that they put something right."""
    said, shown = plain(text), neat(text)
    start = found.end() if (found := LEADS.expression.search(said)) else 0
    end = found.start() if (found := ENDS.expression.search(said)) else len(said)
    return (shown if len(shown) == len(said) else said)[start:end].strip(" .,!")


def _value_alone(text: str) -> str | None:
    """The number or the day that is all that is told beside `sorry`, `wait` and their like."""
    left = _left(text)
    if plain(left) == plain(text).strip(" .,!") or not left or left.endswith("?"):
        return None
    if (day := day_told(left)) is not None:
        return day
    numbers = NUMBER.findall(left)
    return numbers[0] if len(numbers) == 1 and len(left.split()) <= LONGEST_VALUE else None


def _like(value: str, text: str, words: str) -> str | None:
    """What the words have of the same form: a day, or their only number of as many digits; what is told beside it stands there too."""
    if NUMBER.fullmatch(value) is None:
        return day_in(words)
    numbers = [one for one in NUMBER.findall(words) if len(one) == len(value)]
    told = {*telling_words(plain(_left(text)))} - {*NUMBER.findall(text)}
    return numbers[0] if len(numbers) == 1 and told <= {*telling_words(plain(words))} else None
