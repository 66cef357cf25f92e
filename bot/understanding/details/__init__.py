"""Typed facts heard in any sentence: what a ticket needs, in the user's own words; nothing that is denied or only imagined."""

from bot.understanding.details.facts import FACTS
from bot.understanding.details.hearing import day_in, day_told, facts_of
from bot.understanding.details.kinds.contact import calls_others, number_told
from bot.understanding.details.kinds.spread import ONLY_ME, OTHERS_TOO

__all__ = ["FACTS", "ONLY_ME", "OTHERS_TOO", "calls_others", "day_in", "day_told", "facts_of", "number_told"]
