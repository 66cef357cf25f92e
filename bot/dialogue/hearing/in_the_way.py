"""When a visit is, is told beside what stands in the way to it: `cant log in, visit in 10 minutes` is a matter of signing in."""

from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.hearing.times import TELLS_TIME
from bot.dialogue.hearing.visit_now import SOON, is_within_minutes
from bot.understanding.reading import DANGEROUS, OPENS_MATTER, Reading
from bot.understanding.text.cuts import MATTERS_AND_CLAUSES, SPOKEN_WORD
from bot.understanding.text.phrases import PHRASES
from bot.understanding.text.plain import plain

VISITS = PHRASES.group("visits")
BESIDE = VISITS | PHRASES.group("beside_a_time") | PHRASES.group("beside_a_visit")


def fitted(reading: Reading, read: Callable[[str], Reading]) -> Reading:
    """The reading of what is told beside the time of a visit, where that is surely a matter by itself; within minutes, with the fact
    that a visit is due."""
    clauses = [one.strip() for one in MATTERS_AND_CLAUSES.split(plain(reading.text)) if one.strip()]
    when = [one for one in clauses if tells_when(one)]
    rest = [one for one in clauses if one not in when]
    if reading.decision in DANGEROUS or not (when and rest):
        return reading
    soon = SOON not in reading.signals and any(map(is_within_minutes, when))
    told = replace(reading, signals=(*reading.signals, SOON)) if soon else reading
    alone = read(", ".join(rest))
    if not alone.sure or alone.decision not in OPENS_MATTER or (reading.sure and alone.issue == reading.issue):
        return told
    return replace(
        told,
        decision=alone.decision,
        candidates=alone.candidates,
        confidence=alone.confidence,
        also=tuple(one for one in alone.also if one != alone.issue),
        told=alone.told,
        tried=alone.tried,
        articles=alone.articles,
        sure=True,
    )


def tells_when(clause: str) -> bool:
    """Only when a visit is: `my video visit starts in 5 minutes`, `doctor's appointment is at 3`."""
    said = plain(clause)
    if VISITS.isdisjoint(SPOKEN_WORD.findall(said)) or not TELLS_TIME.is_in(said):
        return False
    left = TELLS_TIME.expression.sub(" ", said)
    return set(SPOKEN_WORD.findall(left)) <= BESIDE
