"""A fault that is told beside a wish: `the quest feed broke monday, also a calendar export would be nice` is a matter of the fault."""

from collections.abc import Callable
from dataclasses import replace

from bot.understanding.intents.names import FEATURE_REQUEST
from bot.understanding.reading import OPENS_MATTER, Reading
from bot.understanding.text.cuts import MATTERS_AND_CLAUSES
from bot.understanding.text.plain import plain, telling_words
from handoff.policy.names import ENHANCEMENT_REQUEST

TELLS, SURE = 3, 0.6
"""So many telling words tell a fault, and from which chance on they surely do."""


def fitted(reading: Reading, read: Callable[[str], Reading]) -> Reading:
    """The reading of the fault, with the wish beside it; what only says why something is wished for is read with the wish."""
    if reading.decision not in OPENS_MATTER or not _wishes(reading):
        return reading
    clauses = [one.strip() for one in MATTERS_AND_CLAUSES.split(plain(reading.text)) if one.strip()]
    alone = [read(one) for one in clauses if len(telling_words(one)) >= TELLS and one != plain(reading.text)]
    fault = next((one for one in alone if _is_of_another(one)), None)
    if fault is None or not any(_wishes(one) for one in alone):
        return reading
    also = tuple(dict.fromkeys([*reading.also, FEATURE_REQUEST]))
    signals = tuple(one for one in reading.signals if one != ENHANCEMENT_REQUEST)
    others = tuple(one for one in reading.candidates if one.issue != fault.issue)
    candidates = (fault.candidates[0], *others)
    return replace(reading, decision=fault.decision, candidates=candidates, also=also, signals=signals, sure=True)


def _wishes(reading: Reading) -> bool:
    return reading.issue == FEATURE_REQUEST or ENHANCEMENT_REQUEST in reading.signals


def _is_of_another(one: Reading) -> bool:
    surely = one.sure and one.decision in OPENS_MATTER and one.candidates[0].confidence >= SURE
    return surely and not _wishes(one)
