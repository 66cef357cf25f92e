"""Several matters told in one breath: what its clauses name, each surely by itself, is taken up one after the other."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.understanding.intents.intent_file import Intent
from bot.understanding.reading import Candidate, Decision, Reading
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain, without_addresses

ENOUGH, FEWEST, MOST, SURELY, SURE = 6, 3, 6, 0.93, 0.7
"""So many words may tell two things, so many make a clause; so many clauses are read; how sure each must be of its matter, and how sure
one with steps where it is said that there are several."""
OF_OURS, OPEN = ("answer", "handoff"), ("answer", "handoff", "choose")
_CLAUSES = re.compile(rf"[.;,!?\n]+|\b(?:{PHRASES.any_joint('matter')}|{PHRASES.any_joint('clause')})\b")
_SEVERAL = re.compile(rf"\b{PHRASES.any_joint('matter')}\b")
_DENIED = PHRASES.phrases["denied"]
Read = Callable[[str], Reading]


def with_all_named(reading: Reading, intents: Mapping[str, Intent], read: Read) -> Reading:
    """The reading with every calm matter that is named: where the whole leaves it open, the first that was told is begun with."""
    if reading.decision not in OPEN or reading.heard.language != "en" or len(reading.text.split()) < ENOUGH:
        return reading
    named = _named(reading.text, intents, read)
    if len(named) < 2 or (reading.sure and reading.issue not in named):
        return reading
    first = reading.issue if reading.sure else next(iter(named))
    also = tuple(dict.fromkeys([*reading.also, *(issue for issue in named if issue != first)]))
    if reading.sure:
        return replace(reading, also=also)
    others = tuple(one for one in reading.candidates if one.issue != first)
    decision: Decision = "answer" if intents[first].route == "answer" else "handoff"
    return replace(
        reading,
        decision=decision,
        candidates=(Candidate(first, named[first]), *others),
        confidence=named[first],
        also=also,
        sure=True,
    )


def _named(text: str, intents: Mapping[str, Intent], read: Read) -> dict[str, float]:
    """Issues of which a clause surely tells, in the order they were told, with how sure each is; what is grave has its own way."""
    clauses = [one.strip() for one in _CLAUSES.split(plain(without_addresses(text)))]
    told = [one for one in clauses if len(one.split()) >= FEWEST and not _DENIED.is_in(one)][:MOST]
    several, named = _SEVERAL.search(plain(text)) is not None, dict[str, float]()
    for found in map(read, told if len(told) > 1 else ()):
        intent = intents.get(found.issue)
        enough = SURE if several and found.decision == "answer" else SURELY
        sure = found.sure and found.decision in OF_OURS and found.candidates[0].confidence >= enough
        if intent is not None and sure and not found.tried and intent.tier is not None and not intent.is_grave:
            named.setdefault(found.issue, found.candidates[0].confidence)
    return named
