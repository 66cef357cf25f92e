"""Facts in a message: each way is tried where the message has what it needs, and the best place of each fact counts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.understanding.details.fact import Fact, Way
from bot.understanding.details.facts import FACTS
from bot.understanding.details.kinds.spread import OTHERS_TOO
from bot.understanding.details.lexicon import lexicon, mark
from bot.understanding.details.message import LONGEST, Said, said_in
from bot.understanding.details.parts import COMPOSED
from bot.understanding.details.vocabulary import vocabulary
from bot.understanding.text.phrases import PHRASES

_BOUNDS = PHRASES.phrases["bounds_a_time"]
_SENTENCE_END = re.compile(r"[!?।。]|\.(?!\d)")
MOST_HITS = 12
"""Places at which one way is tried in a message."""
BEFORE, AFTER = 60, 50
"""Characters around a hit in which its excuses are sought; the hit stands between ‹ and › there."""


@dataclass(frozen=True)
class ReadyWay:
    """A way ready to be tried."""

    fact: str
    way: Way
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    only_if: re.Pattern[str] | None
    tags: frozenset[str]
    texts: tuple[str, ...]
    digits: int

    def may_hold(self, said: Said) -> bool:
        """True when the message has what the way needs."""
        if not said.tags.isdisjoint(self.tags) or said.digits >= self.digits:
            return True
        return any(text in said.low for text in self.texts)


@dataclass(frozen=True)
class _Hit:
    """A fact found: the best rank wins, then the first place."""

    rank: int
    start: int
    value: str


@cache
def ready_ways() -> tuple[ReadyWay, ...]:
    """Every way of every fact, the best of each first."""
    return tuple(
        _made_ready(name, way) for name, fact in FACTS.items() for way in sorted(fact.ways, key=lambda way: way.rank)
    )


def _made_ready(fact: str, way: Way) -> ReadyWay:
    known, needs = lexicon(), way.needs.split("|")
    lists = [need for need in needs if need in vocabulary() or need in COMPOSED]
    noughts = [len(need) for need in needs if not need.strip("0")]
    return ReadyWay(
        fact,
        way,
        known.compiled(way.pattern),
        known.compiled(way.unless) if way.unless else None,
        re.compile(way.only_if) if way.only_if else None,
        frozenset(tag for need in lists for tag in known.tags_of(need)),
        tuple(need for need in needs if need not in lists and need.strip("0")),
        min(noughts, default=LONGEST + 1),
    )


def facts_of(text: str) -> Mapping[str, str]:
    """What a message tells, by name: the first mention of each fact, or what it was put right to; never raises.

    `affected` is "only me" or "others too", `contact_wish` is "phone", "email" or "chat"; `page_or_feature` is "Everything" when
    nothing works at all; every other value is in the user's own words. `how_many` says who the others are.
    """
    said = said_in(text)
    hits: dict[str, list[_Hit]] = {}
    for ready in ready_ways():
        had = hits.setdefault(ready.fact, [])
        better = not said.turn and any(hit.rank < ready.way.rank for hit in had)
        if ready.may_hold(said) and not better:
            had.extend(_heard(ready, said))
    facts = {fact: _chosen(found, said, fact) for fact, found in hits.items() if found}
    if "how_many" in facts:
        facts.setdefault("affected", OTHERS_TOO)
    return facts


def day_told(text: str) -> str | None:
    """The day or time of day that is all a message tells: `today at 3`, `on Monday 9am`; None for anything else."""
    said = said_in(text)
    found = _only_a_day().match(said.tagged)
    return said.shown[found.start(1) : found.end(1)].strip() if found else None


def day_in(text: str) -> str | None:
    """The first day that a message names, with its part of the day: `friday afternoon`; None where it names none, or only since when
    or until when."""
    said = said_in(text)
    if (of_a_thing := _of_a_day().search(said.tagged)) is not None:
        return said.shown[of_a_thing.start(1) : of_a_thing.end(1)].strip()
    found = _a_day().search(said.tagged)
    if found is None or _BOUNDS.is_in(said.shown[: found.start(1)]):
        return None
    return said.shown[found.start(1) : found.end(1)].strip()


@cache
def _a_day() -> re.Pattern[str]:
    return lexicon().compiled(r"(<timed_day>|<past_day>)")


@cache
def _of_a_day() -> re.Pattern[str]:
    """`the prescription from last Tuesday` is of that day, and not only since."""
    return lexicon().compiled(
        r"(?:<entries>|<visits>|charge|payment|bill|note|letter)s? from (?:the )?(<timed_day>|<past_day>)"
    )


@cache
def _only_a_day() -> re.Pattern[str]:
    before, clock = r"(?:(?:<prep>|<at>|<det>|<about>|<is>|it's|its|it) )*", r"(?:<clock>|\d{1,2}<e>)"
    return lexicon().compiled(
        rf"^{before}(<timed_day>|<past_day>|<clock>(?: (?:<prep> )?<day>)?|<day> (?:<prep>|<at>) {clock})"
        r"(?:,? (?:already|or so|maybe|probably|roughly|i think|i guess|i believe))?[ .!]*$"
    )


def _heard(ready: ReadyWay, said: Said) -> Iterator[_Hit]:
    """The places at which a way holds: the first, and the first after the message was last put right."""
    text, place, had = said.read_as(ready.way.reads), 0, False
    for _ in range(MOST_HITS):
        found = ready.pattern.search(text, place)
        if found is None:
            return
        hit = _hit(ready, found, said)
        if hit is not None and (not had or hit.start >= said.turn):
            yield hit
            if hit.start >= said.turn:
                return
            had = True
        place = max(found.start() + 1, found.end() if hit else 0)


def _hit(ready: ReadyWay, found: re.Match[str], said: Said) -> _Hit | None:
    """What a match tells, or None where it is excused, denied or imagined."""
    start, end = found.span(found.lastindex or 0)
    value = said.shown[start:end].strip(" .,;:!?'\"").removesuffix("'s")
    if not value or (ready.unless and ready.unless.search(_around(found, said.tagged))):
        return None
    if _is_taken_back(FACTS[ready.fact], start, end, said) or (ready.way.accepts and not ready.way.accepts(value)):
        return None
    if ready.only_if and not ready.only_if.search(_sentence(said.low, start)):
        return None
    return _Hit(ready.way.rank, start, ready.way.value or value)


def _around(found: re.Match[str], text: str) -> str:
    """A hit between ‹ and ›, with the words around it."""
    start, end = found.span()
    return f"{text[max(0, start - BEFORE) : start]}‹{text[start:end]}›{text[end : end + AFTER]}"


def _sentence(low: str, place: int) -> str:
    """The sentence around a place."""
    start = max((end.end() for end in _SENTENCE_END.finditer(low, 0, place)), default=0)
    end = _SENTENCE_END.search(low, place)
    return low[start : end.start() if end else len(low)]


def _is_taken_back(fact: Fact, start: int, end: int, said: Said) -> bool:
    """True when the words before or after it deny it, or when it is only thought of."""
    before = said.tagged[max(0, start - BEFORE) : start]
    imagined = fact.imaginable and any(first <= start < last for first, last in said.imagined)
    if imagined and not mark("mine").search(before):
        return True
    if fact.denied == "near":
        denied = mark("denied").search(before) and not mark("deed_denied").search(before)
        return bool(denied or mark("denied_after").match(said.tagged, end))
    return fact.denied == "next" and bool(mark("denied_next").search(before))


def _chosen(hits: list[_Hit], said: Said, fact: str) -> str:
    """The value that counts: the best rank's first, unless a later one puts it right."""
    first = min(hits, key=lambda hit: (hit.rank, hit.start))
    later = [hit for hit in hits if hit.start >= said.turn]
    if later:
        return min(later, key=lambda hit: (hit.rank, hit.start)).value
    again = mark(fact).match(said.tagged, said.turn) if FACTS[fact].put_right else None
    return said.shown[again.start(1) : again.end(1)] if again else first.value
