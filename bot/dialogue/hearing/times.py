"""A day or a time that stands in a message beside other words: `20 minutes ago. the mail came from …`."""

import re

from bot.understanding.details import day_in, day_told, facts_of
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

TELLS_TIME, MONTH = PHRASES.phrases["tells_time"], PHRASES.phrases["names_month"]
OTHER_FACTS = frozenset(("amount", "contact_phone", "contact_email", "app_version"))
"""Numbers that are no time: `yesterday, 40 euros each`."""
SENTENCE, CLAUSE, LONGEST = re.compile(r"[.!?;\n]+(?:\s|$)"), re.compile(r",\s+"), 5
"""Clauses of so many words, told with the day, belong to it: `the week of the 7th, any morning`."""


def time_told(text: str) -> str | None:
    """The day or time that a message names and that is no other fact, with the short clauses that tell of it too; None without one."""
    day = day_told(text) or day_in(text) or _month_in(text)
    if day is None or any(day in value or value in day for value in facts_of(text).values()):
        return None
    sentence = next((one for one in SENTENCE.split(text) if day in one), day)
    clauses = [one.strip() for one in CLAUSE.split(sentence)]
    near = (one for one in clauses if len(one.split()) <= LONGEST and TELLS_TIME.is_in(one))
    short = [one for one in near if day in one or not facts_of(one).keys() & OTHER_FACTS]
    return ", ".join(short) if any(day in one for one in short) else day


def _month_in(text: str) -> str | None:
    """`in october`, where no day is told."""
    found = MONTH.expression.search(plain(text))
    return found[0] if found else None
