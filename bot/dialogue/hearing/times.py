"""A day or a time that stands in a message beside other words: `20 minutes ago. the mail came from …`."""

import re
from collections.abc import Iterable

from bot.understanding.details import day_in, day_told, facts_of
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import neat, plain

TELLS_TIME, MONTH = PHRASES.phrases["tells_time"], PHRASES.phrases["names_month"]
OTHER_FACTS = frozenset(("amount", "contact_phone", "contact_email", "app_version"))
"""Numbers that are no time: `yesterday, 40 euros each`."""
OTHER_TIMES = frozenset(("expected_time", "deadline"))
SENTENCE, CLAUSE, LONGEST = re.compile(r"[.!?;\n]+(?:\s|$)"), re.compile(r",\s+"), 5
"""Clauses of so many words, told with the day, belong to it: `the week of the 7th, any morning`."""
LEADS_ON = re.compile(r"\b(?:since|after|before|until|till|while|past|to)$")
"""What is told after such a word is the time: `since we moved`, `half past three`."""
REPEATED, REST_OF_WORD = re.compile(r"\b(\w+)(?: \1\b)+", re.IGNORECASE), re.compile(r"^[\w:.]*")
SMALL = re.compile(
    r"(?:\b(?:on|at|in|by|from|since|until|till|before|after|around|about|the|a|an|any|every|early|late|last|next|this|some|"
    r"mid|of|half|quarter|to|past|almost|nearly|only|just|right|more|than|over|ever) )+$"
)
"""Small words that belong to the time after them."""


def time_told(text: str) -> str | None:
    """The day or time that a message names and that is no other fact, with the short clauses that tell of it too; None without one."""
    day = day_told(text) or day_in(text) or _month_in(text)
    facts = facts_of(text)
    if day is None or any(day in value or value in day for value in facts.values()):
        return None
    others = {facts[name] for name in OTHER_TIMES & facts.keys()}
    sentence = next((one for one in SENTENCE.split(text) if day in one), day)
    clauses = [one.strip() for one in CLAUSE.split(sentence)]
    near = (one for one in clauses if len(one.split()) <= LONGEST and TELLS_TIME.is_in(one))
    short = [one for one in near if day in one or not facts_of(one).keys() & OTHER_FACTS]
    found = [_stretch(one, day) for one in short]
    return _together(one for one in found if one not in others) if any(day in one for one in short) else day


def as_time(text: str, asked: str = "") -> str | None:
    """What a message tells of time, without what else it tells: `9:45`, of `since 9:45, you asked that`; None where it tells none.
    A number alone is a time too; what was heard as another fact than the one that is asked for is none."""
    others = {value for name, value in facts_of(text).items() if name != asked}
    if (told := time_told(text)) is not None and told not in others:
        return told
    clauses = (one.strip() for sentence in SENTENCE.split(neat(text)) for one in CLAUSE.split(sentence))
    found = (_stretch(one) for one in clauses if TELLS_TIME.is_in(one) and not OTHER_FACTS & facts_of(one).keys())
    return _together(one for one in found if one not in others)


def _together(parts: Iterable[str]) -> str | None:
    """The stretches, each told once."""
    kept: list[str] = []
    for one in parts:
        said = REPEATED.sub(r"\1", one)
        if said and not any(plain(said) in plain(other) for other in kept):
            kept = [other for other in kept if plain(other) not in plain(said)] + [said]
    return ", ".join(kept) or None


def _stretch(clause: str, day: str = "") -> str:
    """A clause from its first word of time to its last, with the small words before it."""
    said = plain(clause)
    hits = [found.span() for found in TELLS_TIME.expression.finditer(said)]
    if day and (at := said.find(plain(day))) >= 0:
        hits.append((at, at + len(day)))
    if not hits or len(said) != len(clause):
        return clause
    start, end = min(first for first, _ in hits), max(last for _, last in hits)
    while start and said[start - 1].isascii() and not said[start - 1].isspace():
        start -= 1
    end += len(said[end:]) - len(REST_OF_WORD.sub("", said[end:], count=1))
    if LEADS_ON.search(said[:end]) is not None:
        end = len(said)
    led = SMALL.search(said[:start])
    return clause[led.start() if led else start : end].strip(" .,;:!")


def _month_in(text: str) -> str | None:
    """`in october`, where no day is told."""
    found = MONTH.expression.search(plain(text))
    return found[0] if found else None
